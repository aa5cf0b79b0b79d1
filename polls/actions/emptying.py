"""Emptying the urn: from waiting envelopes to mixed ballots, in batches nobody stands alone in."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from polls.actions.sharing import notes_kept, take_out_texts
from polls.actions.statements import take_out_statements
from polls.models import Ballot, Consultation, ConsultationKind, State, UrnEntry
from polls.questions.loading import schema_of
from polls.urn import Act, Envelope, ballot_place, seal, shuffle, unseal, urn_place

AT_MOST = 2_000
"""Envelopes taken in one transaction. Keys are random, so the first by key are a random choice."""
EARLIER_PER_NEW = 3
"""Earlier ballots sealed anew with each new one, so that batches have no border."""


def empty_urn(consultation_pk: int) -> int:
    """Empty the urn of an open consultation if a batch waits; gives how many envelopes were taken.

    One transaction: killed at any moment, everything waits as it did. Fewer than a batch of first
    ballots (``Consultation.batch``) stay waiting; changes alone never fill one, because whoever
    holds some receipts could then drive one colleague's ballot out alone.
    """
    with transaction.atomic():
        # Conflicts with another emptying and with closing, not with casting.
        consultation = (
            Consultation.objects.select_for_update(no_key=True)
            .filter(pk=consultation_pk, state=State.OPEN)
            .select_related("questionnaire")
            .first()
        )
        if consultation is None:
            return 0
        entries = list(
            UrnEntry.objects.select_for_update()
            .filter(consultation=consultation)
            .order_by("pk")[:AT_MOST]
        )
        if sum(entry.is_first for entry in entries) < consultation.batch:
            return 0
        opened = {
            entry.pk: unseal(consultation.key, urn_place(entry.lookup), entry.sealed)
            for entry in entries
        }
        mixed = _earlier_ballots(consultation, EARLIER_PER_NEW * len(entries))
        mixed |= _ballots(consultation, [envelope.ballot for envelope in opened.values()])
        taken = []
        for entry in sorted(entries, key=lambda entry: not entry.is_first):
            envelope = opened[entry.pk]
            if not entry.is_first and envelope.ballot not in mixed:
                continue  # a change whose first envelope was not among those taken
            mixed[envelope.ballot] = apply(mixed.get(envelope.ballot), envelope)
            taken.append(entry.pk)
        if consultation.kind == ConsultationKind.STATEMENTS:
            take_out_statements(consultation, mixed)
        else:
            take_out_texts(consultation, schema_of(consultation.questionnaire), mixed)
        UrnEntry.objects.filter(pk__in=taken).delete()
        Ballot.objects.filter(consultation=consultation, lookup__in=list(mixed)).delete()
        lookups = list(mixed)
        shuffle(lookups)
        Ballot.objects.bulk_create(
            (_sealed_ballot(consultation, lookup, mixed[lookup]) for lookup in lookups),
            batch_size=500,
        )
    return len(taken)


def apply(ballot: Envelope | None, entry: Envelope) -> Envelope:
    """``ballot`` after ``entry``; the group stays as it was when it was first put in, and so does
    the note of what colleagues read already."""
    act = Act.WITHDRAW if entry.act is Act.WITHDRAW else Act.CAST
    if ballot is None:
        return replace(entry, act=act)
    answers = {**entry.answers, **notes_kept(ballot)}
    return replace(entry, act=act, group=ballot.group, answers=answers)


def _earlier_ballots(consultation: Consultation, count: int) -> dict[str, Envelope]:
    chosen = Ballot.objects.filter(consultation=consultation).order_by("?").values("pk")[:count]
    return _opened(consultation, list(Ballot.objects.filter(pk__in=[row["pk"] for row in chosen])))


def _ballots(consultation: Consultation, lookups: list[str]) -> dict[str, Envelope]:
    found = Ballot.objects.filter(consultation=consultation, lookup__in=lookups)
    return _opened(consultation, list(found))


def _opened(consultation: Consultation, ballots: list[Ballot]) -> dict[str, Envelope]:
    return {
        ballot.lookup: unseal(consultation.key, ballot_place(ballot.lookup), ballot.sealed)
        for ballot in ballots
    }


def _sealed_ballot(consultation: Consultation, lookup: str, envelope: Envelope) -> Ballot:
    sealed = seal(consultation.key, ballot_place(lookup), envelope, consultation.envelope_size)
    return Ballot(consultation=consultation, lookup=lookup, sealed=sealed)
