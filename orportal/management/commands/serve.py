"""Serve the portal on this machine: web, worker and scheduler under one supervisor."""

import contextlib
import fcntl
import hashlib
import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Generator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import translation

from orportal.apps import StaticFilesConfig
from orportal.catalogues import compile_stale
from orportal.checks import refuse_half_configured
from orportal.demo.filling import NotEmpty, fill_demo
from orportal.demo.staff import PASSWORD, SIGN_INS
from orportal.founding.code import issue_code
from orportal.founding.rules import may_be_founded
from orportal.keys import NAMES_FILE
from orportal.supervisor import Supervisor
from orportal.web import web_command
from people.models import Person
from people.sign_in.demo import DOMAIN

KEEP_PROCESSED = 600
"""Seconds that the embedded broker's handled messages are kept."""


class Command(BaseCommand):
    """``make run`` calls this; ``HOST`` and ``PORT`` say where."""

    help = "Prepare the database and static files, then run web, worker and scheduler."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workers", type=int, default=2, help="web processes")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_half_configured()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        with _only_one():
            _refuse_busy_port()
            self._prepare()
            sys.exit(self._serve(options["workers"]))

    def _prepare(self) -> None:
        self.stdout.write("Preparing the database and the pages ...")
        compile_stale()
        call_command("migrate", interactive=False, verbosity=0)
        _refuse_mixing()
        if settings.DEMO:
            self._fill_demo()
        _collect_static()

    def _fill_demo(self) -> None:
        with translation.override(settings.LANGUAGE_CODE), contextlib.suppress(NotEmpty):
            fill_demo()
            self.stdout.write("Filled in the demo.")

    def _serve(self, web_processes: int) -> int:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        supervisor = Supervisor(environment)
        web = web_command(_address(), settings.PORT, processes=web_processes)
        supervisor.add("web", *web)
        # -W: Celery warns where it runs as root, as it does in many containers.
        celery = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "orportal", "--quiet"]
        quiet = ["--loglevel", "WARNING"]
        supervisor.add(
            "worker", *celery, "worker", "--concurrency", "2", "--hostname", "tasks@%h", *quiet
        )
        urgent = ["--pool", "solo", "--queues", "urgent", "--hostname", "urgent@%h", *quiet]
        # Sign-in mail waits for nothing else, and its worker loads nothing else.
        mail_only = ["env", "DJANGO_SETTINGS_MODULE=orportal.mailroom"]
        supervisor.add("urgent", *mail_only, *celery, "worker", *urgent)
        supervisor.add("scheduler", *celery, "beat", "--pidfile=", *quiet)

        def when_ready(stop: threading.Event) -> None:
            if _wait_for_the_web(stop):
                supervisor.say("", _welcome())
            names, minute = _names_written(), 0
            while not stop.wait(1):
                minute = (minute + 1) % 60
                if minute == 0:
                    _prune_processed()
                if names != (names := _names_written()):
                    supervisor.restart()

        return supervisor.run(when_ready)


@contextlib.contextmanager
def _only_one() -> Generator[None, None, None]:
    """One portal per ``var/``: a second would serve the same database and queue."""
    with (settings.VAR_DIR / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(
                f"The portal in {settings.VAR_DIR} is running already. Stop that one first."
            ) from error
        yield


def _refuse_mixing() -> None:
    """The demo's sign-ins have no place among real people, nor real people in a demo."""
    holds_demo = Person.objects.filter(email__iendswith=DOMAIN).exists()
    if settings.DEMO and not holds_demo and Person.objects.exists():
        raise CommandError(
            f"{settings.VAR_DIR} holds a real portal. Run it with: make run DEMO=no"
            "\nor give the demo a folder of its own: VAR_DIR=/path/to/folder make run"
        )
    if holds_demo and not settings.DEMO:
        raise CommandError(
            f"{settings.VAR_DIR} holds the demo. Give your own portal a folder of its own:"
            " VAR_DIR=/path/to/folder make run DEMO=no"
        )


def _address() -> str:
    """``HOST`` as a number: the web server takes no names."""
    try:
        found = socket.getaddrinfo(settings.HOST, settings.PORT, type=socket.SOCK_STREAM)
    except OSError as error:
        raise CommandError(f"HOST={settings.HOST} is no address of this machine.") from error
    addresses = sorted(found, key=lambda each: each[0] != socket.AF_INET)
    return str(addresses[0][4][0])


def _refuse_busy_port() -> None:
    address = _address()
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, settings.PORT))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {settings.HOST}:{settings.PORT}: {error.strerror}."
                f" Choose another port: make run PORT={settings.PORT + 80}"
            ) from error


def _collect_static() -> None:
    """Collect and compress the static files, unless none has changed since the last time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(StaticFilesConfig.ignore_patterns):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    mark = settings.VAR_DIR / "static.mark"
    if mark.exists() and mark.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(digest.hexdigest())


def _wait_for_the_web(stop: threading.Event, seconds: float = 60) -> bool:
    """Whether the web really answers, asked for until it does or ``stop`` is set."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.HOST, settings.HOST)  # noqa: S104
    url = f"http://{host}:{settings.PORT}/"
    end = time.monotonic() + seconds
    while time.monotonic() < end and not stop.wait(0.1):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except urllib.error.HTTPError as error:
            return error.code < 500
        except OSError:
            continue
    return False


def _welcome() -> str:
    lines = ["", f"The portal answers at {settings.PORTAL_URL}  (stop it with Ctrl-C)"]
    if settings.DEMO:
        lines += ["", f"Sign in to the demo with the password {PASSWORD} as:"]
        lines += [f"  {each.login:<34} {each.name}, {each.role}" for each in SIGN_INS]
    elif may_be_founded():
        lines += ["", f"Set it up at {settings.PORTAL_URL}{reverse('founding')}"]
        lines += [f"with the code {issue_code()}"]
    return "\n".join([*lines, ""])


def _names_written() -> float:
    """When the portal was named last (orportal.founding); processes read that at their start."""
    path = settings.VAR_DIR / NAMES_FILE
    return path.stat().st_mtime if path.exists() else 0.0


def _prune_processed() -> None:
    """Throw away the embedded broker's handled messages."""
    folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("processed_folder")
    if folder is None:
        return
    before = time.time() - KEEP_PROCESSED
    for path in Path(str(folder)).iterdir():
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()
