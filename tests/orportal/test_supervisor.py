"""The supervisor keeps its children running, and leaves none behind."""

import io
import os
import select
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator

import pytest
from django.conf import settings

from orportal import supervisor
from orportal.supervisor import Supervisor
from tests.orportal.processes import alive_with

PYTHON = sys.executable
FOREVER = "import threading; print('up', flush=True); threading.Event().wait()"


@pytest.fixture
def mark() -> str:
    """A word that the environment of this test's processes holds."""
    return uuid.uuid4().hex


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class Log(io.StringIO):
    """What the supervisor prints; calls ``hear`` with each line."""

    def __init__(self) -> None:
        super().__init__()
        self.hear = lambda _line: None

    def write(self, text: str) -> int:
        self.hear(text)
        return super().write(text)


def environment(mark: str) -> dict[str, str]:
    return {**os.environ, "MARK": mark}


def test_a_child_that_dies_is_started_again(mark: str) -> None:
    log, ups = Log(), []
    supervised = Supervisor(environment(mark), log)
    supervised.add("child", PYTHON, "-c", FOREVER)

    def hear(line: str) -> None:
        if "| up" in line:
            ups.append(line)
            (pid,) = alive_with(f"MARK={mark}")
            os.kill(pid, signal.SIGKILL if len(ups) == 1 else 0)
            if len(ups) == 2:
                os.kill(os.getpid(), signal.SIGTERM)

    log.hear = hear
    assert supervised.run(lambda _stop: None) == 0
    assert len(ups) == 2
    assert "child ended (status -9); starting it again" in log.getvalue()
    assert alive_with(f"MARK={mark}") == []


@pytest.mark.long
def test_a_child_that_cannot_live_brings_the_whole_down_and_says_so(mark: str) -> None:
    log = Log()
    supervised = Supervisor(environment(mark), log)
    supervised.add("healthy", PYTHON, "-c", FOREVER)
    supervised.add("broken", PYTHON, "-c", "raise SystemExit('no such thing')")
    assert supervised.run(lambda _stop: None) == 1
    assert "no such thing" in log.getvalue()
    assert "broken keeps ending (status 1); stopping the portal" in log.getvalue()
    assert alive_with(f"MARK={mark}") == []


def test_children_of_children_end_too_and_the_stubborn_are_killed(
    mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE", 0.3)
    family = (
        "import signal, subprocess, sys, threading;"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"subprocess.Popen([sys.executable, '-c', {FOREVER!r}]);"
        "threading.Event().wait()"
    )
    log = Log()
    supervised = Supervisor(environment(mark), log)
    supervised.add("family", PYTHON, "-c", family)
    counts: list[int] = []

    def hear(line: str) -> None:
        if "| up" in line:
            counts.append(len(alive_with(f"MARK={mark}")))
            os.kill(os.getpid(), signal.SIGINT)

    log.hear = hear
    assert supervised.run(lambda _stop: None) == 0
    assert counts == [2]
    assert alive_with(f"MARK={mark}") == []


def test_children_end_when_the_supervisor_is_killed(mark: str) -> None:
    program = (
        "import os, sys; from orportal.supervisor import Supervisor;"
        "s = Supervisor(os.environ);"
        f"s.add('child', sys.executable, '-c', {FOREVER!r});"
        "s.run(lambda stop: None)"
    )
    running = subprocess.Popen(
        [PYTHON, "-c", program],
        env=environment(mark),
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert "up" in running.stdout.readline()
    (child,) = set(alive_with(f"MARK={mark}")) - {running.pid}
    handle = os.pidfd_open(child)
    running.kill()
    running.communicate()
    waiting = select.poll()
    waiting.register(handle, select.POLLIN)
    assert waiting.poll(20_000), "the child still runs"
    os.close(handle)


def test_the_helper_is_told_when_all_ends(mark: str) -> None:
    told = threading.Event()
    supervised = Supervisor(environment(mark), Log())
    supervised.add("child", PYTHON, "-c", FOREVER)

    def helper(stop: threading.Event) -> None:
        supervised.fail("enough")
        told.set() if stop.wait(10) else None

    assert supervised.run(helper) == 1
    assert told.is_set()
