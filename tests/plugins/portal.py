"""A portal as ``manage.py serve`` runs it, in a process of its own."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings

LEFT_OUT = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
"""What the tests stand on; a portal of its own stands on files unless it is told otherwise."""


class Portal:
    """A portal served from a folder of its own."""

    def __init__(self, folder: Path, port: int, **environment: str) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        self.mark = f"VAR_DIR={folder}"
        self.lines: list[str] = []
        self._reader: threading.Thread | None = None
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

    def keep_reading(self) -> None:
        """Take in what it prints from now on, so that it never waits for a reader."""

        def read() -> None:
            assert self.process.stdout is not None
            with self.process.stdout:
                self.lines.extend(self.process.stdout)

        self._reader = threading.Thread(target=read, daemon=True)
        self._reader.start()

    def kill(self) -> None:
        """End it whatever it is doing."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self._reader is None and self.process.stdout is not None:
            self.process.stdout.close()

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit status."""
        self.process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._reader is None:
                self.lines.append(self.process.communicate(timeout=30)[0])
            self.process.wait(30)
            if self._reader is not None:
                self._reader.join(5)
        return self.process.returncode
