"""A mail server that is merely slow: every answer is late, none is wrong.

Nobody sleeps here: the server holds each answer until the test lets it go, and the time that a slow
server would have taken is told to the database's rows.
"""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.db.models import F
from django.db.models.functions import Now
from pytest_django import Settings

from orportal.celery import app
from outbox import actions, claims, delivering, tasks, transport, wakes
from outbox.models import Delivery, Lane, MailingState, State
from tests.outbox.making import assert_counts_hold, deliver_all, make_mailing, row, states
from tests.outbox.servers import Gate, Script, misbehaving
from tests.plugins.workers import StartWorker

pytestmark = pytest.mark.django_db(transaction=True)
MAILROOM = "orportal.mailroom"


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Lane, int]]:
    """Which lanes were woken, for how many streams; no broker."""
    calls: list[tuple[Lane, int]] = []

    def wake(lane: Lane, *, streams: int = 1, **_how: Any) -> None:
        if streams:
            calls.append((lane, streams))

    monkeypatch.setattr(wakes, "wake", wake)
    return calls


@contextmanager
def worker(work: Callable[[], object], gate: Gate) -> Generator[None, None, None]:
    """A worker in a thread, with a database connection of its own. In the end the server behind
    ``gate`` is slow no longer, and the worker is waited for.
    """

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(run)
        try:
            yield
        finally:
            gate.open()
        working.result(60)


@contextmanager
def looking_all_the_time(monkeypatch: pytest.MonkeyPatch) -> Generator[None, None, None]:
    """A worker looks before each mail, as one does to whom every mail takes seconds."""
    with monkeypatch.context() as patched:
        patched.setattr(delivering, "LOOK_EVERY", 0.0)
        patched.setattr(claims, "RENEW", timedelta(0))
        yield


def pass_time(by: timedelta) -> None:
    """So long the server takes for what it holds: leases and first attempts are older by that."""
    Delivery.objects.filter(state=State.SENDING).update(
        lease_until=F("lease_until") - by, first_tried_at=F("first_tried_at") - by
    )


@pytest.mark.parametrize("extensions", [("PIPELINING",), ()])
@pytest.mark.long
def test_every_answer_as_late_as_allowed_loses_and_doubles_nothing(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    woken: list[tuple[Lane, int]],
    extensions: tuple[str, ...],
) -> None:
    gate = Gate()
    waits = {"content": timedelta(seconds=transport.ANSWER_TIMEOUT)}
    with (
        misbehaving(Script(gate=gate, extensions=extensions)) as server,
        looking_all_the_time(monkeypatch),
    ):
        settings.SMTP_URL = server.url
        mailing = make_mailing(5)
        with worker(deliver_all, gate):
            verbs: list[str] = []
            while verbs.count("content") < 5:
                (connection, verb) = next(iter(gate.wait_held().items()))
                verbs.append(verb)
                pass_time(waits.get(verb, timedelta(seconds=transport.COMMAND_TIMEOUT)))
                tasks.sweep.run()  # anybody who may take a row for lost looks now
                assert State.UNKNOWN not in states(mailing)
                gate.let(connection)
        assert len(verbs) == 2 + 5 * 4
        assert states(mailing) == {State.SENT: 5}
        assert sorted(server.recipients) == [f"m{number}@delinde.example" for number in range(5)]
        assert set(mailing.deliveries.values_list("attempts", flat=True)) == {1}
        assert_counts_hold(mailing)


def test_a_batch_ends_after_its_turn_and_the_rest_waits_without_an_attempt(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, woken: list[tuple[Lane, int]]
) -> None:
    monkeypatch.setattr(delivering, "TURN", 0.0)
    with misbehaving(Script()) as server, looking_all_the_time(monkeypatch):
        settings.SMTP_URL = server.url
        mailing = make_mailing(6)
        woken.clear()
        tasks.deliver.run(Lane.BULK)
        assert states(mailing) == {State.SENT: 1, State.QUEUED: 5}
        assert woken == [(Lane.BULK, 1)]  # who goes on with the rest
        waiting = mailing.deliveries.filter(state=State.QUEUED)
        assert set(waiting.values_list("attempts", "first_tried_at")) == {(0, None)}
        deliver_all()
        assert states(mailing) == {State.SENT: 6}
        assert sorted(server.recipients) == [f"m{number}@delinde.example" for number in range(6)]
        assert_counts_hold(mailing)


def test_bulk_makes_way_after_the_mail_in_hand_where_a_sign_in_mail_waits(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, woken: list[tuple[Lane, int]]
) -> None:
    gate = Gate()
    with misbehaving(Script(gate=gate)) as server, looking_all_the_time(monkeypatch):
        settings.SMTP_URL = server.url
        bulk = make_mailing(6)
        with worker(lambda: delivering.deliver_batch(Lane.BULK), gate):
            gate.wait_held()
            make_mailing(1, lane=Lane.URGENT, domain="haast.example")
        assert states(bulk) == {State.SENT: 1, State.QUEUED: 5}
        deliver_all(Lane.URGENT)
        deliver_all(Lane.BULK)
        assert server.recipients[1] == "m0@haast.example"
        assert len(set(server.recipients)) == len(server.recipients) == 7


