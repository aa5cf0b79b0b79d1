"""Who may do what with a consultation, one named predicate a sentence."""

from people import rules as people
from people.models import Person
from polls.models import Consultation, ConsultationKind, Mode, State


def may_ask(person: Person) -> bool:
    """May make polls and surveys: the council."""
    return people.is_council(person)


def may_edit(person: Person, consultation: Consultation) -> bool:
    """May change what is asked: the council, while it is a draft."""
    return people.is_council(person) and consultation.state == State.DRAFT


def may_correct(person: Person, consultation: Consultation) -> bool:
    """May put typing errors right in what is being asked: the council, until it closes."""
    return people.is_council(person) and consultation.state in (State.SCHEDULED, State.OPEN)


def may_manage(person: Person, consultation: Consultation) -> bool:
    """May open, close, extend and watch the response: the council."""
    return people.is_council(person)


def may_remind(person: Person, consultation: Consultation) -> bool:
    """May remind those who have not taken part, without seeing who: the council, while open."""
    return people.is_council(person) and consultation.is_open


def may_read_results(person: Person, consultation: Consultation) -> bool:
    """May read the results the council works with: the council, once it is closed."""
    return people.is_council(person) and consultation.is_closed


def may_read_texts(person: Person, consultation: Consultation, *, read_along: bool) -> bool:
    """May read open answers before others do: the council, once it is closed; answers that
    colleagues read along also while it is open."""
    is_running = consultation.state in (State.OPEN, State.CLOSING)
    return may_read_results(person, consultation) or (
        people.is_council(person) and is_running and read_along
    )


def may_agree(person: Person, consultation: Consultation, *, is_invited: bool) -> bool:
    """May mark what they agree with: who was asked, while it is open."""
    return is_invited and consultation.is_open and person.is_active


def may_read_named_answers(person: Person, consultation: Consultation) -> bool:
    """May read who answered what: exactly those whom the form named."""
    return (
        consultation.mode == Mode.NAMED
        and person.is_active
        and consultation.named_readers.filter(pk=person.pk).exists()
    )


def may_release(person: Person, consultation: Consultation) -> bool:
    """May show results to the director or to staff: the chair and the secretary."""
    return consultation.is_closed and (people.is_chair(person) or people.is_secretary(person))


def may_compare(person: Person, consultation: Consultation) -> bool:
    """May choose which earlier consultation the results stand beside: who may release them.

    Rounds of statements are left out: what is put to people there differs every time.
    """
    is_round = consultation.kind == ConsultationKind.STATEMENTS
    return may_release(person, consultation) and not is_round


def may_enter_paper(person: Person, consultation: Consultation) -> bool:
    """May type in ballots that came on paper: the secretary, while it is open.

    Not in a round of statements, of which no form can be printed: statements join while it runs.
    """
    fits_on_paper = consultation.kind != ConsultationKind.STATEMENTS
    return people.is_secretary(person) and consultation.is_open and fits_on_paper


def may_print_codes(person: Person, consultation: Consultation) -> bool:
    """May print letters and cards with voting codes: the secretary, while it is open."""
    return people.is_secretary(person) and consultation.is_open
