"""A real SMTP server for the tests."""

import email
import email.policy
import logging
import threading
from collections.abc import Generator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session
from pytest_django import Settings

from tests.plugins.throwaway import free_port


@dataclass
class Delivery:
    """One mail as it arrived: the envelope's addresses, the bytes, and the message read back."""

    sender: str
    recipients: list[str]
    data: bytes

    @property
    def message(self) -> EmailMessage:
        """The mail as an independent parser reads it."""
        return email.message_from_bytes(self.data, policy=email.policy.default)


logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells each line it hears


class SmtpServer:
    """Takes every mail and keeps it; ``wait_for`` waits until that many have come."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self._arrived = threading.Condition()
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def url(self) -> str:
        """The address as ``SMTP_URL`` takes it."""
        return f"smtp://127.0.0.1:{self._controller.port}"

    def start(self) -> None:
        """Begin to listen."""
        self._controller.start()

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop()

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by aiosmtpd for each mail."""
        delivery = Delivery(
            envelope.mail_from or "", list(envelope.rcpt_tos), cast(bytes, envelope.content)
        )
        with self._arrived:
            self.deliveries.append(delivery)
            self._arrived.notify_all()
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        """The mails that came for ``address``, oldest first."""
        with self._arrived:
            return [each.message for each in self.deliveries if address in each.recipients]

    def wait_for(self, count: int, to: str | None = None, seconds: float = 20) -> list[Delivery]:
        """The first ``count`` mails (for ``to``); AssertionError where fewer come in time."""

        def found() -> list[Delivery]:
            return [each for each in self.deliveries if to is None or to in each.recipients]

        with self._arrived:
            enough = self._arrived.wait_for(lambda: len(found()) >= count, seconds)
            assert enough, f"{len(found())} of {count} mails came in {seconds} s"
            return found()[:count]


@pytest.fixture
def smtp_server(settings: Settings) -> Generator[SmtpServer, None, None]:
    """A listening SMTP server that the portal's mail is sent to (``settings.SMTP_URL``)."""
    server = SmtpServer()
    server.start()
    settings.SMTP_URL = server.url
    yield server
    server.stop()
