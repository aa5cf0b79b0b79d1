"""Returned mail fetched from a mailbox over IMAP, where the mail server cannot pipe it.

What is a bounce of ours is deleted once it is in the database; anything else stays, marked as read,
for a person to look at. A crash between the two reads the same mail again, which counts once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from imaplib import IMAP4
from urllib.parse import unquote, urlsplit

from django.conf import settings
from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.consts import MailMessageFlags
from imap_tools.errors import ImapToolsError

from outbox import bounces

log = logging.getLogger(__name__)

TIMEOUT = 30.0
MOST_AT_ONCE = 200
WAYS: dict[str, tuple[Callable[..., BaseMailBox], int]] = {
    "imaps": (MailBox, 993),
    "imap+tls": (MailBoxStartTls, 143),
    "imap": (MailBoxUnencrypted, 143),
}


@dataclass(frozen=True)
class Account:
    """``imaps://user:password@host:port/folder``, taken apart."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str

    @classmethod
    def parse(cls, url: str) -> Account:
        """Raises ``ValueError`` for a scheme, host, user or port that is none."""
        parts = urlsplit(url)
        if parts.scheme not in WAYS or not parts.hostname or not parts.username:
            raise ValueError("BOUNCE_IMAP_URL is not imaps:// or imap+tls:// with user and host")
        return cls(
            parts.scheme,
            parts.hostname,
            parts.port or WAYS[parts.scheme][1],
            unquote(parts.username),
            unquote(parts.password or ""),
            unquote(parts.path.strip("/")) or "INBOX",
        )

    def open(self) -> BaseMailBox:
        """Signed in, in the folder. Raises ``OSError``, ``IMAP4.error`` or ``ImapToolsError``."""
        box = WAYS[self.scheme][0](self.host, self.port, timeout=TIMEOUT)
        try:
            return box.login(self.user, self.password, self.folder)
        except BaseException:
            box.client.shutdown()
            raise


def fetch_returned() -> int:
    """Take in what came to the mailbox of ``BOUNCE_IMAP_URL``; how many bounces of ours there were.

    A mailbox that cannot be reached is tried again at the next turn. Raises ``DatabaseError``: then
    the mail in hand is still unread.
    """
    if not settings.BOUNCE_IMAP_URL:
        return 0
    found = 0
    try:
        with Account.parse(settings.BOUNCE_IMAP_URL).open() as box:
            for uid in box.uids(AND(seen=False), charset=None)[:MOST_AT_ONCE]:
                if bounces.take_in(content(box, uid)) is None:
                    box.flag([uid], MailMessageFlags.SEEN, True)
                else:
                    found += 1
                    box.delete([uid])
    except (OSError, IMAP4.error, ImapToolsError) as error:
        log.warning("the mailbox of returned mail cannot be read: %s", error)
    return found


def content(box: BaseMailBox, uid: str) -> bytes:
    """One mail as it came, at most ``bounces.MOST_BYTES`` of it; reading leaves it unread."""
    part = f"(BODY.PEEK[]<0.{bounces.MOST_BYTES}>)"
    _status, answer = box.client.uid("fetch", uid, part)
    return next((bytes(item[1]) for item in answer if isinstance(item, tuple)), b"")
