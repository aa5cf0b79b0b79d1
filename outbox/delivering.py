"""One batch from claim to mark: claim rows, open one connection, hand the mails over, write it."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext

from outbox import claims, relay, tokens, transport
from outbox.claims import Batch, Claimed
from outbox.filling import Form
from outbox.headers import RefusedHeader
from outbox.journal import Journal, remains
from outbox.models import Lane, Rendering
from outbox.outcomes import ConnectionLost, Kind, Outcome, OutcomeOpen, RelayUnusable

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0
"""Seconds between looks at whether the mailing was paused or cancelled."""
TURN = 20.0
"""Seconds after which a batch begins no further mail: what a slow server leaves of it is released,
and others get the worker in between."""
MARK_PATIENCE = 300.0
"""Seconds to wait for a database that went away while a batch was being sent."""


def deliver_batch(lane: Lane) -> Batch:
    """Claim one batch of ``lane`` and send it; an empty batch where nothing is due.

    Whatever goes wrong here, the journal stays behind and ``recover`` puts the rows right.
    """
    token = claims.new_token()
    journal = Journal(token)
    try:
        batch = claims.claim(lane, token)
        if batch.rows:
            sender = Sender(batch, journal)
            answers = sender.send()
            batch.full |= sender.turn_is_over  # there is more, and nobody else looks for it
            patiently(lambda: claims.settle(token, answers, batch))
            left = [row.pk for row in batch.rows if row.pk not in answers]
            if left:
                patiently(lambda: claims.release(token, left))
    except BaseException:
        journal.abandon()
        raise
    journal.close()
    return batch


def recover() -> int:
    """Put right what dead workers of this machine left; how many batches there were."""
    found = 0
    for left in remains():
        claims.settle(left.token, left.answers)
        held = set(claims.held(left.token)) - set(left.answers)
        if left.is_young and not held and not left.answers:
            # Killed in its claim, perhaps: the database may still be committing that.
            left.is_kept = True
            continue
        found += 1
        unknown = held & left.open_rows if left.same_boot else held
        text = gettext("The worker was stopped while this mail was going out.")
        claims.settle(left.token, {pk: Outcome(Kind.UNKNOWN, text) for pk in unknown})
        claims.release(left.token, held - unknown)
    return found


Result = TypeVar("Result")


def patiently(write: Callable[[], Result]) -> Result:
    """Do ``write``, and do it again while the database is away: what was sent must be known."""
    deadline = time.monotonic() + MARK_PATIENCE
    pause = 0.2
    while True:
        try:
            return write()
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block or time.monotonic() > deadline:
                raise
            log.warning("the database is away, trying again: %s", error)
            connection.close()
            time.sleep(pause)
            pause = min(pause * 2, 5.0)


class Sender:
    """Sends one batch and remembers each answer."""

    def __init__(self, batch: Batch, journal: Journal) -> None:
        self.batch = batch
        self.journal = journal
        self.answers: dict[int, Outcome] = {}
        self.mailings = batch.mailings
        self.held = {row.pk for row in batch.rows}
        self.stopped: set[int] = set()
        self.began = self.looked_at = self.renewed_at = time.monotonic()
        self.turn_is_over = False
        self.date = format_datetime(timezone.now())

    def send(self) -> dict[int, Outcome]:
        """The answers; a row that has none was not sent and may wait again."""
        waiting = list(self.batch.rows)
        while waiting:
            try:
                way = transport.connect()
            except RelayUnusable as error:
                self.report(error)
                break
            before = len(waiting)
            waiting = self.over(way, waiting)
            if len(waiting) >= before - 1:
                break  # a connection that carries no more than one mail is not tried on and on
        sent = any(outcome.kind == Kind.SENT for outcome in self.answers.values())
        if sent and self.batch.after_outage:
            patiently(relay.cleared)
        return self.answers

    def over(self, way: transport.Connection, waiting: list[Claimed]) -> list[Claimed]:
        """Hand over as many as one connection takes; the rows that are left."""
        try:
            for at, row in enumerate(waiting):
                self.look()
                if self.turn_is_over:
                    break
                if row.pk not in self.held or row.mailing_id in self.stopped:
                    continue
                try:
                    self.answer(row, self.hand_over(way, row))
                except Forgotten:
                    self.stopped = patiently(lambda: claims.stopped(self.mailings))
                    if row.mailing_id not in self.stopped:
                        words = gettext("What this mail said is no longer kept.")
                        self.answer(row, Outcome(Kind.FAILED, words))
                except ConnectionLost as error:
                    self.answer(row, Outcome(Kind.RETRY, str(error)))
                    return waiting[at + 1 :]
                except OutcomeOpen as error:
                    self.answer(row, Outcome(Kind.UNKNOWN, str(error)))
                    return waiting[at + 1 :]
        except RelayUnusable as error:
            self.report(error)
        finally:
            way.close()
        return []

    def hand_over(self, way: transport.Connection, row: Claimed) -> Outcome:
        """One mail."""
        mailing = self.mailings[row.mailing_id]
        token = tokens.mail_token(mailing, row.pk)
        rendered = patiently(lambda: form(row.rendering_id, mailing.key))
        try:
            data = rendered.fill(
                {
                    **row.values,
                    "address": row.address,
                    "name": row.name,
                    "date": self.date,
                    "message_id": f"{token}@{mailing.message_domain}",
                    "token": tokens.recipient_token(row.recipient_key),
                }
            )
        except (RefusedHeader, KeyError) as error:
            return Outcome(Kind.FAILED, str(error))
        sender = mailing.sender.replace("{}", token)
        mail = transport.Mail(data, rendered.has_dots)
        return way.deliver(sender, row.address, mail, lambda: self.journal.begin(row.pk))

    def report(self, error: RelayUnusable) -> None:
        """The server is not to be used for a while."""
        reason = str(error)
        patiently(lambda: relay.report(reason))

    def answer(self, row: Claimed, outcome: Outcome) -> None:
        """Keep one answer, on disk first."""
        self.journal.answered(row.pk, outcome)
        self.answers[row.pk] = outcome

    def look(self) -> None:
        """Now and then: was it paused or cancelled, is the batch still ours, and our turn over?

        At least one mail goes out in each turn, whoever waits.
        """
        now = time.monotonic()
        if now - self.looked_at < LOOK_EVERY:
            return
        self.looked_at = now
        self.stopped = patiently(lambda: claims.stopped(self.mailings))
        if self.answers and now - self.began < TURN:
            self.turn_is_over = patiently(lambda: claims.is_waited_for(self.batch.lane))
        else:
            self.turn_is_over = bool(self.answers)
        if now - self.renewed_at >= claims.RENEW / timedelta(seconds=1):
            self.renewed_at = now
            self.held = patiently(lambda: claims.renew(self.batch.token))


class Forgotten(Exception):
    """What the mail said is gone from the database, as of what became secret: nothing goes out."""


@lru_cache(maxsize=16)
def form(rendering_id: int, _mailing: UUID) -> Form:
    """A rendering taken apart; the same few serve a whole mailing. Raises ``Forgotten``."""
    body = bytes(Rendering.objects.values_list("body", flat=True).get(pk=rendering_id))
    if not body:
        raise Forgotten
    return Form(body)
