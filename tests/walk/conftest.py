"""The portal that is walked through: empty, served for real, with a real mail server."""

import os
import signal
import uuid
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.orportal.processes import alive_with
from tests.plugins.browser import DESKTOP, PHONE, OpenBrowser
from tests.plugins.mail import SmtpServer
from tests.plugins.portal import Portal
from tests.plugins.throwaway import free_port
from tests.walk.someone import Someone


@dataclass
class Walk:
    """What the steps share: the portal, its mail, the people, and where they have been."""

    url: str
    code: str
    post: SmtpServer
    folder: Path
    open_browser: OpenBrowser
    people: dict[str, Someone] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def colleague(self, name: str) -> Someone:
        """An employee, at a phone."""
        return self._someone(name, PHONE)

    def of_the_council(self, name: str) -> Someone:
        """Somebody of the council, or the director, at a desk."""
        return self._someone(name, DESKTOP)

    def _someone(self, name: str, device: dict[str, Any]) -> Someone:
        if name not in self.people:
            page = self.open_browser(device, base_url=self.url, accept_downloads=True)
            self.people[name] = Someone(page, name)
        return self.people[name]


def _database() -> dict[str, str]:
    """A fresh database beside the tests' own, where they run on PostgreSQL; with their Redis."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return {}
    name = f"walk_{uuid.uuid4().hex}"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    redis = urlsplit(os.environ["REDIS_URL"])._replace(path="/15").geturl()
    return {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl(), "REDIS_URL": redis}


@pytest.fixture
def walk(
    tmp_path: Path, smtp_server: SmtpServer, open_browser: OpenBrowser
) -> Generator[Walk, None, None]:
    """An empty portal, with the one-time code from its terminal."""
    port = free_port()
    portal = Portal(
        tmp_path / "var",
        port,
        DEMO="0",
        EMBEDDED="1",
        SMTP_URL=smtp_server.url,
        DEFAULT_FROM_EMAIL="Ondernemingsraad <or@delinde.example>",
        **_database(),
    )
    try:
        portal.wait_for("with the code ")
        code = portal.lines[-1].split()[-1]
        portal.keep_reading()
        yield Walk(f"http://localhost:{port}", code, smtp_server, tmp_path, open_browser)
        assert portal.end(signal.SIGTERM) == 0
        assert alive_with(portal.mark) == []
    finally:
        portal.kill()
