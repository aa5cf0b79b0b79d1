"""Two hosts with disks and clocks of their own race for the same rows, and are killed meanwhile.

The processes share nothing but the database and the mail server. Each host's name and journals are
its own; one host's clock is six hours ahead, the other's six behind.
"""

import json
import random
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.outbox.portals import Portal
from tests.plugins.sink import Sink
from tests.plugins.throwaway import make_run_folder, start_postgresql

pytestmark = pytest.mark.services
MAILS = 2000
HOSTS = {"noord": 6.0, "zuid": -6.0}
CARRIER = ("-m", "tests.outbox.carrier")


@pytest.fixture
def sink(tmp_path: Path) -> Generator[Sink, None, None]:
    """A sink that takes a moment for each mail, so that a kill finds mails under way."""
    sink = Sink(tmp_path, delay=0.003)
    yield sink
    sink.stop()


@pytest.fixture(params=["postgresql", "sqlite"])
def portal(
    request: pytest.FixtureRequest, tmp_path: Path, sink: Sink
) -> Generator[Portal, None, None]:
    """On PostgreSQL, and on SQLite: there two "hosts" are two containers on one volume."""
    server = start_postgresql(make_run_folder()) if request.param == "postgresql" else None
    url = server.url if server else f"sqlite:///{tmp_path / 'db.sqlite3'}"
    portal = Portal(url, tmp_path, sink, server)
    portal.done("manage.py", "migrate", "-v0")
    yield portal
    if server:
        server.stop()


def test_two_hosts_racing_lose_and_double_nothing(portal: Portal, sink: Sink) -> None:
    rng = random.Random(5)
    portal.done(*CARRIER, "make", str(MAILS))
    kills = 0
    hosts = [host for host in HOSTS for _each in range(2)]
    workers = [
        (host, portal.run(*CARRIER, "carry", host=host, hours=HOSTS[host])) for host in hosts
    ]
    deadline = time.monotonic() + 120
    while len(sink.taken()) < MAILS * 0.8 and kills < 8:
        before = len(sink.taken())
        while len(sink.taken()) < before + MAILS // 20 and len(sink.taken()) < MAILS * 0.8:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        time.sleep(rng.uniform(0, 0.05))
        host, victim = workers.pop(rng.randrange(len(workers)))
        victim.kill()
        victim.communicate()
        kills += 1
        again = portal.run(*CARRIER, "carry", host=host, hours=HOSTS[host])
        workers.append((host, again))
    for _host, worker in workers:
        worker.communicate(timeout=120)
        assert worker.returncode == 0
    for host, hours in HOSTS.items():
        portal.done(*CARRIER, "carry", host=host, hours=hours)
    got = sink.counts()
    rows, counts = json.loads(portal.done(*CARRIER, "tell"))
    assert kills >= 4
    assert max(got.values()) == 1
    assert set(rows) <= {"sent", "unknown"}, rows
    assert rows.get("unknown", 0) <= kills
    assert sum(rows.values()) == MAILS
    assert rows["sent"] <= len(got) <= MAILS
    assert counts == [MAILS, rows["sent"], 0, rows.get("unknown", 0)]
