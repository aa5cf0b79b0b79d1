"""Typing in ballots that came on paper: twice, compared, and only then into the urn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import F

from polls.actions.casting import cast_ballot
from polls.models import Consultation, PaperEntry
from polls.papers import Difference, differences
from polls.questions.schema import Answers, Schema
from polls.receipts import paper_lookup, read_voting_code
from polls.rights import AlreadyTookPart, CodeRight, UnknownCode, hold_open
from polls.urn import Act, Envelope, paper_place, seal, unseal


class Typed(StrEnum):
    """What came of typing a form in."""

    WAITS = "waits"
    CAST = "cast"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Outcome:
    """What came of it, and where the two readings differ."""

    typed: Typed
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class PaperForm:
    """A form on the desk: its code, and the right to one ballot that it gives."""

    code: str
    right: CodeRight

    @classmethod
    def of(cls, consultation: Consultation, typed: str) -> PaperForm:
        """The form whose code was typed.

        Raises ``people.codes.MistypedCode``, ``UnknownCode`` (also for another consultation's),
        ``AlreadyTookPart`` and ``NotOpen``.
        """
        right = CodeRight.of(typed)
        if right.consultation.pk != consultation.pk:
            raise UnknownCode
        return cls(read_voting_code(typed), right)

    @property
    def lookup(self) -> str:
        """Where its first reading waits."""
        return paper_lookup(self.right.code_hash)


def first_reading(form: PaperForm) -> Answers | None:
    """What was typed the first time; None where it was not typed yet."""
    consultation = form.right.consultation
    row = PaperEntry.objects.filter(consultation=consultation, lookup=form.lookup).first()
    if row is None:
        return None
    return unseal(consultation.key, paper_place(form.lookup), row.sealed, code=form.code).answers


def enter_form(form: PaperForm, schema: Schema, answers: Answers) -> Outcome:
    """Type a form in: kept sealed the first time; in the urn when the second reading is the same.

    Where they differ nothing is written. Raises a ``CannotAnswer`` or ``urn.TooLong``.
    """
    first = first_reading(form)
    if first is None and _keep(form, answers, schema.language):
        return Outcome(Typed.WAITS)
    first = first_reading(form) if first is None else first
    found = differences(schema, first or {}, answers)
    if found:
        return Outcome(Typed.DIFFERS, tuple(found))
    cast_form(form, answers, language=schema.language)
    return Outcome(Typed.CAST)


def cast_form(form: PaperForm, answers: Answers, *, language: str) -> None:
    """Put what was agreed on in the urn and forget what was typed. Raises a ``CannotAnswer``.

    The receipt is thrown away: who answers on paper lets the answer stand.
    """
    with transaction.atomic():
        cast_ballot(form.right, answers, language=language)
        consultation = form.right.consultation
        Consultation.objects.filter(pk=consultation.pk).update(paper_entered=F("paper_entered") + 1)


def forget_reading(form: PaperForm) -> None:
    """Throw the first reading away, to begin this form anew."""
    PaperEntry.objects.filter(consultation=form.right.consultation, lookup=form.lookup).delete()


def _keep(form: PaperForm, answers: Answers, language: str) -> bool:
    """Seal the first reading; False where somebody else typed it at this moment.

    Raises ``AlreadyTookPart`` where the code was used meanwhile: nothing may wait for it then.
    """
    consultation = form.right.consultation
    envelope = Envelope(act=Act.CAST, ballot="", answers=answers, language=language)
    sealed = seal(
        consultation.key,
        paper_place(form.lookup),
        envelope,
        consultation.envelope_size,
        code=form.code,
    )
    try:
        with transaction.atomic():
            hold_open(consultation)
            if not form.right.hold_unused():
                raise AlreadyTookPart
            PaperEntry.objects.create(consultation=consultation, lookup=form.lookup, sealed=sealed)
    except IntegrityError:
        return False
    return True
