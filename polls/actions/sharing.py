"""Answers that colleagues read while the question is open, and with which of them they agree.

What this adds to the urn, and why it is safe, is in docs/urn.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from math import ceil

from django.db import transaction

from people.models import Person
from polls.actions.texts import KEPT, OUT, Text, store_texts
from polls.models import AgreeSlip, Consultation, Elector, OpenAnswer
from polls.questions.schema import Answers, Schema
from polls.receipts import agree_lookup
from polls.rights import NotInvited, hold_open
from polls.urn import Act, Envelope, seal, shuffle, slip_place, unseal

MOST_MARKS = 100
SLIP_SIZE = 2_048
"""Bytes of every slip: ``MOST_MARKS`` of 63 random bits fit, however many there are."""
MARKS = "marks"


class TooManyMarks(Exception):
    """More answers were marked than fit on a slip."""


def take_out_texts(
    consultation: Consultation, schema: Schema, ballots: dict[str, Envelope]
) -> None:
    """Inside an emptying: make rows of the answers that may be read along, and cut them loose.

    All of the batch together, in random order, without a unit. The ballot keeps its text, which
    counts at the closing, and a note of what is out; it lets out one text, ever. The first of a
    batch's size stay in until the closing: who answers last is then not alone there.
    """
    for question in schema.shared:
        ready = [lookup for lookup, ballot in ballots.items() if _let_out(ballot, question.code)]
        shuffle(ready)
        kept = ready[: max(consultation.batch - consultation.texts_kept, 0)]
        for lookup in kept:
            ballots[lookup] = _noted(ballots[lookup], f"{question.code}{KEPT}")
        consultation.texts_kept += len(kept)
        found = []
        for lookup in ready[len(kept) :]:
            ballot = ballots[lookup]
            found.append(
                Text(
                    question.code,
                    _let_out(ballot, question.code),
                    may_quote=bool(ballot.answers.get(f"{question.code}.quote")),
                    is_shared=True,
                )
            )
            ballots[lookup] = _noted(ballot, f"{question.code}{OUT}")
        if kept:
            consultation.save(update_fields=["texts_kept"])
        if found:
            store_texts(consultation, found)


def notes_kept(ballot: Envelope) -> Answers:
    """What a ballot notes of its texts: kept, whatever its voter changes."""
    return {name: value for name, value in ballot.answers.items() if name.endswith((OUT, KEPT))}


def marks_of(consultation: Consultation, person: Person) -> set[int]:
    """The primary keys of the answers that ``person`` agrees with, while it is open."""
    lookup = agree_lookup(consultation.key, person.pk)
    slip = AgreeSlip.objects.filter(consultation=consultation, lookup=lookup).first()
    return _read(consultation, slip) if slip else set()


def agree(
    consultation: Consultation, person: Person, ticked: Collection[int], shown: Collection[int]
) -> None:
    """Let ``person`` agree with the answers ``ticked`` of those ``shown``; the rest stays.

    Not logged, and with no time. Raises ``NotOpen``, ``NotInvited`` or ``TooManyMarks``.
    """
    with transaction.atomic():
        hold_open(consultation)
        if not Elector.objects.filter(consultation=consultation, person=person).exists():
            raise NotInvited
        marks = (marks_of(consultation, person) - set(shown)) | (set(ticked) & set(shown))
        there = OpenAnswer.objects.filter(consultation=consultation, pk__in=marks).shared()
        kept = sorted(there.values_list("pk", flat=True))
        if len(kept) > MOST_MARKS:
            raise TooManyMarks
        lookup = agree_lookup(consultation.key, person.pk)
        content = Envelope(Act.CAST, "", {MARKS: [f"{pk:x}" for pk in kept]})
        sealed = seal(consultation.key, slip_place(lookup), content, SLIP_SIZE)
        AgreeSlip.objects.bulk_create(
            [AgreeSlip(consultation=consultation, lookup=lookup, sealed=sealed)],
            update_conflicts=True,
            unique_fields=["consultation", "lookup"],
            update_fields=["sealed"],
        )


def count_agreement(consultation: Consultation) -> None:
    """Inside the closing: write on each answer how many agree with it.

    Fewer than the total threshold is written as none. Where all, all but one or over 95 % of those
    who marked anything agree, only a lower bound is.
    """
    counted: Counter[int] = Counter()
    slips = AgreeSlip.objects.filter(consultation=consultation)
    total = 0
    for slip in slips.iterator(1_000):
        marks = _read(consultation, slip)
        counted.update(marks)
        total += bool(marks)  # empty slips would loosen the bound
    bound = total - max(2, ceil(total / 20))
    told = {pk: n for pk, n in counted.items() if n >= consultation.total_threshold}
    rows = list(OpenAnswer.objects.filter(consultation=consultation, pk__in=told))
    for row in rows:
        row.agreed_is_least = told[row.pk] > bound
        row.agreed = min(told[row.pk], bound)
        if row.agreed < consultation.total_threshold:
            row.agreed, row.agreed_is_least = 0, False
    OpenAnswer.objects.bulk_update(rows, ["agreed", "agreed_is_least"], batch_size=500)


def _let_out(ballot: Envelope, code: str) -> str:
    """The text under ``code`` where it may come out now; else empty."""
    if ballot.act is Act.WITHDRAW or not ballot.answers.get(f"{code}.share"):
        return ""
    text = ballot.answers.get(code)
    noted = f"{code}{OUT}" in ballot.answers or f"{code}{KEPT}" in ballot.answers
    return text if isinstance(text, str) and not noted else ""


def _noted(ballot: Envelope, note: str) -> Envelope:
    return replace(ballot, answers={**ballot.answers, note: True})


def _read(consultation: Consultation, slip: AgreeSlip) -> set[int]:
    content = unseal(consultation.key, slip_place(slip.lookup), slip.sealed)
    marks = content.answers.get(MARKS)
    return {int(str(mark), 16) for mark in marks} if isinstance(marks, list) else set()
