"""PostgreSQL is restarted while mail goes out: the workers wait, and nothing is lost or doubled."""

import json
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.outbox.portals import Portal
from tests.plugins.sink import Sink
from tests.plugins.throwaway import make_run_folder, start_postgresql

pytestmark = pytest.mark.services
MAILS = 3000


@pytest.fixture
def sink(tmp_path: Path) -> Generator[Sink, None, None]:
    sink = Sink(tmp_path, delay=0.002)
    yield sink
    sink.stop()


@pytest.fixture
def portal(tmp_path: Path, sink: Sink) -> Generator[Portal, None, None]:
    server = start_postgresql(make_run_folder())
    portal = Portal(server.url, tmp_path, sink, server)
    portal.done("manage.py", "migrate", "-v0")
    yield portal
    server.stop()


def test_a_restarted_database_loses_and_doubles_nothing(portal: Portal, sink: Sink) -> None:
    portal.done("-m", "tests.outbox.carrier", "make", str(MAILS))
    workers = [portal.run("-m", "tests.outbox.carrier", "carry") for _number in range(2)]
    for share in (0.2, 0.5):
        deadline = time.monotonic() + 60
        while len(sink.taken()) < MAILS * share:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        portal.restart()
    for worker in workers:
        out, _none = worker.communicate(timeout=180)
        assert worker.returncode in (0, 1), out
    portal.done("-m", "tests.outbox.carrier", "carry")
    rows, counts = json.loads(portal.done("-m", "tests.outbox.carrier", "tell"))
    assert rows == {"sent": MAILS}
    assert counts == [MAILS, MAILS, 0, 0]
    assert set(sink.counts().values()) == {1}
    assert len(sink.counts()) == MAILS