def test_who_waits_for_an_urgent_mail_that_cannot_go_still_gets_a_mail_in_each_turn(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, woken: list[tuple[Lane, int]]
) -> None:
    with misbehaving(Script()) as server, looking_all_the_time(monkeypatch):
        settings.SMTP_URL = server.url
        make_mailing(1, lane=Lane.URGENT, domain="haast.example")  # and no worker for it
        bulk = make_mailing(4)
        deliver_all(Lane.BULK)
        assert states(bulk) == {State.SENT: 4}


def test_a_slow_server_is_not_met_with_more_connections_than_it_is_to_get(
    settings: Settings, woken: list[tuple[Lane, int]]
) -> None:
    make_mailing(300)
    for number in range(settings.MAIL_STREAMS):
        claims.claim(Lane.BULK, f"slow {number}")
    pass_time(timedelta(seconds=4 * transport.COMMAND_TIMEOUT + transport.ANSWER_TIMEOUT))
    woken.clear()
    tasks.sweep.run()
    assert woken == []
    assert tasks.deliver.run(Lane.BULK) == 0
    pass_time(claims.LEASE)
    tasks.sweep.run()
    assert woken == [(Lane.BULK, settings.MAIL_STREAMS)]  # they were not slow but gone


def test_cancelled_while_the_server_dawdles_nothing_but_the_mail_in_hand_goes_out(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, woken: list[tuple[Lane, int]]
) -> None:
    gate = Gate()
    with misbehaving(Script(gate=gate)) as server, looking_all_the_time(monkeypatch):
        settings.SMTP_URL = server.url
        mailing = make_mailing(6)
        with worker(lambda: delivering.deliver_batch(Lane.BULK), gate):
            while "content" not in (held := gate.wait_held()).values():
                gate.let(next(iter(held)))
            actions.cancel(mailing)
        assert states(mailing) == {State.SENT: 1, State.CANCELLED: 5}
        assert server.recipients == ["m0@delinde.example"]
        assert_counts_hold(mailing)


def test_the_two_days_of_trying_begin_with_the_first_attempt(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, woken: list[tuple[Lane, int]]
) -> None:
    monkeypatch.setattr(delivering, "TURN", 0.0)
    busy: list[str] = ["m1@delinde.example"]
    script = Script(on_recipient=lambda who: "450 busy" if who in busy else None)
    with misbehaving(script) as server, looking_all_the_time(monkeypatch):
        settings.SMTP_URL = server.url
        mailing = make_mailing(2)
        delivering.deliver_batch(Lane.BULK)  # takes both, sends one, gives the other back
        actions.pause(mailing)
        mailing.deliveries.update(first_tried_at=F("first_tried_at") - timedelta(days=3))
        actions.resume(mailing)
        deliver_all()
        assert row(mailing, 1).state == State.QUEUED  # and not failed at its first refusal
        busy.clear()
        mailing.deliveries.filter(state=State.QUEUED).update(next_attempt_at=Now())
        deliver_all()
        assert states(mailing) == {State.SENT: 2}
        mailing.refresh_from_db()
        assert mailing.state == MailingState.DONE


class Dripping:
    """A socket on which an answer never ends; each piece comes well within the time-out."""

    def __init__(self, clock: list[float], piece: bytes) -> None:
        self.clock, self.piece, self.timeout = clock, piece, transport.COMMAND_TIMEOUT

    def gettimeout(self) -> float:
        return self.timeout

    def settimeout(self, timeout: float) -> None:
        self.timeout = timeout

    def recv(self, _most: int) -> bytes:
        pause = 20.0
        if pause > self.timeout:
            self.clock[0] += self.timeout
            raise TimeoutError
        self.clock[0] += pause
        return self.piece


@pytest.mark.parametrize("piece", [b"2", b"250-still looking at it\r\n"])
def test_an_answer_that_drips_in_gets_no_more_time_than_silence(
    monkeypatch: pytest.MonkeyPatch, piece: bytes
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("outbox.transport.time.monotonic", lambda: clock[0])
    sock: Any = Dripping(clock, piece)
    with pytest.raises(TimeoutError):
        transport.Replies(sock).next()
    assert clock[0] - 1000.0 == transport.COMMAND_TIMEOUT
    assert sock.timeout == transport.COMMAND_TIMEOUT  # the next answer has all of its time


def test_a_lease_outlasts_the_slowest_mail() -> None:
    envelope = 4 * transport.COMMAND_TIMEOUT  # sender, recipient, DATA, and what undoes them
    content = transport.COMMAND_TIMEOUT + transport.ANSWER_TIMEOUT
    assert timedelta(seconds=envelope + content) < claims.LEASE


@pytest.mark.services
def test_real_workers_carry_sign_in_mail_past_a_server_that_sits_on_the_bulk(
    settings: Settings, start_worker: StartWorker
) -> None:
    """As ``make run`` and ``deploy/`` have them: workers for all, and one for what is urgent."""
    gate = Gate(holds=lambda connection: connection == 1)
    with misbehaving(Script(gate=gate)) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(60)
        start_worker("-n", "all@test")
        gate.wait_held()  # it sits on the newsletter
        start_worker("-n", "urgent@test", "-Q", "urgent", DJANGO_SETTINGS_MODULE=MAILROOM)
        make_mailing(1, lane=Lane.URGENT, domain="haast.example")
        server.wait_for("m0@haast.example")
        assert server.recipients == ["m0@haast.example"]
        assert gate.held == {1: "greeting"}
        gate.open()
        server.wait_for("m59@delinde.example")
    app.control.purge()
    assert states(mailing).keys() <= {State.SENT, State.SENDING}
