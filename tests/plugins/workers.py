"""Real Celery workers for the tests: processes of their own on the tests' database and broker."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Generator

import pytest
from django.conf import settings
from django.db import connection

_READY = re.compile(rb"ready\.")


class Worker:
    """A worker process; ``kill`` ends it as a power cut would."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        command = [sys.executable, "-m", "celery", "-A", "orportal", "worker"]
        command += ["--loglevel=INFO", "--concurrency=1", "--without-gossip", "--without-mingle"]
        command += ["--without-heartbeat", *arguments]
        self.log: list[str] = []
        self._ready = threading.Event()
        self.process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env={**os.environ, **on_this_database(), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.log.append(line.decode(errors="replace"))
            if _READY.search(line):
                self._ready.set()
        self._ready.set()

    def wait_ready(self) -> None:
        """Wait until the worker takes tasks; AssertionError with its log where it does not."""
        self._ready.wait(40)
        assert self.process.poll() is None, "".join(self.log)
        assert any("ready." in line for line in self.log), "".join(self.log)

    def stop(self) -> None:
        """Let it finish what it holds, and end it."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        self._close()

    def kill(self) -> None:
        """kill -9, the pool's processes included."""
        for child in _children(self.process.pid):
            _kill(child)
        self.process.kill()
        self.process.wait(20)
        self._close()

    def _close(self) -> None:
        self._reader.join(5)
        if self.process.stdout is not None:
            self.process.stdout.close()


def _children(pid: int) -> list[int]:
    found = subprocess.run(
        ["/usr/bin/pgrep", "-P", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in found.stdout.split()]


def _kill(pid: int) -> None:
    try:
        os.kill(pid, 9)
    except ProcessLookupError:
        return


def on_this_database() -> dict[str, str]:
    """What points a process at the database that this test uses, and at the settings it changed."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    return {
        "DATABASE_URL": url,
        "SMTP_URL": settings.SMTP_URL,
        "DJANGO_SETTINGS_MODULE": "orportal.settings",
        "DEBUG": "1",
    }


StartWorker = Callable[..., Worker]


@pytest.fixture
def start_worker(transactional_db: None) -> Generator[StartWorker, None, None]:
    """A function that starts a worker process and waits until it takes tasks.

    Arguments go to ``celery worker`` (``"-Q", "bulk"``), keywords into its environment. Ask for
    ``smtp_server`` before it, so that the worker sends there.
    """
    started: list[Worker] = []

    def start(*arguments: str, **environment: str) -> Worker:
        worker = Worker(*arguments, **environment)
        started.append(worker)
        worker.wait_ready()
        return worker

    yield start
    for worker in started:
        worker.stop()


@pytest.fixture
def celery_worker_process(start_worker: StartWorker) -> Worker:
    """One worker process on the tests' database and broker."""
    return start_worker()
