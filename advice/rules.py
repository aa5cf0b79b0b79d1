"""Who may do what in concluding, one named predicate a sentence.

Seeing is decided by ``visible_to``; these rules speak of what the person already sees.
"""

from advice.models import LegalStep, Letter, LetterRelease, LetterState
from dossiers.models import Dossier
from dossiers.rules import may_keep_dossier
from people.models import Person, Role
from people.rules import is_chair, is_council, is_director, is_secretary, may_read_portal


def may_conclude(person: Person) -> bool:
    """The council concludes: dashboard, evidence, letters."""
    return is_council(person)


def may_take_findings(person: Person, dossier: Dossier) -> bool:
    """The council takes findings while the dossier is open."""
    return may_keep_dossier(person, dossier)


def may_write(person: Person, letter: Letter) -> bool:
    """Secretary and chair write the letter while it is a draft."""
    return letter.is_open_for_writing and (is_secretary(person) or is_chair(person))


def may_comment(person: Person, letter: Letter) -> bool:
    """The council comments until the letter is released."""
    return is_council(person) and not letter.is_released


def may_put_to_vote(person: Person, letter: Letter) -> bool:
    """Chair and secretary put the draft before the council, or record that it was adopted."""
    return letter.state == LetterState.DRAFT and (is_chair(person) or is_secretary(person))


def may_vote(person: Person, letter: Letter) -> bool:
    """Members and the chair vote; the official secretary does not."""
    seat = bool({Role.MEMBER, Role.CHAIR} & person.roles)
    return person.is_active and seat and letter.state == LetterState.VOTING


def may_close_vote(person: Person, letter: Letter) -> bool:
    """Chair and secretary close the vote."""
    return letter.state == LetterState.VOTING and (is_chair(person) or is_secretary(person))


def may_take_back(person: Person, letter: Letter) -> bool:
    """Chair and secretary take an adopted letter back for another change."""
    return letter.state == LetterState.ADOPTED and (is_chair(person) or is_secretary(person))


def may_release(person: Person, letter: Letter) -> bool:
    """The chair releases a letter that the council adopted."""
    return letter.state == LetterState.ADOPTED and is_chair(person)


def may_release_to_staff(person: Person, release: LetterRelease) -> bool:
    """The chair lets staff read it, once, in a dossier that is shared and not under secrecy."""
    dossier = release.letter.dossier
    open_to_staff = dossier.shared_with_staff and not dossier.is_secret
    return is_chair(person) and release.to_staff_at is None and open_to_staff


def may_record_outcome(person: Person, dossier: Dossier) -> bool:
    """Chair and secretary record the decision; the council follows the conditions."""
    return may_keep_dossier(person, dossier) and (is_chair(person) or is_secretary(person))


def may_record_steps(person: Person, dossier: Dossier) -> bool:
    """Chair and secretary record steps at law, where the law knows any for this dossier."""
    return may_record_outcome(person, dossier) and dossier.kind in LegalStep.OF_KIND


def may_follow_conditions(person: Person, dossier: Dossier) -> bool:
    """The council follows conditions, also in a closed dossier."""
    return is_council(person)


def may_change_letterhead(person: Person) -> bool:
    """The secretary and the chair keep the letterhead."""
    return is_secretary(person) or is_chair(person)


def gives_receipt(person: Person) -> bool:
    """The director's first reading is noted."""
    return is_director(person)


def may_read_letters(person: Person) -> bool:
    """Staff and council read the letters that were released to them."""
    return may_read_portal(person)


def may_tell_staff(person: Person, release: LetterRelease) -> bool:
    """The council tells staff what came of it, once they may read the letter, never of a secret."""
    open_to_staff = release.to_staff_at is not None and not release.letter.dossier.is_secret
    return is_council(person) and open_to_staff
