"""The council's vote on a letter, its release, and what becomes of it."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from advice import emails
from advice.letters.compose import compose
from advice.letters.docx import to_docx
from advice.letters.odt import to_odt
from advice.letters.pdf import to_pdf
from advice.letters.tree import to_json
from advice.models import (
    Choice,
    Letter,
    LetterRelease,
    LetterState,
    Receipt,
    Round,
    Vote,
)
from dossiers.actions import record_position_given
from people.log import log_act
from people.models import Person, Role


class NotInThisState(Exception):
    """The letter is not where this act begins: somebody was faster, or the page was old."""


def council_seats() -> list[Person]:
    """Who votes: the members and the chair, not the official secretary."""
    return list(Person.objects.holding(Role.MEMBER, Role.CHAIR))


def usual_quorum(seats: int) -> int:
    """More than half of the members, where the rules of procedure say nothing else."""
    return seats // 2 + 1


def text_digest(letter: Letter) -> str:
    """SHA-256 over all that is put to the vote."""
    parts = [letter.subject, letter.recipient, letter.verdict]
    for section in letter.sections.all():
        parts += [section.heading, section.body]
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


@transaction.atomic
def put_to_vote(actor: Person, letter: Letter, *, quorum: int) -> Round:
    """Freeze the text and ask the members."""
    current = _locked(letter, LetterState.DRAFT)
    seats = len(council_seats())
    if not 1 <= quorum <= seats:
        raise ValueError(quorum)
    made = Round.objects.create(
        letter=current,
        seats=seats,
        quorum=quorum,
        text_digest=text_digest(current),
        opened_by=actor,
    )
    _move(current, LetterState.VOTING)
    log_act(actor, "advice.put_to_vote", current)
    return made


@transaction.atomic
def cast_vote(actor: Person, round_: Round, choice: str) -> Vote:
    """Vote, or vote anew while the round is open."""
    current = Round.objects.select_for_update().get(pk=round_.pk)
    if current.closed_at is not None:
        raise NotInThisState
    vote, _created = Vote.objects.update_or_create(
        round=current, person=actor, defaults={"choice": choice, "at": timezone.now()}
    )
    log_act(actor, "advice.cast_vote", current)
    return vote


@dataclass(frozen=True)
class Count:
    """How a round stands. ``present`` counts abstentions, the majority does not."""

    in_favour: int
    against: int
    abstaining: int
    quorum: int

    @property
    def present(self) -> int:
        return self.in_favour + self.against + self.abstaining

    @property
    def has_quorum(self) -> bool:
        return self.present >= self.quorum

    @property
    def is_adopted(self) -> bool:
        """Enough members voted, and more in favour than against."""
        return self.has_quorum and self.in_favour > self.against


def count_of(round_: Round) -> Count:
    """The count of a round, from its votes."""
    votes = Counter(round_.votes.values_list("choice", flat=True))
    return Count(
        in_favour=votes[Choice.FOR],
        against=votes[Choice.AGAINST],
        abstaining=votes[Choice.ABSTAIN],
        quorum=round_.quorum,
    )


@transaction.atomic
def close_round(actor: Person, round_: Round) -> bool:
    """Count; adopted text waits for its release, any other goes back to the drafting page."""
    current = Round.objects.select_for_update().get(pk=round_.pk)
    if current.closed_at is not None:
        raise NotInThisState
    letter = _locked(current.letter, LetterState.VOTING)
    adopted = count_of(current).is_adopted and current.text_digest == text_digest(letter)
    current.closed_at, current.adopted = timezone.now(), adopted
    current.save(update_fields=["closed_at", "adopted"])
    if adopted:
        letter.adopted_on = timezone.localdate()
        letter.save(update_fields=["adopted_on"])
    _move(letter, LetterState.ADOPTED if adopted else LetterState.DRAFT)
    log_act(actor, "advice.close_round", letter)
    return adopted


@transaction.atomic
def adopt_in_meeting(actor: Person, letter: Letter, *, day: date) -> None:
    """Record that the council adopted this text in its meeting on ``day``."""
    current = _locked(letter, LetterState.DRAFT)
    current.adopted_on = day
    current.save(update_fields=["adopted_on"])
    _move(current, LetterState.ADOPTED)
    log_act(actor, "advice.adopt_in_meeting", current)


@transaction.atomic
def back_to_draft(actor: Person, letter: Letter) -> None:
    """Take an adopted letter back for another change; it must be adopted anew."""
    current = _locked(letter, LetterState.ADOPTED)
    current.adopted_on = None
    current.save(update_fields=["adopted_on"])
    _move(current, LetterState.DRAFT)
    log_act(actor, "advice.back_to_draft", current)


@transaction.atomic
def release_letter(actor: Person, letter: Letter) -> LetterRelease:
    """Send an adopted letter to the director: frozen with its files, and announced by mail.

    The director finds it after signing in; the mail holds no word of it.
    """
    current = _locked(letter, LetterState.ADOPTED)
    today = timezone.localdate()
    tree = compose(current, draft=False, today=today)
    release = LetterRelease(letter=current, document=to_json(tree), released_by=actor)
    release.docx.save("brief.docx", ContentFile(to_docx(tree)), save=False)
    release.odt.save("brief.odt", ContentFile(to_odt(tree)), save=False)
    release.pdf.save("brief.pdf", ContentFile(to_pdf(tree)), save=False)
    release.save()
    _move(current, LetterState.RELEASED)
    record_position_given(actor, current.dossier, today)
    log_act(actor, "advice.release_letter", release)
    emails.announce_letter(release, Person.objects.holding(Role.DIRECTOR))
    return release


@transaction.atomic
def release_to_staff(actor: Person, release: LetterRelease) -> None:
    """Let staff read a letter that the director has."""
    current = LetterRelease.objects.select_for_update().get(pk=release.pk)
    if current.to_staff_at is not None:
        raise NotInThisState
    current.to_staff_by, current.to_staff_at = actor, timezone.now()
    current.save(update_fields=["to_staff_by", "to_staff_at"])
    log_act(actor, "advice.release_to_staff", current)


def note_receipt(actor: Person, release: LetterRelease) -> Receipt:
    """Log the first time the director opens a letter; opening it again changes nothing."""
    with transaction.atomic():
        receipt, fresh = Receipt.objects.get_or_create(release=release, person=actor)
        if fresh:
            log_act(actor, "advice.receive_letter", release)
    return receipt


def _locked(letter: Letter, state: LetterState) -> Letter:
    current = Letter.objects.select_for_update().select_related("dossier").get(pk=letter.pk)
    if current.state != state:
        raise NotInThisState
    return current


def _move(letter: Letter, state: LetterState) -> None:
    letter.state = state
    letter.save(update_fields=["state"])
