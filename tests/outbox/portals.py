"""A database of its own with processes on it, each as on a host of its own where that matters."""

import os
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from tests.plugins.sink import Sink
from tests.plugins.throwaway import Server


class Portal:
    """Processes on one database and one mail server."""

    def __init__(self, url: str, folder: Path, sink: Sink, server: Server | None = None) -> None:
        self.server = server
        self.folder = folder
        self.environment = {
            **os.environ,
            "DATABASE_URL": url,
            "SMTP_URL": sink.url,
            "VAR_DIR": str(folder / "var"),
            "DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "orportal.mailroom",
        }
        self.environment.pop("REDIS_URL", None)

    def run(self, *words: str, host: str = "", hours: float = 0) -> "subprocess.Popen[str]":
        """Start one process; on ``host`` with a disk and a clock of its own, ``hours`` ahead."""
        environment = dict(self.environment)
        if host:
            environment["VAR_DIR"] = str(self.folder / host)
            environment["CARRIER_HOST"], environment["CARRIER_HOURS"] = host, str(hours)
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", *words],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def done(self, *words: str, host: str = "", hours: float = 0) -> str:
        """What one process printed, once it has ended well."""
        with self.run(*words, host=host, hours=hours) as process:
            out, _none = process.communicate(timeout=120)
        assert process.returncode == 0
        return out

    def restart(self) -> None:
        """End the server as an upgrade does, and start it again on the same port."""
        assert self.server is not None
        self.server.stop()
        time.sleep(1.0)
        self.server.process = subprocess.Popen(self.server.process.args, cwd="/")
