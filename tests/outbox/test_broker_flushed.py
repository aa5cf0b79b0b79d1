"""Redis emptied (FLUSHALL) while it runs, in the middle of a mailing: the rows are the truth.

Everything is real: Redis, the workers, the scheduler. The emptying takes the messages that wait,
those a worker has not acknowledged, and the broker's own tables of which queue gets what.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
import redis
from django.conf import settings as portal
from pytest_django import Settings

from outbox.models import Delivery, Lane, MailingState, State
from tests.outbox.making import assert_counts_hold, make_mailing, states
from tests.plugins.sink import Sink
from tests.plugins.throwaway import start_redis
from tests.plugins.workers import StartWorker, on_this_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]
MAILS = 1500
TIMES = 3


@pytest.fixture
def sink(tmp_path: Path, settings: Settings) -> Generator[Sink, None, None]:
    """A sink that takes a moment for each mail, so that the emptying finds mails under way."""
    sink = Sink(tmp_path, delay=0.004)
    settings.SMTP_URL = sink.url
    yield sink
    sink.stop()


@pytest.fixture
def broker(tmp_path: Path) -> Generator[str, None, None]:
    """A Redis of this test alone."""
    server = start_redis(tmp_path)
    yield server.url
    server.stop()


def until(met: Callable[[], bool], seconds: float = 90) -> None:
    """Wait for what other processes do; nobody here helps them along."""
    deadline = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < deadline, dict(
            Delivery.objects.order_by().values_list("state", "lane")
        )
        time.sleep(0.02)


def sent() -> int:
    return Delivery.objects.filter(state=State.SENT).count()


def test_everything_arrives_once_though_the_broker_is_emptied_again_and_again(
    sink: Sink, broker: str, tmp_path: Path, start_worker: StartWorker
) -> None:
    where = {"REDIS_URL": broker, "VAR_DIR": str(tmp_path)}
    mailing = make_mailing(MAILS)  # its own wake goes to no worker: the sweep finds the rows
    for name in ("one", "two"):
        start_worker("-n", f"{name}@test", **where)
    command = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "orportal", "beat"]
    scheduler = subprocess.Popen(
        [*command, "--pidfile=", "--schedule", str(tmp_path / "schedule"), "-l", "WARNING"],
        cwd=portal.BASE_DIR,
        env={**os.environ, **on_this_database(), **where},
    )
    emptied = 0
    try:
        with redis.Redis.from_url(broker) as client:
            for _time in range(TIMES):
                before = sent()
                until(lambda before=before: sent() > before)  # type: ignore[misc]
                if sent() == MAILS:
                    break
                client.flushall()
                emptied += 1
            make_mailing(1, lane=Lane.URGENT, domain="haast.example")
            until(lambda: not Delivery.objects.exclude(state=State.SENT).exists())
    finally:
        scheduler.terminate()
        scheduler.wait(20)
    assert emptied == TIMES
    assert states(mailing) == {State.SENT: MAILS}
    got = sink.counts()
    assert len(got) == MAILS + 1
    assert set(got.values()) == {1}
    assert_counts_hold(mailing)
    assert mailing.state == MailingState.DONE
