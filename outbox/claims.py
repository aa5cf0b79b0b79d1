"""Claiming rows for a batch, and writing down what came of them.

Every write names the batch's token and the state it expects, so a worker that lost its lease, or a
second one that took over, changes nothing that is not its own. All times are the database's: two
hosts whose clocks differ still agree on what is due and whose lease is over.
"""

import random
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext

from outbox.models import Delivery, Lane, Mailing, MailingState, Outage, Rendering, State
from outbox.outcomes import Kind, Outcome
from outbox.throttle import Allowance

BATCH = 50
LEASE = timedelta(minutes=12)
"""Above the longest that one mail can take: four answers and its content of a minute each, and one
answer of five."""
MANY = 1000
RENEW = timedelta(seconds=20)
GIVE_UP = timedelta(days=2)
FIRST_DELAY = {Lane.URGENT: 15.0, Lane.NORMAL: 60.0, Lane.BULK: 120.0}
LONGEST_DELAY = 4 * 3600.0


@dataclass(frozen=True)
class Claimed:
    """What a worker needs of one row."""

    pk: int
    mailing_id: int
    rendering_id: int
    address: str
    name: str
    recipient_key: str
    values: Mapping[str, str]
    attempts: int
    domain: str


@dataclass
class Batch:
    """Rows that one token holds, and their mailings.

    ``wait`` is when throttled mail may go on, in seconds; ``full`` means that there may be more.
    """

    token: str
    lane: Lane
    rows: list[Claimed] = field(default_factory=list)
    mailings: dict[int, Mailing] = field(default_factory=dict)
    wait: float = 0.0
    full: bool = False
    after_outage: bool = False


FIELDS = [
    "pk",
    "mailing_id",
    "rendering_id",
    "address",
    "name",
    "recipient_key",
    "values",
    "attempts",
    "domain",
]


def new_token() -> str:
    """A name for one batch that no other batch ever has."""
    return secrets.token_hex(16)


def database_now() -> datetime:
    """The database's clock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            now: datetime = cursor.fetchone()[0]
            return now
    return timezone.now()


@transaction.atomic
def claim(lane: Lane, token: str, limit: int = BATCH) -> Batch:
    """Take up to ``limit`` due rows of ``lane`` for ``token``: the bulk lane's of one mailing."""
    batch = Batch(token, lane)
    outage = Outage.objects.values_list(
        Case(When(retry_at__gt=Now(), then=Value(True)), default=Value(False))
    ).first()
    if outage is not None:
        batch.after_outage = True
        if outage[0]:
            return batch
    active = Mailing.objects.active().filter(lane=lane)
    if lane != Lane.BULK:
        take(batch, None, Delivery.objects.due(lane).filter(mailing__in=active.values("pk")), limit)
    else:
        for mailing in active.order_by("pk"):
            take(batch, mailing, Delivery.objects.due(lane).filter(mailing=mailing), limit)
            if batch.rows:
                break
    if not batch.rows:
        finish(active.exclude(total=0).values_list("pk", flat=True)[:MANY])
    return batch


def take(batch: Batch, mailing: Mailing | None, due: QuerySet[Delivery], limit: int) -> None:
    """Claim the first of ``due`` that no other worker is claiming and the throttles allow."""
    allowance = Allowance(mailing, database_now)
    if exhausted := allowance.exhausted_domains:
        due = due.exclude(domain__in=exhausted)
    due = due.order_by("next_attempt_at")
    due = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    rows = [Claimed(**row) for row in due.values(*FIELDS)[:limit]]
    if not allowance.unlimited:
        verdicts = allowance.take(row.domain for row in rows)
        rows = [row for row, allowed in zip(rows, verdicts, strict=True) if allowed]
        batch.wait = max(batch.wait, allowance.wait, 1.0 if exhausted else 0.0)
    if not rows:
        return
    allowance.keep()
    claimed = Delivery.objects.filter(pk__in=[row.pk for row in rows], state=State.QUEUED).update(
        state=State.SENDING,
        claimed_by=batch.token,
        lease_until=Now() + LEASE,
        first_tried_at=Coalesce(F("first_tried_at"), Now()),
    )
    if claimed != len(rows):  # where rows cannot be locked, somebody may have come in between
        got = set(held(batch.token))
        rows = [row for row in rows if row.pk in got]
    batch.rows = rows
    batch.full = len(rows) == limit
    keys = {row.mailing_id for row in rows}
    batch.mailings = {mailing.pk: mailing} if mailing else Mailing.objects.in_bulk(keys)
    if any(each.state == MailingState.QUEUED for each in batch.mailings.values()):
        Mailing.objects.filter(pk__in=keys, state=MailingState.QUEUED).update(
            state=MailingState.SENDING, started_at=Coalesce(F("started_at"), Now())
        )


