"""``manage.py serve`` serves, says where, and leaves nothing running."""

import signal
import socket
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.orportal.processes import alive_with
from tests.plugins.portal import Portal
from tests.plugins.throwaway import free_port

pytestmark = pytest.mark.portal


@pytest.fixture
def portals() -> Iterator[list[Portal]]:
    """Portals to be ended after the test."""
    started: list[Portal] = []
    yield started
    for portal in started:
        portal.kill()


def test_it_answers_and_stops_without_a_trace(tmp_path: Path, portals: list[Portal]) -> None:
    """On an interrupt; the walk ends its portal by SIGTERM."""
    port = free_port()
    portal = Portal(tmp_path, port)
    portals.append(portal)
    portal.wait_for(f"The portal answers at http://localhost:{port}")
    with urllib.request.urlopen(f"http://localhost:{port}/accounts/login/", timeout=10) as answer:
        assert answer.status == 200
    assert len(alive_with(portal.mark)) >= 5  # supervisor, web, its workers, worker, scheduler

    second = Portal(tmp_path, free_port())
    portals.append(second)
    second.wait_for("is running already")
    assert second.process.wait(10) == 1

    assert portal.end(signal.SIGINT) == 0, "".join(portal.lines)
    assert alive_with(portal.mark) == []

    with closing(sqlite3.connect(tmp_path / "orportaal.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM people_act").fetchone()[0]
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            database.execute("DELETE FROM people_act")

    real = Portal(tmp_path, port, DEMO="0", EMBEDDED="1")
    portals.append(real)
    real.wait_for("holds the demo")
    assert real.process.wait(10) == 1
    assert oct((tmp_path / "keys.env").stat().st_mode)[-3:] == "600"


def test_a_busy_port_is_named_with_a_way_out(tmp_path: Path, portals: list[Portal]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        portal = Portal(tmp_path, port)
        portals.append(portal)
        portal.wait_for(f"Cannot listen on 127.0.0.1:{port}: Address already in use")
        assert portal.process.wait(10) == 1
    assert f"make run PORT={port + 80}" in "".join(portal.lines)


def test_production_without_settings_does_not_start(tmp_path: Path, portals: list[Portal]) -> None:
    portal = Portal(tmp_path, free_port(), DEMO="0")
    portals.append(portal)
    portal.wait_for("SECRET_KEY is not set")
    portal.wait_for("SMTP_URL is not set")
    assert portal.process.wait(10) == 1
