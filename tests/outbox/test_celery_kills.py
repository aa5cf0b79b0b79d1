"""Celery's own workers killed with -9, the broker emptied, the mailing paused: rows stay the truth.

Runs on SQLite with the broker of files, and on PostgreSQL with Redis (``--database postgresql``).
"""

import os
import random
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from django.db.models.functions import Now
from pytest_django import Settings

from orportal.celery import app
from outbox import actions, tasks
from outbox.models import Delivery, Lane, Mailing, MailingState, State
from tests.outbox.making import assert_counts_hold, make_mailing, states
from tests.plugins.sink import Sink
from tests.plugins.workers import StartWorker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]
MAILS = 1200
BULK = ("-Q", "bulk")


@pytest.fixture
def sink(tmp_path: Path, settings: Settings) -> Generator[Sink, None, None]:
    """A sink that takes a moment for each mail; workers keep their journals beside the broker."""
    sink = Sink(tmp_path, delay=0.004)
    settings.SMTP_URL = sink.url
    settings.VAR_DIR = Path(os.environ["VAR_DIR"])
    yield sink
    app.control.purge()
    sink.stop()


def open_rows() -> int:
    return Delivery.objects.filter(state__in=[State.QUEUED, State.SENDING]).count()


def until(met: Callable[[], bool], seconds: float = 90, *, sweeping: bool = True) -> float:
    """Wait, sweeping as the scheduler would; how long it took. Fails after ``seconds``."""
    began = time.monotonic()
    while not met():
        assert time.monotonic() - began < seconds, states(Mailing.objects.latest("pk"))
        if sweeping:
            tasks.sweep.run()
        time.sleep(0.25)
    return time.monotonic() - began


def test_killed_workers_lose_and_double_nothing(sink: Sink, start_worker: StartWorker) -> None:
    rng = random.Random(11)
    mailing = make_mailing(3 * MAILS)
    workers = [start_worker(*BULK, "-n", f"w{number}@test") for number in range(2)]
    kills = 0
    for number in range(4):
        before = open_rows()
        until(lambda before=before: open_rows() < before or not open_rows())  # type: ignore[misc]
        time.sleep(rng.uniform(0.05, 0.4))
        if not open_rows():
            break
        workers.pop(rng.randrange(2)).kill()
        kills += 1
        workers.append(start_worker(*BULK, "-n", f"r{number}@test"))
    until(lambda: not open_rows())
    got = sink.counts()
    assert kills >= 2
    assert max(got.values()) == 1
    real = states(mailing)
    assert set(real) <= {State.SENT, State.UNKNOWN}
    assert real.get(State.UNKNOWN, 0) <= kills
    sent = set(mailing.deliveries.filter(state=State.SENT).values_list("address", flat=True))
    assert sent <= set(got)
    assert_counts_hold(mailing)


def test_a_broker_emptied_in_mid_send_loses_nothing(sink: Sink, start_worker: StartWorker) -> None:
    mailing = make_mailing(MAILS)
    start_worker(*BULK)
    for _time in range(3):
        before = open_rows()
        until(lambda before=before: open_rows() < before or not open_rows())  # type: ignore[misc]
        app.control.purge()
    until(lambda: not open_rows())
    assert states(mailing) == {State.SENT: MAILS}
    assert set(sink.counts().values()) == {1}


def test_pause_resume_and_cancel_hold_within_five_seconds(
    sink: Sink, start_worker: StartWorker
) -> None:
    mailing = make_mailing(MAILS)
    start_worker(*BULK)
    until(lambda: open_rows() < MAILS)
    actions.pause(mailing)
    time.sleep(2.5)
    paused = len(sink.taken())
    until(lambda: not Delivery.objects.filter(state=State.SENDING).exists(), 5)
    tasks.sweep.run()
    time.sleep(1.5)
    assert len(sink.taken()) == paused < MAILS
    actions.resume(mailing)
    assert until(lambda: len(sink.taken()) > paused, 5) < 5
    actions.cancel(mailing)
    time.sleep(2.5)
    cancelled = len(sink.taken())
    until(lambda: not open_rows(), 5)
    assert len(sink.taken()) == cancelled < MAILS
    real = states(mailing)
    assert real == {State.SENT: cancelled, State.CANCELLED: MAILS - cancelled}
    assert_counts_hold(mailing)
    assert mailing.state == MailingState.CANCELLED


def test_a_sign_in_code_does_not_wait_for_a_newsletter(
    sink: Sink, start_worker: StartWorker
) -> None:
    make_mailing(MAILS)
    start_worker()
    until(lambda: open_rows() < MAILS)
    make_mailing(1, lane=Lane.URGENT, domain="haast.example")
    seconds = until(lambda: sink.counts()["m0@haast.example"] == 1, 10, sweeping=False)
    assert seconds < 5
    assert Delivery.objects.filter(state=State.QUEUED, next_attempt_at__lte=Now()).exists()