def renew(token: str) -> set[int]:
    """Lengthen the lease; the rows that the batch still holds. Any other is no longer its own."""
    ours = Delivery.objects.filter(claimed_by=token, state=State.SENDING)
    ours.update(lease_until=Now() + LEASE)
    return set(ours.values_list("pk", flat=True))


def held(token: str) -> list[int]:
    """The rows that ``token`` has to answer for."""
    return list(Delivery.objects.held_by(token).values_list("pk", flat=True))


def stopped(mailings: Iterable[int]) -> set[int]:
    """Of these mailings, the ones that were paused or cancelled since they were claimed."""
    return set(
        Mailing.objects.filter(
            pk__in=set(mailings), state__in=[MailingState.PAUSED, MailingState.CANCELLED]
        ).values_list("pk", flat=True)
    )


@transaction.atomic
def settle(token: str, answers: Mapping[int, Outcome], batch: Batch | None = None) -> None:
    """Write what came of a batch's rows; ``batch``, where it is at hand, saves questions.

    A row that another has given up as unknown in the meantime is corrected: its own worker knows.
    """
    ours = Delivery.objects.held_by(token)
    sent = of_kind(answers, Kind.SENT)
    touched: set[int] = set()
    if not batch or not mark_sent(batch, sent):
        touched |= move(ours.filter(pk__in=sent), State.SENT, **settled(""))
    touched |= set(batch.mailings) if batch else set()
    for kind in (Kind.RETRY, Kind.FAILED, Kind.UNKNOWN):
        for pk in of_kind(answers, kind):
            touched |= settle_one(ours.filter(pk=pk), answers[pk])
    if not batch or not batch.full:  # after a full batch another looks
        finish(touched)


def mark_sent(batch: Batch, sent: list[int]) -> bool:
    """Mark what was sent, in the usual case that nobody touched the rows; False where some did.

    Then some may be marked and counted; the others are left to ``move``.
    """
    ours = Delivery.objects.filter(pk__in=sent, claimed_by=batch.token)
    marked = ours.filter(state=State.SENDING).update(state=State.SENT, **settled(""))
    if marked == len(sent):
        wanted = set(sent)
        counts = Counter(row.mailing_id for row in batch.rows if row.pk in wanted)
    else:
        counts = Counter(ours.filter(state=State.SENT).values_list("mailing", flat=True))
    if marked:
        for mailing in sorted(counts):
            count(mailing, {State.SENT: counts[mailing]})
    return marked == len(sent)


def of_kind(answers: Mapping[int, Outcome], kind: Kind) -> list[int]:
    """The rows that ended so."""
    return [pk for pk, outcome in answers.items() if outcome.kind == kind]


def settled(text: str) -> dict[str, Any]:
    """What is written with every final state."""
    return {"attempts": F("attempts") + 1, "settled_at": Now(), "last_response": text[:500]}


def settle_one(ours: QuerySet[Delivery], outcome: Outcome) -> set[int]:
    """Write a failure, an unknown outcome, or when to try again."""
    row = ours.values_list("lane", "attempts", "first_tried_at").first()
    if row is None:
        return set()
    lane, attempts, first_tried_at = row
    now = database_now()
    if outcome.kind == Kind.RETRY and now - (first_tried_at or now) < GIVE_UP:
        delay = timedelta(seconds=back_off(Lane(lane), attempts))
        return move(
            ours,
            State.QUEUED,
            claimed_by="",
            lease_until=None,
            next_attempt_at=Now() + delay,
            attempts=F("attempts") + 1,
            last_response=outcome.text[:500],
        )
    state = State.UNKNOWN if outcome.kind == Kind.UNKNOWN else State.FAILED
    return move(ours, state, **settled(outcome.text))


def back_off(lane: Lane, attempts: int) -> float:
    """Seconds until the next attempt: doubling, at most four hours, a quarter more or less."""
    delay: float = min(FIRST_DELAY[lane] * 2 ** min(attempts, 20), LONGEST_DELAY)
    return delay * random.uniform(0.75, 1.25)  # noqa: S311  (jitter, no secret)


def release(token: str, keys: Iterable[int]) -> None:
    """Give back rows of which no content has gone out; they wait again and lose no attempt.

    Nor do the two days of trying begin before a row is tried.
    """
    with transaction.atomic():
        touched = move(
            Delivery.objects.held_by(token).filter(pk__in=list(keys)),
            State.QUEUED,
            claimed_by="",
            lease_until=None,
            first_tried_at=Case(When(attempts=0, then=None), default=F("first_tried_at")),
        )
        cancelled = Mailing.objects.filter(pk__in=touched, state=MailingState.CANCELLED)
        for mailing in cancelled.values_list("pk", flat=True):
            cancel_waiting(mailing)


