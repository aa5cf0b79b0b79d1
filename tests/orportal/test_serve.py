"""``manage.py serve`` serves, says where, and leaves nothing running."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.orportal.processes import alive_with
from tests.plugins.throwaway import free_port


class Portal:
    """A portal served from a folder of its own."""

    def __init__(self, folder: Path, port: int, **environment: str) -> None:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
        }
        self.mark = f"VAR_DIR={folder}"
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env={**kept, "VAR_DIR": str(folder), "PORT": str(port), "DEMO": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_for(self, words: str, seconds: float = 120) -> None:
        """Read what it prints until ``words`` come; fail with all of it where they do not."""
        assert self.process.stdout is not None
        alarm = threading.Timer(seconds, self.process.kill)
        alarm.start()
        for line in self.process.stdout:
            self.lines.append(line)
            if words in line:
                alarm.cancel()
                return
        alarm.cancel()
        pytest.fail(f"{words!r} did not come:\n" + "".join(self.lines))

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit status."""
        self.process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            output, _ = self.process.communicate(timeout=30)
            self.lines.append(output)
        return self.process.returncode


@pytest.fixture
def portals() -> Iterator[list[Portal]]:
    """Portals to be ended after the test."""
    started: list[Portal] = []
    yield started
    for portal in started:
        if portal.process.poll() is None:
            portal.process.kill()
        portal.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_stops_without_a_trace(
    tmp_path: Path, portals: list[Portal], number: signal.Signals
) -> None:
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

    assert portal.end(number) == 0, "".join(portal.lines)
    assert alive_with(portal.mark) == []

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
