"""The mails that were delivered as files, read back: for the demo's page of mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class DeliveredMail:
    """One mail as its reader would see it."""

    name: str
    to: str
    sender: str
    subject: str
    at: datetime
    message: EmailMessage

    @property
    def text(self) -> str:
        """The plain-text part."""
        return self.body("plain")

    @property
    def html(self) -> str:
        """The HTML part, or nothing."""
        return self.body("html")

    def body(self, kind: str) -> str:
        """The part of one kind, or nothing."""
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part is not None else ""


def mails(limit: int = 100) -> Iterator[DeliveredMail]:
    """The newest first."""
    files = [(path.stat().st_mtime, path) for path in Path(settings.MAIL_DIR).glob("*.eml")]
    for moment, path in sorted(files, reverse=True)[:limit]:
        yield opened(path, moment)


def mail(name: str) -> DeliveredMail | None:
    """One mail by its file's name without ending, or None."""
    path = Path(settings.MAIL_DIR) / f"{name}.eml"
    if path.parent != Path(settings.MAIL_DIR) or not path.is_file():
        return None
    return opened(path, path.stat().st_mtime)


def opened(path: Path, moment: float) -> DeliveredMail:
    """A file parsed."""
    message = message_from_bytes(path.read_bytes(), policy=default)
    return DeliveredMail(
        name=path.stem,
        to=str(message["Delivered-To"] or message["To"]),
        sender=str(message["From"]),
        subject=str(message["Subject"]),
        at=datetime.fromtimestamp(moment, tz=timezone.get_current_timezone()),
        message=message,
    )
