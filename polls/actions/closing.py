"""Closing: no more answers, then everything counted, protected, and the ballots destroyed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from celery import current_app
from django.db import transaction
from django.utils import timezone

from people.log import log_act
from people.models import Person
from polls.actions.emptying import apply
from polls.actions.opinions import count_round, keep_opinions
from polls.actions.releasing import release_results
from polls.actions.sharing import count_agreement
from polls.actions.texts import Text, store_texts, texts_of
from polls.disclosure import folded_turnout, participants_of
from polls.models import (
    AgreeSlip,
    Ballot,
    Consultation,
    ConsultationKind,
    NamedBallot,
    OpenAnswer,
    PaperEntry,
    ReleaseAudience,
    State,
    Tally,
    Turnout,
    UrnEntry,
)
from polls.protection import REST, Thresholds, protect
from polls.questions.loading import schema_of
from polls.questions.schema import Answers, Schema
from polls.rights import lock_for_closing
from polls.tally import count
from polls.urn import Act, Envelope, ballot_place, unseal, urn_place

CHUNK = 1_000


def close_consultation(consultation: Consultation, by: Person | None) -> bool:
    """Take no more answers from now on, and leave the counting to the worker.

    ``by`` is None for the portal itself, at the closing time. False where it was not open. Waits
    for answers that are being put in at this moment; they count.
    """
    with transaction.atomic():
        locked = lock_for_closing(consultation)
        if locked.state != State.OPEN:
            return False
        locked.state = State.CLOSING
        locked.save(update_fields=["state"])
        log_act(by, "polls.close", locked)
        # Without a broker the next sweep counts it.
        transaction.on_commit(lambda: _wake(locked.pk), robust=True)
    return True


def _wake(consultation_pk: int) -> None:
    current_app.send_task("polls.tasks.close_due", [consultation_pk])


def extend_consultation(consultation: Consultation, by: Person, closes_at: datetime) -> bool:
    """Move the closing time of an open consultation; False where it is not open any more."""
    with transaction.atomic():
        locked = lock_for_closing(consultation)
        if not locked.is_open or closes_at <= timezone.now():
            return False
        locked.closes_at = closes_at
        locked.save(update_fields=["closes_at"])
        log_act(by, "polls.extend", locked)
    return True


def count_ballots(consultation_pk: int) -> bool:
    """Count a closing consultation; True where this call did it.

    One transaction: what is left in the urn joins the ballots, all are counted, what may be kept
    is stored, and urn and ballots are destroyed. Killed at any moment, nothing has happened yet.
    Below the total threshold only the number of ballots is kept.
    """
    with transaction.atomic():
        consultation = (
            Consultation.objects.select_for_update(no_key=True)
            .select_related("questionnaire")
            .filter(pk=consultation_pk, state=State.CLOSING)
            .first()
        )
        if consultation is None:
            return False
        schema = schema_of(consultation.questionnaire)
        _write_turnout(consultation)
        reading = _Reading(consultation, schema)
        waiting = UrnEntry.objects.filter(consultation=consultation, is_first=True).count()
        found = None
        if consultation.kind == ConsultationKind.STATEMENTS:
            counts, found = count_round(consultation, schema, reading.ballots())
            if waiting < consultation.batch:
                found.late.clear()  # too few came last to be in company
        else:
            counts = count(schema, reading.ballots(), by_group=bool(consultation.breakdown))
        rows = protect(
            schema,
            counts,
            Thresholds(consultation.total_threshold, consultation.group_threshold),
            everyone_answered=counts.ballots >= consultation.electorate_size,
        )
        Tally.objects.bulk_create(
            [
                Tally(
                    consultation=consultation,
                    attribute=row.attribute,
                    group=row.group,
                    item=row.item,
                    cell=row.cell,
                    count=row.count,
                    bound=row.bound,
                )
                for row in rows
            ],
            batch_size=500,
        )
        if counts.ballots >= consultation.total_threshold:
            count_agreement(consultation)
            store_texts(consultation, reading.texts)
            if found is not None:
                keep_opinions(consultation, found, counts, rows)
        else:
            OpenAnswer.objects.filter(consultation=consultation).delete()
        AgreeSlip.objects.filter(consultation=consultation).delete()
        UrnEntry.objects.filter(consultation=consultation).delete()
        Ballot.objects.filter(consultation=consultation).delete()
        # Typed once only, so no ballot.
        PaperEntry.objects.filter(consultation=consultation).delete()
        consultation.state = State.CLOSED
        consultation.closed_on = timezone.localdate()
        consultation.participants = participants_of(consultation)
        consultation.counted = counts.ballots
        consultation.save()
        if consultation.released_at_closing and counts.ballots >= consultation.total_threshold:
            release_results(consultation, ReleaseAudience.STAFF, by=None)
    return True


class _Reading:
    """Reads the ballots of a closing consultation once, setting their open answers apart."""

    def __init__(self, consultation: Consultation, schema: Schema) -> None:
        self.consultation = consultation
        self.schema = schema
        self.texts: list[Text] = []

    def ballots(self) -> Iterator[tuple[Answers, str]]:
        """The answers and group of each ballot that counts, in no order that means anything."""
        if not self.consultation.is_anonymous:
            named = NamedBallot.objects.filter(consultation=self.consultation)
            for answers, group in named.values_list("answers", "group").iterator(CHUNK):
                self.texts += texts_of(self.schema, Envelope(Act.CAST, "", answers, group))
                yield answers, group
            return
        for envelope in self._envelopes():
            if envelope.act is not Act.WITHDRAW:
                yield envelope.answers, envelope.group

    def _envelopes(self) -> Iterator[Envelope]:
        key = self.consultation.key
        urn = UrnEntry.objects.filter(consultation=self.consultation)
        waiting = [
            unseal(key, urn_place(lookup), sealed)
            for lookup, sealed in urn.filter(is_first=False).values_list("lookup", "sealed")
        ]
        changes = {envelope.ballot: envelope for envelope in waiting}
        counted = Ballot.objects.filter(consultation=self.consultation)
        for lookup, sealed in counted.values_list("lookup", "sealed").iterator(CHUNK):
            yield self._latest(unseal(key, ballot_place(lookup), sealed), changes)
        first = urn.filter(is_first=True).values_list("lookup", "sealed")
        for lookup, sealed in first.iterator(CHUNK):
            yield self._latest(unseal(key, urn_place(lookup), sealed), changes)

    def _latest(self, envelope: Envelope, changes: dict[str, Envelope]) -> Envelope:
        if envelope.ballot in changes:
            envelope = apply(envelope, changes[envelope.ballot])
        self.texts += texts_of(self.schema, envelope)
        return envelope


def _write_turnout(consultation: Consultation) -> None:
    """Keep how many of each group took part, small groups together."""
    Turnout.objects.bulk_create(
        Turnout(
            consultation=consultation,
            group=label,
            is_rest=label == REST,
            invited=invited,
            took_part=took_part,
        )
        for label, (invited, took_part) in folded_turnout(consultation)
    )
