"""What a figure stands on: throwaway PostgreSQL and Redis, a migrated portal, a web server."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orportal.web import web_command
from tests.plugins.throwaway import free_port, make_run_folder, start_postgresql, start_redis

BASE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Figure:
    """One result: our rate over the limit's (or the limit's cost over ours)."""

    name: str
    ratio: float
    target: float


def tell(text: str) -> None:
    """Say on standard error what a figure was made of."""
    print(f"  {text}", file=sys.stderr, flush=True)


@dataclass
class Ground:
    """The servers of one figure, and processes on them."""

    folder: Path
    database_url: str
    redis_url: str
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """The portal on these servers, as one machine of its own."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DEBUG", "DEMO", "SMTP_URL", "PORTAL_URL", "ALLOWED_HOSTS")
        }
        return {
            **kept,
            "EMBEDDED": "1",
            "VAR_DIR": str(self.folder / "var"),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "DJANGO_SETTINGS_MODULE": "orportal.settings",
        }

    def manage(self, *command: str) -> None:
        """Run a command of the portal's."""
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=BASE,
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def inside(self, function: str, *arguments: Any, settings: str = "orportal.settings") -> Any:
        """Call ``module:function`` in a process of the portal; gives back what it returns.

        Arguments and answer pass as JSON.
        """
        module, name = function.split(":")
        program = (
            "import json, sys, django; django.setup(); import importlib;"
            f"made = getattr(importlib.import_module({module!r}), {name!r})(*json.load(sys.stdin));"
            "print('\\n' + json.dumps(made))"
        )
        ran = subprocess.run(
            [sys.executable, "-c", program],
            cwd=BASE,
            env={**self.environment, "DJANGO_SETTINGS_MODULE": settings},
            input=json.dumps(arguments),
            text=True,
            check=True,
            stdout=subprocess.PIPE,
        )
        return json.loads(ran.stdout.splitlines()[-1])

    def start(self, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a process that ends with this ground."""
        process = subprocess.Popen(
            command,
            cwd=BASE,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._processes.append(process)
        return process

    def serve(self, application: str = "orportal.wsgi:application", **environment: str) -> int:
        """Start the web server of ``make run``; gives its port once it answers."""
        port = free_port()
        self.start(*web_command("127.0.0.1", port, application=application), **environment)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                return port
            except urllib.error.HTTPError:
                return port
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"{application} did not answer")

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """End one process that was started here, with all it started."""
        try:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            process.kill()
            process.wait()

    def end_all(self) -> None:
        """End every process that was started here."""
        for process in self._processes:
            self.end(process)


@contextmanager
def open_ground() -> Generator[Ground, None, None]:
    """Servers with a migrated portal and collected static files, gone afterwards."""
    folder = make_run_folder()
    servers = []
    try:
        servers = [start_postgresql(folder), start_redis(folder)]
        ground = Ground(folder, servers[0].url, servers[1].url)
        ground.manage("migrate", "-v0")
        ground.manage("collectstatic", "--noinput", "-v0")
        try:
            yield ground
        finally:
            ground.end_all()
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
