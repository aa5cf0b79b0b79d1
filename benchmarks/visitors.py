"""Many visitors at once, from one process that costs little: raw HTTP/1.1 over kept connections.

The client shares the machine with what it measures, so it is one loop over ``selectors`` without
coroutines, headers it does not need, or copies; ``Rush.client`` says what share of a core it took.
"""

import re
import selectors
import socket
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

_COOKIE = re.compile(rb"(?i)\r\nset-cookie: ([^=\r]+)=([^;\r]*)")
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")
_HIDDEN = re.compile(rb'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: its status and body."""

    status: int
    body: bytes

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page, the token against forgery among them."""
        return {name.decode(): value.decode() for name, value in _HIDDEN.findall(self.body)}


Visit = Generator[bytes, Answer, None]
"""Yields requests (``Visitor.get``, ``Visitor.post``), and is sent the answer to each."""


class Visitor:
    """Who asks: the cookies of one person, and the requests made with them."""

    def __init__(self, cookies: dict[str, str]) -> None:
        self.cookies = dict(cookies)

    def get(self, path: str) -> bytes:
        """GET ``path``."""
        return f"GET {path} HTTP/1.1\r\n{self._head()}\r\n".encode()

    def post(self, path: str, data: dict[str, str]) -> bytes:
        """POST a form to ``path``."""
        body = urlencode(data)
        kind = "application/x-www-form-urlencoded"
        head = f"{self._head()}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        return f"POST {path} HTTP/1.1\r\n{head}\r\n{body}".encode()

    def _head(self) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        language = "nl-NL,nl;q=0.9,en;q=0.8"
        return f"Host: localhost\r\nAccept-Language: {language}\r\nCookie: {cookies}\r\n"


Act = Callable[[Visitor], Visit]


@dataclass(frozen=True)
class Rush:
    """How a crowd fared: acts a second, the seconds that 95 in 100 requests stayed under, and the
    share of a core that the client took."""

    rate: float
    p95: float
    client: float


def rush(
    port: int,
    crowd: Iterable[dict[str, str]],
    act: Act,
    *,
    at_once: int = 32,
    within: float = 0,
) -> Rush:
    """Let each of ``crowd`` (their cookies) do ``act`` once, ``at_once`` of them at a time.

    With ``within`` they come spread evenly over that many seconds instead of one after another.
    Raises ``ConnectionError`` where the server hangs up.
    """
    people = list(crowd)
    began, busy = time.perf_counter(), time.process_time()
    doors = [_Connection(port) for _ in range(at_once)]
    try:
        times = _serve(doors, people, act, began, within / max(len(people), 1))
        took = time.perf_counter() - began
    finally:
        for door in doors:
            door.socket.close()
    times.sort()
    client = (time.process_time() - busy) / took
    return Rush(len(people) / took, times[int(len(times) * 0.95)], client)


def _serve(
    doors: list["_Connection"],
    people: list[dict[str, str]],
    act: Act,
    began: float,
    pause: float,
) -> list[float]:
    """Seconds that each request took, in no particular order."""
    times: list[float] = []
    waiting = iter(people)
    free = list(doors)
    come, last = 0, False
    with selectors.DefaultSelector() as selector:
        for door in doors:
            selector.register(door.socket, selectors.EVENT_READ, door)
        while not last or len(free) < len(doors):
            while free and not last and time.perf_counter() - began >= come * pause:
                last = not _enter(free, waiting, act)
                come += 1
            if last and len(free) == len(doors):
                break
            until = began + come * pause - time.perf_counter() if free and not last else None
            for key, _events in selector.select(None if until is None else max(until, 0)):
                door = key.data
                if door in free:  # the server closed a connection that had long been idle
                    selector.unregister(door.socket)
                    door.connect()
                    selector.register(door.socket, selectors.EVENT_READ, door)
                elif door.read(times):
                    free.append(door)
    return times


def _enter(free: list["_Connection"], waiting: Iterator[dict[str, str]], act: Act) -> bool:
    """Let the next one in at a free door; whether there was one."""
    cookies = next(waiting, None)
    if cookies is None:
        return False
    visitor = Visitor(cookies)
    free.pop().begin(visitor, act(visitor))
    return True


class _Connection:
    """One kept connection, and who stands at it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.socket = self._connected()

    def connect(self) -> None:
        """Connect anew."""
        self.socket.close()
        self.socket = self._connected()

    def _connected(self) -> socket.socket:
        self._got = b""
        made = socket.create_connection(("127.0.0.1", self._port))
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def begin(self, visitor: Visitor, visit: Visit) -> None:
        """Send the first request of ``visit``."""
        self._visitor, self._visit = visitor, visit
        self._send(next(visit))

    def read(self, times: list[float]) -> bool:
        """Take in what came; whether the visit is over."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionError("the server hung up")
        self._got = self._got + part if self._got else part
        answer = self._whole()
        if answer is None:
            return False
        times.append(time.perf_counter() - self._sent)
        try:
            self._send(self._visit.send(answer))
        except StopIteration:
            return True
        return False

    def _send(self, request: bytes) -> None:
        self._sent = time.perf_counter()
        self.socket.sendall(request)

    def _whole(self) -> Answer | None:
        """The answer, once it is there; whole pages come with their length or in chunks."""
        end = self._got.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self._got[: end + 2]
        length = _LENGTH.search(head)
        body: bytes | None = self._got[end + 4 :]
        if length is None:
            body = _unchunked(self._got, end + 4)
        elif len(self._got) < end + 4 + int(length[1]):
            body = None
        if body is None:
            return None
        self._got = b""
        for name, value in _COOKIE.findall(head):
            self._visitor.cookies[name.decode()] = value.decode()
        return Answer(int(head[9:12]), body)


def _unchunked(got: bytes, at: int) -> bytes | None:
    if not got.endswith(b"0\r\n\r\n"):
        return None
    parts = []
    while size := int(got[at : (line := got.index(b"\r\n", at))], 16):
        parts.append(got[line + 2 : line + 2 + size])
        at = line + 4 + size
    return b"".join(parts)
