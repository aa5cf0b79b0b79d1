"""Workers killed with -9 at random moments: nothing lost, nothing doubled, one mail open a kill.

The workers are real processes that share nothing with the test but the database, the sink and the
machine's disk. Their start is quick (a fork), so they can be killed often; ``test_celery_kills``
does the same with Celery's own processes.
"""

import os
import random
import shutil
import signal
import time
import traceback
from collections.abc import Callable, Generator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.db.models.functions import Now
from pytest_django import Settings

from outbox import claims, delivering, journal
from outbox.models import Delivery, Lane, Mailing, State
from tests.outbox.making import assert_counts_hold, make_mailing, states
from tests.plugins.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)
MAILS = 1500


@pytest.fixture
def sink(tmp_path: Path, settings: Settings) -> Generator[Sink, None, None]:
    """A sink that takes a moment for each mail, so that a kill finds mails under way."""
    sink = Sink(tmp_path, delay=0.0004)
    settings.SMTP_URL = sink.url
    yield sink
    sink.stop()


def forked(work: Callable[[], None]) -> int:
    """A process that does ``work`` and ends, with status 1 where it raised; its number.

    It lets go of connections it inherits without closing them: the sockets are the parent's. They
    are not those that the parent just closed once a browser test ran in this process, since the
    framework keeps its connections by running event loop, and a fork has none.
    """
    connections.close_all()
    child = os.fork()
    if child:
        return child
    inherited = [connections[alias] for alias in connections]
    for each in inherited:
        del connections[each.alias]
    status = 1
    try:
        work()
        status = 0
    finally:
        if status:
            traceback.print_exc()
        os._exit(status)


def work_on() -> None:
    """What a worker does: batch after batch."""
    while delivering.deliver_batch(Lane.BULK).rows:
        pass


def kill_now_and_then(rng: random.Random, kills: int) -> int:
    """Two workers at a time, killed at random moments; how many were killed at work."""
    killed = 0
    workers: list[int] = []
    while killed < kills and waiting():
        while len(workers) < 2:
            delivering.recover()
            workers.append(forked(work_on))
        time.sleep(rng.uniform(0.01, 0.12))
        victim = workers.pop(rng.randrange(len(workers)))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        killed += 1
    for worker in workers:
        os.waitpid(worker, 0)
    return killed


def waiting() -> bool:
    return Delivery.objects.filter(state__in=[State.QUEUED, State.SENDING]).exists()


def assert_nothing_lost_or_doubled(mailing: Mailing, sink: Sink, most_unknown: int) -> None:
    """Every mail is at the sink once, or unknown and there at most once."""
    got = sink.counts()
    assert max(got.values()) == 1
    real = states(mailing)
    odd = mailing.deliveries.exclude(state__in=[State.SENT, State.UNKNOWN])
    why = odd.values_list("state", "attempts", "last_response").first()
    assert set(real) <= {State.SENT, State.UNKNOWN}, (real, why)
    assert real.get(State.UNKNOWN, 0) <= most_unknown
    sent = set(mailing.deliveries.filter(state=State.SENT).values_list("address", flat=True))
    unknown = set(mailing.deliveries.filter(state=State.UNKNOWN).values_list("address", flat=True))
    assert sent <= set(got)
    assert set(got) <= sent | unknown
    assert len(sent | unknown) == MAILS
    assert_counts_hold(mailing)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_with_the_journal_a_kill_leaves_one_mail_open_at_most(sink: Sink, seed: int) -> None:
    rng = random.Random(seed)
    mailing = make_mailing(MAILS)
    kills = kill_now_and_then(rng, kills=25)
    delivering.recover()
    work_on()
    assert kills >= 10
    assert_nothing_lost_or_doubled(mailing, sink, most_unknown=kills)


@pytest.mark.long
def test_without_the_journal_a_kill_leaves_one_batch_open_at_most(
    sink: Sink, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(3)
    mailing = make_mailing(MAILS)
    # The machine is lost with its disk: each worker's journal is gone once it is killed.
    monkeypatch.setattr(delivering, "recover", lambda: shutil.rmtree(journal.folder()))
    kills = kill_now_and_then(rng, kills=10)
    monkeypatch.undo()
    assert kills >= 5
    held = Delivery.objects.filter(state=State.SENDING)
    assert held.count() <= kills * claims.BATCH
    held.update(lease_until=Now() - timedelta(seconds=1))
    claims.give_up_expired()
    work_on()
    assert_nothing_lost_or_doubled(mailing, sink, most_unknown=kills * claims.BATCH)
    assert not Delivery.objects.filter(state=State.UNKNOWN, last_response="").exists()


@pytest.mark.long
def test_two_workers_never_take_the_same_row(sink: Sink) -> None:
    mailing = make_mailing(MAILS)
    workers = [forked(work_on) for _number in range(4)]
    assert [os.waitpid(worker, 0)[1] for worker in workers] == [0] * 4
    work_on()
    assert states(mailing) == {State.SENT: MAILS}
    assert set(sink.counts().values()) == {1}
    assert len(sink.counts()) == MAILS
    assert_counts_hold(mailing)
