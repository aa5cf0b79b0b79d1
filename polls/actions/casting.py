"""Putting a ballot in the urn, and changing, withdrawing or reading it with its receipt.

None of these is logged, and none writes a time: see docs/urn.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from people.models import Person
from polls.models import Ballot, Consultation, Elector, Mode, NamedBallot, UrnEntry
from polls.models.keys import random_key
from polls.questions.schema import Answers
from polls.receipts import ballot_lookup, change_lookup, new_receipt, urn_lookup
from polls.rights import AlreadyTookPart, ElectorRight, Right, UnknownReceipt, hold_open
from polls.urn import SPARE, Act, Envelope, ballot_place, seal, unseal, urn_place


@dataclass(frozen=True)
class OwnBallot:
    """What stands under a receipt now. Withdrawn: nothing counts, until it is filled in again."""

    answers: Answers
    language: str
    is_withdrawn: bool


def cast_ballot(
    right: Right, answers: Answers, *, language: str = "", receipt: str | None = None
) -> str:
    """Use ``right`` up and put ``answers`` in the urn, in one transaction; gives the receipt.

    In one statement where all that goes into the envelope is known before; if that writes nothing,
    step by step, which also says why it cannot be.

    ``answers`` are checked (``polls.questions.validation``). ``receipt`` may be one that was made
    when the form was shown (``polls.receipts.new_receipt``): the same form sent twice then gets the
    same receipt back instead of a refusal. Raises a ``CannotAnswer`` or ``urn.TooLong``.
    """
    consultation = right.consultation
    assert consultation.mode == Mode.ANONYMOUS
    code = receipt or new_receipt()
    lookup = urn_lookup(consultation.key, code)

    def sealed(group: str) -> bytes:
        envelope = Envelope(
            act=Act.CAST,
            ballot=ballot_lookup(consultation.key, code),
            answers=answers,
            group=group if consultation.breakdown else "",
            language=language,
        )
        return _seal(consultation, lookup, envelope)

    if (
        connection.vendor == "postgresql"
        and isinstance(right, ElectorRight)
        and right.group is not None
        and right.redeem_with(lookup, sealed(right.group))
    ):
        return code
    try:
        with transaction.atomic():
            hold_open(consultation)
            _put_in_urn(consultation, lookup, sealed(right.redeem()))
    except AlreadyTookPart:
        if receipt and read_ballot(consultation, receipt) is not None:
            return receipt
        raise
    return code


def change_ballot(
    consultation: Consultation, receipt: str, answers: Answers, *, language: str = ""
) -> None:
    """Replace what stands under ``receipt``; counts when the urn is next emptied.

    Raises ``NotOpen``, ``UnknownReceipt`` or ``urn.TooLong``.
    """
    _put_again(consultation, receipt, Act.CHANGE, answers, language)


def withdraw_ballot(consultation: Consultation, receipt: str) -> None:
    """Let nothing count under ``receipt``; it stays good for answering anew until the closing.

    Raises ``NotOpen`` or ``UnknownReceipt``.
    """
    _put_again(consultation, receipt, Act.WITHDRAW, {}, "")


def read_ballot(consultation: Consultation, receipt: str) -> OwnBallot | None:
    """What stands under ``receipt``, or None where nothing does (or all has been counted)."""
    envelope = _in_urn(consultation, change_lookup(consultation.key, receipt))
    envelope = envelope or _in_urn(consultation, urn_lookup(consultation.key, receipt))
    if envelope is None:
        lookup = ballot_lookup(consultation.key, receipt)
        ballot = Ballot.objects.filter(consultation=consultation, lookup=lookup).first()
        if ballot is None:
            return None
        envelope = unseal(consultation.key, ballot_place(lookup), ballot.sealed)
    return OwnBallot(envelope.answers, envelope.language, envelope.act is Act.WITHDRAW)


def cast_named(consultation: Consultation, person: Person, answers: Answers) -> None:
    """Write or replace what stands under ``person``'s name. Raises a ``CannotAnswer``."""
    assert consultation.mode == Mode.NAMED
    with transaction.atomic():
        hold_open(consultation)
        try:
            group = ElectorRight(consultation, person).redeem()
        except AlreadyTookPart:
            group = Elector.objects.get(consultation=consultation, person=person).group
        NamedBallot.objects.update_or_create(
            consultation=consultation,
            person=person,
            defaults={"answers": answers, "group": group if consultation.breakdown else ""},
        )


def _put_in_urn(consultation: Consultation, lookup: str, sealed: bytes) -> None:
    """One INSERT of a row of ``UrnEntry``. Raw, because this is every ballot of a crowd that
    comes at once, and the ORM takes longer over the row than PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO polls_urnentry (id, consultation_id, lookup, is_first, sealed)"
            " VALUES (%s, %s, %s, %s, %s)",
            [random_key(), consultation.pk, lookup, True, sealed],
        )


def _put_again(
    consultation: Consultation, receipt: str, act: Act, answers: Answers, language: str
) -> None:
    """Put a change in the urn, under a lookup of its own: beside the first envelope, so that
    nothing in the database says whose ballot was changed."""
    lookup = change_lookup(consultation.key, receipt)
    ballot = ballot_lookup(consultation.key, receipt)
    envelope = Envelope(act=act, ballot=ballot, answers=answers, language=language)
    with transaction.atomic():
        hold_open(consultation)
        # In this order: an emptying in between moves it from the first place to the second.
        first = urn_lookup(consultation.key, receipt)
        if not (
            UrnEntry.objects.filter(consultation=consultation, lookup=first).exists()
            or Ballot.objects.filter(consultation=consultation, lookup=ballot).exists()
        ):
            raise UnknownReceipt
        entry = UrnEntry(
            consultation=consultation,
            lookup=lookup,
            is_first=False,
            sealed=_seal(consultation, lookup, envelope),
        )
        # Of two changes under one receipt the later one stands.
        UrnEntry.objects.bulk_create(
            [entry],
            update_conflicts=True,
            unique_fields=["consultation", "lookup"],
            update_fields=["sealed"],
        )


def _in_urn(consultation: Consultation, lookup: str) -> Envelope | None:
    entry = UrnEntry.objects.filter(consultation=consultation, lookup=lookup).first()
    return unseal(consultation.key, urn_place(lookup), entry.sealed) if entry else None


def _seal(consultation: Consultation, lookup: str, envelope: Envelope) -> bytes:
    size = consultation.envelope_size
    return seal(consultation.key, urn_place(lookup), envelope, size, spare=SPARE)
