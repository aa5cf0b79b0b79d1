"""Clocks that jump by hours: nothing is sent twice, and nothing waits for the clock to come by.

A database whose clock was set back is one whose rows speak of moments too far ahead; that is how it
is made here, since nobody can set the clock of a test's machine. Hosts whose own clocks are hours
apart are in ``test_hosts``.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from celery.beat import ScheduleEntry
from django.conf import settings as portal
from django.db.models import F
from django.db.models.functions import Now
from pytest_django import Settings

from orportal.celery import app
from orportal.scheduling import SteadyScheduler
from outbox import claims, clocks, delivering, journal, relay, tasks, wakes
from outbox.models import ClockLook, Delivery, Lane, Outage, State
from tests.outbox.making import assert_counts_hold, deliver_all, make_mailing, states
from tests.outbox.servers import Script, misbehaving

HOURS = timedelta(hours=6)


@pytest.fixture(autouse=True)
def woken(monkeypatch: pytest.MonkeyPatch) -> list[Lane]:
    """The lanes that were woken; no broker."""
    lanes: list[Lane] = []

    def wake(lane: Lane, **how: Any) -> None:
        if how.get("streams", 1):
            lanes.append(lane)

    monkeypatch.setattr(wakes, "wake", wake)
    return lanes


def set_back(by: timedelta) -> None:
    """The database's clock ran ahead by so much, and now it is right again."""
    clocks.look()
    ClockLook.objects.update(at=F("at") + by)
    Delivery.objects.update(
        lease_until=F("lease_until") + by,
        next_attempt_at=F("next_attempt_at") + by,
        first_tried_at=F("first_tried_at") + by,
    )
    Outage.objects.update(retry_at=F("retry_at") + by)


@pytest.mark.django_db
def test_waiting_mail_goes_on_after_the_clock_was_set_back(woken: list[Lane]) -> None:
    mailing = make_mailing(10)
    set_back(HOURS)
    assert not claims.claim(Lane.BULK, "early").rows
    woken.clear()
    tasks.sweep.run()
    assert woken == [Lane.BULK]
    assert len(claims.claim(Lane.BULK, "next").rows) == 10
    assert states(mailing) == {State.SENDING: 10}


@pytest.mark.django_db
def test_the_rows_of_a_dead_worker_are_held_no_longer_than_a_lease(woken: list[Lane]) -> None:
    mailing = make_mailing(60)
    claims.claim(Lane.BULK, "dead on a lost machine")
    set_back(HOURS)
    woken.clear()
    tasks.sweep.run()
    assert woken  # nobody takes the dead for busy
    held = Delivery.objects.filter(state=State.SENDING)
    assert held.count() == 50
    assert not held.filter(lease_until__gt=Now() + claims.LEASE).exists()
    held.update(lease_until=F("lease_until") - claims.LEASE)
    tasks.sweep.run()
    assert states(mailing) == {State.UNKNOWN: 50, State.QUEUED: 10}
    assert_counts_hold(mailing)


@pytest.mark.django_db
def test_an_outage_ends_when_it_would_have(settings: Settings) -> None:
    with misbehaving(Script()) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(3)
        relay.report("unreachable")
        set_back(HOURS)
        tasks.sweep.run()
        longest = timedelta(seconds=relay.FIRST_PAUSE * 1.25)
        assert not Outage.objects.filter(retry_at__gt=Now() + longest).exists()
        Outage.objects.update(retry_at=F("retry_at") - longest)
        deliver_all()
    assert states(mailing) == {State.SENT: 3}


@pytest.mark.django_db
def test_mail_to_be_tried_again_keeps_its_pause(settings: Settings) -> None:
    greylisting = Script(on_recipient=lambda _to: "451 come back later")
    with misbehaving(greylisting) as server:
        settings.SMTP_URL = server.url
        make_mailing(3)
        deliver_all()
    set_back(HOURS)
    tasks.sweep.run()
    pause = timedelta(seconds=claims.FIRST_DELAY[Lane.BULK])
    soon = Delivery.objects.filter(next_attempt_at__lte=Now() + pause * 1.25)
    assert soon.filter(next_attempt_at__gt=Now() + pause * 0.5).count() == 3


@pytest.mark.django_db
def test_a_time_server_s_small_corrections_change_nothing() -> None:
    make_mailing(3)
    set_back(timedelta(seconds=1))
    before = list(Delivery.objects.order_by("pk").values_list("next_attempt_at", flat=True))
    assert clocks.look() == timedelta(0)
    after = list(Delivery.objects.order_by("pk").values_list("next_attempt_at", flat=True))
    assert before == after


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by", [HOURS, -HOURS])
def test_a_jump_while_a_batch_goes_out_doubles_and_loses_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, by: timedelta
) -> None:
    monkeypatch.setattr(delivering, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(claims, "RENEW", timedelta(0))
    seen = 0
    look = delivering.Sender.look

    def look_and_jump(sender: delivering.Sender) -> None:
        nonlocal seen
        seen += 1
        if seen == 5:
            if by > timedelta(0):
                set_back(by)
            else:  # every lease is over
                Delivery.objects.update(lease_until=F("lease_until") + by)
            tasks.sweep.run()
        look(sender)

    monkeypatch.setattr(delivering.Sender, "look", look_and_jump)
    with misbehaving(Script()) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(30)
        deliver_all()
        assert sorted(server.recipients) == sorted(f"m{n}@delinde.example" for n in range(30))
    assert states(mailing) == {State.SENT: 30}
    assert_counts_hold(mailing)


@pytest.mark.django_db
@pytest.mark.parametrize("by", [HOURS, -HOURS])
def test_a_journal_s_age_is_not_told_by_the_wall_clock(
    by: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.Journal("late").abandon()
    with time_machine.travel(datetime.now(UTC) + by):
        assert delivering.recover() == 0
        assert list(journal.folder().iterdir())  # young, whatever the clock says
        monkeypatch.setattr(journal, "SETTLED_AFTER", 0.0)
        delivering.recover()
        assert not list(journal.folder().iterdir())


class Counting(SteadyScheduler):
    """A scheduler that counts what it would send, and keeps no file."""

    def setup_schedule(self) -> None:
        self._store: dict[str, Any] = {"entries": {}}
        self.ran: list[str | None] = []
        for name in ("outbox.sweep", "newsletter-due", "outbox.forget"):
            settings: dict[str, Any] = portal.CELERY_BEAT_SCHEDULE[name]
            self._store["entries"][name] = ScheduleEntry(
                name=name, task=settings["task"], schedule=settings["schedule"], app=app
            )

    def sync(self) -> None:
        """Nothing is kept."""

    def apply_entry(self, entry: ScheduleEntry, producer: object = None) -> None:
        self.ran.append(entry.name)

    def run_due(self) -> None:
        """All that is due now."""
        while self.tick() == 0:
            pass


def test_the_scheduler_goes_on_after_the_clock_was_set_back() -> None:
    began = datetime(2026, 11, 23, 9, tzinfo=UTC)
    with time_machine.travel(began, tick=False) as clock:
        scheduler = Counting(app, lazy=True)
        scheduler.setup_schedule()
        for _step in range(4):
            clock.shift(15)
            scheduler.run_due()
        assert scheduler.ran.count("newsletter-due") == 4
        clock.move_to(began - HOURS)
        for _step in range(4):
            scheduler.run_due()
            clock.shift(15)
        scheduler.run_due()
    assert scheduler.ran.count("newsletter-due") == 8
    assert scheduler.ran.count("outbox.sweep") >= 8
