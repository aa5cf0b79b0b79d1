"""Handing mails over: to an SMTP server, or to files where none is configured."""

import os
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings

from outbox.outcomes import ConnectionLost, Kind, Outcome, OutcomeOpen, RelayUnusable

COMMAND_TIMEOUT = 60.0
ANSWER_TIMEOUT = 300.0
"""A server may scan a mail for a while before it answers (RFC 5321, 4.5.3.2)."""
SCHEMES = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


class Connection(Protocol):
    """An open way out."""

    def deliver(
        self, sender: str, recipient: str, data: bytes, begin: Callable[[], None]
    ) -> Outcome:
        """Hand over one mail; ``begin`` is called right before its content leaves.

        Raises ``ConnectionLost``, ``OutcomeOpen`` or ``RelayUnusable``.
        """
        ...

    def close(self) -> None:
        """End politely where that is still possible; never raises."""
        ...


@dataclass(frozen=True)
class Server:
    """``smtp[s|+tls]://user:password@host:port``, taken apart."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    @classmethod
    def parse(cls, url: str) -> "Server":
        """Raises ``ValueError`` for a scheme, host or port that is none."""
        parts = urlsplit(url)
        if parts.scheme not in SCHEMES or not parts.hostname:
            raise ValueError("SMTP_URL is not smtp://, smtps:// or smtp+tls:// with a host")
        return cls(
            parts.scheme,
            parts.hostname,
            parts.port or SCHEMES[parts.scheme],
            unquote(parts.username or ""),
            unquote(parts.password or ""),
        )


def connect() -> Connection:
    """One connection, as the settings say. Raises ``RelayUnusable`` with the reason."""
    if not settings.SMTP_URL:
        return FileConnection(Path(settings.MAIL_DIR))
    return SmtpConnection(Server.parse(settings.SMTP_URL))


class SmtpConnection:
    """One SMTP session for many mails, with command pipelining where the server has it (RFC 2920).

    The standard library's client opens the session (TLS, sign-in); the mails go over its socket
    directly, because it looks through every mail three times before it sends it.
    """

    def __init__(self, server: Server) -> None:
        try:
            self.smtp = self.opened(server)
        except (OSError, smtplib.SMTPException) as error:
            raise RelayUnusable(explained(error)) from error
        self.pipelining = self.smtp.has_extn("pipelining")

    def opened(self, server: Server) -> smtplib.SMTP:
        """The session after greeting, TLS and sign-in."""
        tls = ssl.create_default_context()
        smtp: smtplib.SMTP
        if server.scheme == "smtps":
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=COMMAND_TIMEOUT, context=tls)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=COMMAND_TIMEOUT)
        try:
            smtp.ehlo_or_helo_if_needed()
            if server.scheme == "smtp+tls":
                smtp.starttls(context=tls)
                smtp.ehlo()
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        if smtp.sock is not None:
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return smtp

    def deliver(
        self, sender: str, recipient: str, data: bytes, begin: Callable[[], None]
    ) -> Outcome:
        """See ``Connection.deliver``."""
        try:
            refusal = self.envelope(sender, recipient)
        except (OSError, smtplib.SMTPException) as error:
            raise ConnectionLost(explained(error)) from error
        if refusal is not None:
            return refusal
        stuffed = data.replace(b"\r\n.", b"\r\n..") if b"\r\n." in data else data
        begin()
        try:
            self.sock.settimeout(ANSWER_TIMEOUT)
            # If this raises, the kernel took not all of it: the final dot has not gone out.
            self.sock.sendall(stuffed + b".\r\n")
        except OSError as error:
            raise ConnectionLost(explained(error)) from error
        try:
            code, text = self.answer()
        except (OSError, smtplib.SMTPException) as error:
            raise OutcomeOpen(explained(error)) from error
        self.sock.settimeout(COMMAND_TIMEOUT)
        return verdict(code, text)

    @property
    def sock(self) -> socket.socket:
        """The open socket. Raises ``ConnectionLost`` once it is closed."""
        if self.smtp.sock is None:
            raise ConnectionLost("closed")
        return self.smtp.sock

    def answer(self) -> tuple[int, str]:
        """One reply: code and words."""
        code, words = self.smtp.getreply()
        return code, words.decode("utf-8", "replace")

    def envelope(self, sender: str, recipient: str) -> Outcome | None:
        """Sender, recipient and DATA; an outcome where the server wants no content."""
        commands = [f"MAIL FROM:<{sender}>\r\n", f"RCPT TO:<{recipient}>\r\n", "DATA\r\n"]
        if self.pipelining:
            self.sock.sendall("".join(commands).encode("ascii"))
            replies = [self.answer(), self.answer(), self.answer()]
        else:
            replies = []
            for command in commands:
                self.sock.sendall(command.encode("ascii"))
                replies.append(self.answer())
                if replies[-1][0] >= 400:
                    break
        if replies[-1][0] == 354:
            if all(code < 400 for code, _text in replies):
                return None
            self.sock.sendall(b".\r\n")  # DATA was let through with no recipient: end it empty
            self.answer()
        stage = next((at for at, (code, _text) in enumerate(replies) if code >= 400), 2)
        code, text = replies[stage]
        if code == 421:
            raise ConnectionLost(f"{code} {text}")
        if stage == 0 and code >= 500:
            # The sender is the portal itself, whoever it writes to: no mail would pass.
            raise RelayUnusable(f"{code} {text}")
        self.sock.sendall(b"RSET\r\n")
        self.answer()
        return verdict(code, text)

    def close(self) -> None:
        """See ``Connection.close``."""
        try:
            if self.smtp.sock is not None:
                self.smtp.sock.settimeout(2)
                self.smtp.sock.sendall(b"QUIT\r\n")
        except OSError:
            pass  # it was gone already
        finally:
            self.smtp.close()


def verdict(code: int, text: str) -> Outcome:
    """What a reply means for the mail."""
    words = f"{code} {text}"[:500]
    if 200 <= code < 300:
        return Outcome(Kind.SENT, words)
    if 500 <= code < 600:
        return Outcome(Kind.FAILED, words)
    return Outcome(Kind.RETRY, words)


def explained(error: Exception) -> str:
    """An error in words, with the server's own where it gave some."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {words}"[:500]
    return (str(error) or type(error).__name__)[:500]


class FileConnection:
    """Mails as ``.eml`` files: for a portal without a mail server. The same row, the same file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    def deliver(
        self, sender: str, recipient: str, data: bytes, begin: Callable[[], None]
    ) -> Outcome:
        """See ``Connection.deliver``."""
        name = file_name(data)
        begin()
        fresh = self.folder / f".{name}.{os.getpid()}"
        try:
            fresh.write_bytes(b"Delivered-To: " + recipient.encode("ascii") + b"\r\n" + data)
            fresh.rename(self.folder / f"{name}.eml")
        except OSError as error:
            raise ConnectionLost(explained(error)) from error
        return Outcome(Kind.SENT, "")

    def close(self) -> None:
        """Nothing stays open."""


def file_name(data: bytes) -> str:
    """A name made from the Message-ID, so that a mail has one file however often it is written."""
    head = data.partition(b"\r\n\r\n")[0]
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"message-id:"):
            wanted = line.partition(b":")[2].decode("ascii", "replace").strip(" <>")
            return "".join(
                letter if letter.isalnum() or letter in ".-" else "_" for letter in wanted
            )
    raise ValueError("a mail without a Message-ID")
