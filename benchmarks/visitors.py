"""Many visitors at once, from one process that costs little: raw HTTP/1.1 over kept connections."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

_COOKIE = re.compile(rb"(?i)\r\nset-cookie: ([^=\r]+)=([^;\r]*)")
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")
_CHUNKED = re.compile(rb"(?i)\r\ntransfer-encoding: chunked")
_HIDDEN = re.compile(rb'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    """A response: its status and body."""

    status: int
    body: bytes

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page, the token against forgery among them."""
        return {name.decode(): value.decode() for name, value in _HIDDEN.findall(self.body)}


class Visitor:
    """One connection, and the cookies of who holds it."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self._port = port
        self.cookies = dict(cookies or {})
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        """GET ``path``."""
        return await self._ask(f"GET {path}", b"")

    async def post(self, path: str, data: dict[str, str]) -> Answer:
        """POST a form to ``path``."""
        return await self._ask(f"POST {path}", urlencode(data).encode())

    async def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _ask(self, line: str, body: bytes) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 20)
        reader, writer = self._streams
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        kind = "application/x-www-form-urlencoded"
        head = f"{line} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n"
        if body:
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        writer.write(head.encode() + b"\r\n" + body)
        answer_head = await reader.readuntil(b"\r\n\r\n")
        for name, value in _COOKIE.findall(answer_head):
            self.cookies[name.decode()] = value.decode()
        return Answer(int(answer_head[9:12]), await _body(reader, answer_head))


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    length = _LENGTH.search(head)
    if length:
        return await reader.readexactly(int(length[1]))
    if not _CHUNKED.search(head):
        return b""
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)


@dataclass(frozen=True)
class Rush:
    """How a crowd fared: acts a second, and the time that 95 in 100 stayed under."""

    rate: float
    p95: float


Act = Callable[[Visitor], Awaitable[None]]


def rush(port: int, crowd: Iterable[dict[str, str]], act: Act, *, at_once: int = 32) -> Rush:
    """Let each of ``crowd`` (their cookies) do ``act`` once, ``at_once`` of them at a time."""
    return asyncio.run(_rush(port, iter(list(crowd)), act, at_once))


async def _rush(port: int, crowd: Iterable[dict[str, str]], act: Act, at_once: int) -> Rush:
    waiting = iter(crowd)
    times: list[float] = []

    async def stream() -> None:
        connection = Visitor(port)
        for cookies in waiting:
            connection.cookies = dict(cookies)
            began = time.perf_counter()
            await act(connection)
            times.append(time.perf_counter() - began)
        await connection.close()

    began = time.perf_counter()
    await asyncio.gather(*(stream() for _ in range(at_once)))
    took = time.perf_counter() - began
    times.sort()
    return Rush(len(times) / took, times[int(len(times) * 0.95)])
