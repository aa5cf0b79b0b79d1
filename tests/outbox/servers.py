"""SMTP servers that misbehave on purpose: plain sockets, a thread per connection, real bytes."""

import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

Reply = str | Callable[[], str]


class Gate:
    """Makes a server slow without a clock: it holds every answer until the test lets it go.

    ``holds`` says of which connections, counted from 1; ``opened`` lets everything pass.
    """

    def __init__(self, holds: Callable[[int], bool] = lambda _connection: True) -> None:
        self.holds = holds
        self.moved = threading.Condition()
        self.held: dict[int, str] = {}
        self.is_open = False

    def pass_through(self, connection: int, verb: str) -> None:
        """The server has something to say: wait here until it may."""
        if not self.holds(connection):
            return
        with self.moved:
            self.held[connection] = verb
            self.moved.notify_all()
            self.moved.wait_for(lambda: self.is_open or connection not in self.held, 120)
            self.held.pop(connection, None)

    def wait_held(self, count: int = 1) -> dict[int, str]:
        """Wait until so many connections are held: which, and what each waits to answer."""
        with self.moved:
            assert self.moved.wait_for(lambda: len(self.held) >= count, 60), self.held
            return dict(self.held)

    def let(self, connection: int) -> None:
        """Let one answer go out."""
        with self.moved:
            del self.held[connection]
            self.moved.notify_all()

    def open(self) -> None:
        """Be slow no longer."""
        with self.moved:
            self.is_open = True
            self.moved.notify_all()


@dataclass
class Script:
    """How a server behaves. ``on_*`` get what the client said and give the reply, or None for 250.

    ``cut_data``: of each content, after how many bytes to close, or None to read on.
    ``silent_after_dot``: which mails, counted from 1, get no answer but a closed connection.
    """

    greeting: str = "220 test"
    extensions: tuple[str, ...] = ("PIPELINING", "8BITMIME")
    on_sender: Callable[[str], str | None] = lambda _line: None
    on_recipient: Callable[[str], str | None] = lambda _line: None
    on_content: Callable[[bytes], str | None] = lambda _content: None
    on_starttls: Callable[[], str] = lambda: "454 TLS not available"
    cut_data: Callable[[int], int | None] = lambda _number: None
    silent_after_dot: Callable[[int], bool] = lambda _number: False
    pause: float = 0.0
    close_after: int = 0
    hang: threading.Event | None = None
    gate: Gate | None = None


@dataclass
class Misbehaving:
    """A server that follows a script, and what it accepted: (recipient, content)."""

    script: Script
    accepted: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self.lock = threading.Lock()
        self.arrived = threading.Condition(self.lock)
        self.numbers = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.open: list[socket.socket] = []
        threading.Thread(target=self.listen, daemon=True).start()

    @property
    def url(self) -> str:
        """As ``SMTP_URL`` takes it."""
        return f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"

    def listen(self) -> None:
        """Accept until closed."""
        while True:
            try:
                sock, _address = self.listener.accept()
            except OSError:
                return
            with self.lock:
                self.connections += 1
                self.open.append(sock)
            talking = (sock, self.connections)
            threading.Thread(target=self.talk, args=talking, daemon=True).start()

    def talk(self, sock: socket.socket, number: int) -> None:
        """One session; a client that goes away ends it."""
        try:
            Session(self, sock, number).run()
        except OSError:
            return
        finally:
            sock.close()

    def next_number(self) -> int:
        """Mails are counted over all connections."""
        with self.lock:
            self.numbers += 1
            return self.numbers

    def accept(self, recipient: str, content: bytes) -> None:
        """Keep a mail."""
        with self.lock:
            self.accepted.append((recipient, content))
            self.arrived.notify_all()

    def wait_for(self, recipient: str, seconds: float = 60) -> None:
        """Until ``recipient`` has mail."""
        with self.lock:
            found = self.arrived.wait_for(
                lambda: any(each == recipient for each, _content in self.accepted), seconds
            )
            assert found, f"{recipient} got nothing in {seconds} s"

    @property
    def recipients(self) -> list[str]:
        """Who got mail, in order."""
        with self.lock:
            return [recipient for recipient, _content in self.accepted]

    def close(self) -> None:
        """Stop."""
        if self.script.gate:
            self.script.gate.open()
        self.listener.close()
        for sock in self.open:
            sock.close()


class Session:
    """One client."""

    def __init__(self, server: Misbehaving, sock: socket.socket, number: int) -> None:
        self.server, self.script, self.sock = server, server.script, sock
        self.number = number
        self.buffer = b""
        self.taken = 0
        self.recipient = ""

    def dawdle(self, verb: str) -> None:
        """Wait with the answer to ``verb``, where the script has a gate for that."""
        if self.script.gate:
            self.script.gate.pass_through(self.number, verb)

    def say(self, line: str) -> None:
        self.sock.sendall(line.encode() + b"\r\n")

    def line(self) -> bytes:
        while b"\r\n" not in self.buffer:
            self.buffer += self.more()
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line

    def more(self, limit: int = 65536) -> bytes:
        data = self.sock.recv(limit)
        if not data:
            raise ConnectionResetError
        return data

    def run(self) -> None:
        script = self.script
        self.dawdle("greeting")
        self.say(script.greeting)
        sender_ok = recipient_ok = False
        while True:
            line = self.line().decode()
            verb = line[:4].upper()
            if script.hang is not None and verb == "RCPT":
                script.hang.wait(30)
            self.dawdle(verb)
            if verb in ("EHLO", "HELO"):
                self.say("250-test greets you")
                for extension in script.extensions:
                    self.say(f"250-{extension}")
                self.say("250 OK")
            elif verb == "STAR":
                self.say(script.on_starttls())
            elif verb == "MAIL":
                reply = script.on_sender(line) or "250 sender"
                sender_ok = reply.startswith("2")
                self.say(reply)
            elif verb == "RCPT":
                self.recipient = line.partition("<")[2].rstrip(">")
                reply = script.on_recipient(self.recipient) or "250 recipient"
                recipient_ok = sender_ok and reply.startswith("2")
                self.say(reply)
                if reply.startswith("421"):
                    return
            elif verb == "DATA":
                if not recipient_ok:
                    self.say("554 no valid recipients")
                elif not self.content():
                    return
            elif verb == "RSET":
                sender_ok = recipient_ok = False
                self.say("250 reset")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("502 what?")

    def content(self) -> bool:
        """Read one mail; whether the session goes on."""
        script, number = self.script, self.server.next_number()
        self.say("354 go on")
        limit = script.cut_data(number)
        if limit is not None:
            while len(self.buffer) < limit:
                self.buffer += self.more(limit)
            return False
        while b"\r\n.\r\n" not in self.buffer:
            self.buffer += self.more()
        content, self.buffer = self.buffer.split(b"\r\n.\r\n", 1)
        self.dawdle("content")
        if script.pause:
            time.sleep(script.pause)
        reply = script.on_content(content) or "250 taken"
        if reply.startswith("2"):
            self.server.accept(self.recipient, content + b"\r\n")
        if script.silent_after_dot(number):
            return False
        self.say(reply)
        self.taken += 1
        return not (script.close_after and self.taken >= script.close_after)


@contextmanager
def misbehaving(script: Script) -> Generator[Misbehaving, None, None]:
    """A server for one test."""
    server = Misbehaving(script)
    try:
        yield server
    finally:
        server.close()
