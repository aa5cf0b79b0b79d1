"""Handing mails over: to an SMTP server, or to files where none is configured."""

import errno
import os
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings

from outbox.outcomes import ConnectionLost, Kind, Outcome, OutcomeOpen, RelayUnusable

COMMAND_TIMEOUT = 60.0
"""Seconds for one reply, from its first byte to its last, and for taking a mail's content."""
ANSWER_TIMEOUT = 300.0
"""A server may scan a mail for a while before it answers (RFC 5321, 4.5.3.2)."""
RESET_PATIENCE = 0.2
"""Seconds in which a reset follows the end of a connection that was closed too early."""
USUAL = re.compile(rb"250 [^\n]*\n25[0-2] [^\n]*\n354[ \r][^\n]*\n")
"""Sender taken, recipient taken, go ahead."""
SCHEMES = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


@dataclass(frozen=True)
class Mail:
    """A mail as bytes, and whether any of its lines starts with a dot."""

    data: bytes
    has_dots: bool


class Connection(Protocol):
    """An open way out."""

    def deliver(
        self, sender: str, recipient: str, mail: Mail, begin: Callable[[], None]
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
    directly, because it looks through every mail three times before it sends it. Nothing is sent
    behind a mail's final dot before that is answered: see ``was_unread``.
    """

    def __init__(self, server: Server) -> None:
        try:
            smtp = opened(server)
        except (OSError, smtplib.SMTPException) as error:
            raise RelayUnusable(explained(error)) from error
        assert smtp.sock is not None
        self.smtp = smtp
        self.sock = smtp.sock
        self.replies = Replies(self.sock)
        self.pipelining = smtp.has_extn("pipelining")

    def deliver(
        self, sender: str, recipient: str, mail: Mail, begin: Callable[[], None]
    ) -> Outcome:
        """See ``Connection.deliver``."""
        try:
            refusal = self.envelope(sender, recipient)
        except OSError as error:
            raise ConnectionLost(explained(error)) from error
        if refusal is not None:
            return refusal
        content = mail.data.replace(b"\r\n.", b"\r\n..") if mail.has_dots else mail.data
        end = b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"
        begin()
        try:
            # If this raises, the kernel took not all of it: the final dot has not gone out.
            self.sock.sendall(content + end)
        except OSError as error:
            raise ConnectionLost(explained(error)) from error
        try:
            self.sock.settimeout(ANSWER_TIMEOUT)
            code, text = self.replies.next()
            self.sock.settimeout(COMMAND_TIMEOUT)
        except OSError as error:
            if was_unread(self.sock, error):
                raise ConnectionLost(explained(error)) from error
            raise OutcomeOpen(explained(error)) from error
        return verdict(code, text)

    def envelope(self, sender: str, recipient: str) -> Outcome | None:
        """Sender, recipient and DATA; an outcome where the server wants no content."""
        commands = [f"MAIL FROM:<{sender}>\r\n", f"RCPT TO:<{recipient}>\r\n", "DATA\r\n"]
        if self.pipelining:
            self.sock.sendall("".join(commands).encode("ascii"))
            if self.replies.are_all_well():
                return None
            replies = [self.replies.next(), self.replies.next(), self.replies.next()]
        else:
            replies = []
            for command in commands:
                replies.append(self.command(command))
                if replies[-1][0] >= 400:
                    break
        stage = next((at for at, (code, _text) in enumerate(replies) if code >= 400), None)
        if stage is None:
            return None
        if replies[-1][0] == 354:
            self.command(".\r\n")  # DATA was let through with no recipient: end it empty
        code, text = replies[stage]
        if code == 421:
            raise ConnectionLost(f"{code} {text}")
        if stage == 0 and code >= 500:
            # The sender is the portal itself, whoever it writes to: no mail would pass.
            raise RelayUnusable(f"{code} {text}")
        self.command("RSET\r\n")
        return verdict(code, text)

    def command(self, line: str) -> tuple[int, str]:
        """One command and its reply."""
        self.sock.sendall(line.encode("ascii"))
        return self.replies.next()

    def close(self) -> None:
        """See ``Connection.close``."""
        try:
            self.sock.settimeout(2)
            self.sock.sendall(b"QUIT\r\n")
        except OSError:
            pass  # it was gone already
        finally:
            self.smtp.close()


def opened(server: Server) -> smtplib.SMTP:
    """A session after greeting, TLS and sign-in. Raises ``OSError`` or ``SMTPException``."""
    smtp: smtplib.SMTP
    if server.scheme == "smtps":
        smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=COMMAND_TIMEOUT, context=trust())
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=COMMAND_TIMEOUT)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.scheme == "smtp+tls":
            smtp.starttls(context=trust())
            smtp.ehlo()
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    assert smtp.sock is not None
    smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return smtp


@cache
def trust() -> ssl.SSLContext:
    """The machine's certificate authorities; reading them takes longer than sending a batch."""
    return ssl.create_default_context()


class Replies:
    """Reads a server's replies from a socket.

    Each has to be whole within the socket's time-out: a server that drips it out byte by byte gets
    no more time than one that says nothing.
    """

    MOST = 64 * 1024

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.buffer = b""
        self.pieces = 0

    def next(self) -> tuple[int, str]:
        """One reply: code and words, the lines of a long one joined. Raises ``OSError``."""
        lines: list[str] = []
        patience = self.sock.gettimeout() or COMMAND_TIMEOUT
        deadline = time.monotonic() + patience
        self.pieces = 0
        try:
            while True:
                line = self.line(deadline).decode("utf-8", "replace")
                lines.append(line[4:].strip())
                if not line[:3].isdecimal():
                    raise ConnectionAbortedError("this is no SMTP reply")
                if line[3:4] != "-":
                    return int(line[:3]), " ".join(lines)
        finally:
            if self.pieces > 1:
                self.sock.settimeout(patience)

    def are_all_well(self) -> bool:
        """Whether three replies came at once and are the usual ones; if not, none is read."""
        if not self.buffer:
            self.receive()
        usual = USUAL.fullmatch(self.buffer) is not None
        if usual:
            self.buffer = b""
        return usual

    def line(self, deadline: float) -> bytes:
        """One line without its end."""
        while (end := self.buffer.find(b"\n")) < 0:
            if self.pieces:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError("the server answers too slowly")
                self.sock.settimeout(left)
            self.receive()
            self.pieces += 1
        line, self.buffer = self.buffer[:end], self.buffer[end + 1 :]
        return line.rstrip(b"\r")

    def receive(self) -> None:
        """Wait for more."""
        more = self.sock.recv(8192)
        if not more:
            raise EndOfStream("the server closed the connection")
        self.buffer += more
        if len(self.buffer) > self.MOST:
            raise ConnectionAbortedError("the server talks too much")


class EndOfStream(ConnectionError):
    """The server ended the connection in the ordinary way."""


def was_unread(sock: socket.socket, error: OSError) -> bool:
    """Whether a connection that was lost before an answer shows that the final dot was not read.

    TCP resets a connection when it is closed with something unread, or when something arrives after
    the close; the last thing we sent is the dot. An ordinary end tells nothing, so it is given a
    moment for the reset that follows where our bytes came too late.
    """
    if isinstance(error, ConnectionResetError | BrokenPipeError):
        return True
    if not isinstance(error, EndOfStream):
        return False
    deadline = time.monotonic() + RESET_PATIENCE
    while time.monotonic() < deadline:
        if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) in (errno.ECONNRESET, errno.EPIPE):
            return True
        time.sleep(RESET_PATIENCE / 10)
    return False


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
        self, sender: str, recipient: str, mail: Mail, begin: Callable[[], None]
    ) -> Outcome:
        """See ``Connection.deliver``."""
        name = file_name(mail.data)
        begin()
        fresh = self.folder / f".{name}.{os.getpid()}"
        try:
            fresh.write_bytes(b"Delivered-To: " + recipient.encode("ascii") + b"\r\n" + mail.data)
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
