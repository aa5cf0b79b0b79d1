"""Keeps the portal's processes running together, and ends them together.

A child that dies is started again; one that keeps dying brings the whole down, with a message and
an exit status other than 0. Each child leads a process group of its own, so that a child's own
children end with it, and on Linux a child is told to end when the supervisor itself is killed.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

PATIENCE = 15.0
"""Seconds that a child gets to end by itself."""
DEATHS_ALLOWED = 5
DEATHS_WITHIN = 60.0
"""More deaths than this within so many seconds, and the whole is brought down."""

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_the_supervisor() -> None:
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One command that is kept running."""

    name: str
    command: Sequence[str]
    deaths: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None
    reader: threading.Thread | None = None


class Supervisor:
    """Starts children, passes on what they say with their name before it, and ends them."""

    def __init__(self, environment: Mapping[str, str], output: IO[str] = sys.stdout) -> None:
        self._environment = dict(environment)
        self._output = output
        self._children: list[Child] = []
        self._stop = threading.Event()
        self._printing = threading.Lock()
        self._status = 0
        self._start_again = threading.Event()

    def add(self, name: str, *command: str) -> None:
        """Name a command to keep running."""
        self._children.append(Child(name, command))

    def say(self, name: str, line: str) -> None:
        """Print one line of ``name``."""
        with self._printing:
            self._output.write(f"{name:<9} | {line}\n" if name else f"{line}\n")
            self._output.flush()

    def run(self, when_ready: Callable[[threading.Event], None]) -> int:
        """Run until SIGINT, SIGTERM or a child that cannot live; return the exit status.

        ``when_ready`` runs beside the children in a thread of its own; the event it is given is
        set when all is ending.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stop.set())
        for child in self._children:
            self._start(child)
        helper = threading.Thread(target=when_ready, args=(self._stop,), daemon=True)
        helper.start()
        while not self._stop.wait(0.2):
            if self._start_again.is_set():
                self._start_again.clear()
                self._end_all()
                for child in self._children:
                    self._start(child)
            for child in self._children:
                self._look_after(child)
        self._end_all()
        helper.join(5)
        return self._status

    def restart(self) -> None:
        """End the children and start them again, with what they read at their start."""
        self._start_again.set()

    def fail(self, message: str) -> None:
        """End everything, with ``message`` and an exit status of 1."""
        self.say("portal", message)
        self._status = 1
        self._stop.set()

    def _start(self, child: Child) -> None:
        child.process = subprocess.Popen(  # noqa: S603  the commands are ours
            list(child.command),
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_the_supervisor,
        )
        child.reader = threading.Thread(target=self._pass_on, args=(child.name, child.process))
        child.reader.start()

    def _pass_on(self, name: str, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                if text := line.decode(errors="replace").rstrip():
                    self.say(name, text)

    def _look_after(self, child: Child) -> None:
        assert child.process is not None
        status = child.process.poll()
        if status is None:
            return
        _signal_group(child.process, signal.SIGKILL)  # what it left behind
        now = time.monotonic()
        child.deaths = [at for at in child.deaths if now - at < DEATHS_WITHIN] + [now]
        if len(child.deaths) > DEATHS_ALLOWED:
            self.fail(f"{child.name} keeps ending (status {status}); stopping the portal")
            return
        self.say("portal", f"{child.name} ended (status {status}); starting it again")
        self._start(child)

    def _end_all(self) -> None:
        processes = [child.process for child in self._children if child.process is not None]
        for process in processes:
            if process.poll() is None:
                process.terminate()
        end = time.monotonic() + PATIENCE
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):  # killed with its group below
                process.wait(max(0.0, end - time.monotonic()))
            _signal_group(process, signal.SIGKILL)
            process.wait()
        for child in self._children:
            if child.reader is not None:
                child.reader.join(5)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return  # nobody of it is left