def give_up_expired() -> int:
    """Rows whose lease is over and whose worker is not heard of: nobody can tell what came of them.

    Returns how many there were.
    """
    with transaction.atomic():
        expired = list(
            Delivery.objects.filter(state=State.SENDING, lease_until__lt=Now()).values_list(
                "pk", flat=True
            )[:5000]
        )
        text = gettext("The worker that sent this mail went away before it could say what came.")
        rows = Delivery.objects.filter(pk__in=expired, state=State.SENDING, lease_until__lt=Now())
        finish(move(rows, State.UNKNOWN, settled_at=Now(), last_response=text))
    return len(expired)


def move(rows: QuerySet[Delivery], to: State, **changes: Any) -> set[int]:
    """Put a handful of rows in another state and keep their mailings' counts; which mailings."""
    locked = list(rows.order_by("pk").select_for_update().values_list("pk", "mailing_id", "state"))
    if not locked:
        return set()
    Delivery.objects.filter(pk__in=[pk for pk, _mailing, _state in locked]).update(
        state=to, **changes
    )
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for _pk, mailing, before in locked:
        counts[mailing][to] += 1
        counts[mailing][before] -= 1
    for mailing in sorted(counts):
        count(mailing, counts[mailing])
    if to == State.QUEUED:  # given up as unknown, the last rows had closed their mailing
        Mailing.objects.filter(pk__in=counts, state=MailingState.DONE).update(
            state=MailingState.QUEUED, finished_at=None
        )
    return set(counts)


COUNTED = (State.SENT, State.FAILED, State.UNKNOWN, State.CANCELLED)


def count(mailing: int, changes: Mapping[str, int]) -> None:
    """Add to a mailing's counts; waiting and being sent are not counted but derived."""
    fields = {
        state.value: F(state.value) + changes[state] for state in COUNTED if changes.get(state)
    }
    if fields:
        Mailing.objects.filter(pk=mailing).update(**fields)


def finish(mailings: Iterable[int]) -> None:
    """Close those of these mailings in which nothing waits any more, and empty what was private."""
    done = Mailing.objects.active().filter(
        pk__in=set(mailings),
        total__lte=F("sent") + F("failed") + F("unknown") + F("cancelled"),
    )
    keys = list(done.values_list("pk", flat=True))
    if keys:
        Mailing.objects.filter(pk__in=keys).update(state=MailingState.DONE, finished_at=Now())
        Rendering.objects.filter(mailing__in=keys, mailing__sent=F("mailing__total")).exclude(
            mailing__lane=Lane.BULK
        ).update(body=b"")


def cancel_waiting(mailing: int) -> int:
    """Every waiting mail of a mailing becomes cancelled, in one statement."""
    waiting = Delivery.objects.filter(mailing=mailing, state=State.QUEUED)
    cancelled = waiting.update(state=State.CANCELLED, settled_at=Now())
    count(mailing, {State.CANCELLED: cancelled})
    return cancelled


def cancel_left() -> None:
    """Cancel what waits in cancelled mailings: a crash left it, or it is to be tried again."""
    left = Delivery.objects.filter(mailing=OuterRef("pk"), state=State.QUEUED)
    cancelled = Mailing.objects.filter(state=MailingState.CANCELLED).filter(
        total__gt=F("sent") + F("failed") + F("unknown") + F("cancelled")
    )
    for mailing in cancelled.filter(Exists(left)).values_list("pk", flat=True)[:MANY]:
        with transaction.atomic():
            cancel_waiting(mailing)


def is_waited_for(lane: Lane) -> bool:
    """Whether mail more urgent than ``lane`` is due and nobody has taken it."""
    due = Delivery.objects.due(*(each for each in Lane if each < lane))
    return due.filter(mailing__in=Mailing.objects.active().values("pk")).exists()


def live_streams(lane: Lane) -> int:
    """How many workers are busy with ``lane``.

    In bulk each that holds a lease counts, or a slow server would be met with ever more connections
    than it is to get. Where mail is urgent a worker that was lost with its machine must not keep
    others from it, so those count that were heard of in the last minute.
    """
    heard_of = Now() if lane == Lane.BULK else Now() + LEASE - timedelta(minutes=1)
    held = Delivery.objects.filter(state=State.SENDING, lane=lane, lease_until__gt=heard_of)
    return held.values("claimed_by").distinct().count()
