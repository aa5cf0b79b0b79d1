"""A small IMAP server over a real socket: one folder, the commands that reading a mailbox takes."""

import re
import shlex
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedRWPair

USER, PASSWORD = "bounces", "geheim woord"


@dataclass
class Mailbox:
    """Mails by number, and the numbers that were read; ``refuses`` lets nobody in."""

    mails: dict[int, bytes]
    seen: set[int] = field(default_factory=set)
    refuses: bool = False

    def __post_init__(self) -> None:
        self.deleted: set[int] = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    @property
    def url(self) -> str:
        """As ``BOUNCE_IMAP_URL`` takes it."""
        return f"imap://{USER}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}/INBOX"

    def listen(self) -> None:
        """One client after the other, until closed."""
        while True:
            try:
                sock, _address = self.listener.accept()
            except OSError:
                return
            with sock, sock.makefile("rwb") as wire:
                self.talk(wire)

    def talk(self, wire: BufferedRWPair) -> None:
        """One session."""

        def say(line: bytes) -> None:
            wire.write(line + b"\r\n")
            wire.flush()

        say(b"* OK [CAPABILITY IMAP4rev1] ready")
        while line := wire.readline():
            tag, _space, command = line.decode().strip().partition(" ")
            done = f"{tag} OK done".encode()
            verb = command.upper()
            if verb.startswith("CAPABILITY"):
                say(b"* CAPABILITY IMAP4rev1")
            elif verb.startswith("LOGIN"):
                right = not self.refuses and shlex.split(command)[1:] == [USER, PASSWORD]
                done = done if right else f"{tag} NO who are you".encode()
            elif verb.startswith(("SELECT", "EXAMINE")):
                say(b"* %d EXISTS" % len(self.mails))
            elif verb.startswith("UID SEARCH"):
                found = sorted(set(self.mails) - self.seen)
                say(b" ".join([b"* SEARCH", *(b"%d" % uid for uid in found)]))
            elif wanted := re.match(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command, re.I):
                uid, most = int(wanted[1]), int(wanted[2])
                part = self.mails[uid][:most]
                wire.write(b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n" % (uid, len(part)) + part)
                say(b")")
            elif stored := re.match(
                r"UID STORE (\d+) \+FLAGS(?:\.SILENT)? \((.*)\)", command, re.I
            ):
                flags = self.deleted if "Deleted" in stored[2] else self.seen
                flags.add(int(stored[1]))
            elif verb.startswith("EXPUNGE"):
                for uid in self.deleted:
                    self.mails.pop(uid, None)
            elif verb.startswith("LOGOUT"):
                say(b"* BYE")
                say(done)
                return
            say(done)


@contextmanager
def mailbox(*mails: bytes, refuses: bool = False) -> Generator[Mailbox, None, None]:
    """A mailbox with these mails, unread."""
    served = Mailbox(dict(enumerate(mails, 1)), refuses=refuses)
    yield served
    served.listener.close()
