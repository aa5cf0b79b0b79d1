"""A fast SMTP sink in processes of its own: it takes every mail, and writes down each it took.

A line ``recipient message-id`` is in the log before the server answers, as a real server has a mail
on disk by then. Used where the tests count mails and where the benchmarks must not wait for a
server. ``python -m tests.plugins.sink LOG PORT DELAY`` runs one by hand.
"""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

EHLO = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 52428800\r\n"
MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
END = b"\r\n.\r\n"


class Session(asyncio.Protocol):
    """One client, as a state machine over bytes."""

    def __init__(self, log: int, delay: float) -> None:
        self.log, self.delay = log, delay
        self.buffer = bytearray()
        self.in_content = False
        self.seen = 0
        self.recipient = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        sock = transport.get_extra_info("socket")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Work off what came."""
        self.buffer += data
        replies: list[bytes] = []
        while self.step(replies):
            pass
        if replies:
            self.transport.write(b"".join(replies))

    def step(self, replies: list[bytes]) -> bool:
        """One command or one content; whether there was a whole one."""
        if self.in_content:
            end = self.buffer.find(END, max(self.seen - len(END), 0))
            if end < 0:
                self.seen = len(self.buffer)
                return False
            self.take(bytes(self.buffer[:end]))
            del self.buffer[: end + len(END)]
            self.in_content, self.seen = False, 0
            if self.delay:
                time.sleep(self.delay)
            replies.append(b"250 taken\r\n")
            return True
        end = self.buffer.find(b"\r\n")
        if end < 0:
            return False
        line = bytes(self.buffer[:end])
        del self.buffer[: end + 2]
        replies.append(self.answer(line))
        return True

    def answer(self, line: bytes) -> bytes:
        """The reply to one command."""
        verb = line[:4].upper()
        if verb == b"RCPT":
            self.recipient = line[line.find(b"<") + 1 : line.find(b">")]
            return b"250 ok\r\n"
        if verb == b"DATA":
            self.in_content = True
            return b"354 go on\r\n"
        if verb == b"EHLO":
            return EHLO
        if verb == b"QUIT":
            self.transport.write(b"221 bye\r\n")
            self.transport.close()
            return b""
        return b"250 ok\r\n"

    def take(self, content: bytes) -> None:
        """Write down one mail."""
        found = MESSAGE_ID.search(content[:4096])
        name = found[1] if found else b"-"
        os.write(self.log, self.recipient + b" " + name + b" %d\n" % len(content))


def serve(sock: socket.socket, log: Path, delay: float) -> None:
    """Serve until ended."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, loop.stop)
        await loop.create_server(lambda: Session(handle, delay), sock=sock, backlog=512)
        await asyncio.Event().wait()

    try:
        asyncio.run(run())
    except RuntimeError:  # the loop was stopped
        return


def listening(port: int) -> socket.socket:
    """A socket that shares its port with other processes."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind(("127.0.0.1", port))
    sock.listen(512)
    return sock


class Sink:
    """A running sink."""

    def __init__(self, folder: Path, *, processes: int = 1, delay: float = 0.0) -> None:
        self.log = folder / "sink.log"
        self.log.touch()
        with listening(0) as probe:
            self.port: int = probe.getsockname()[1]
            arguments = [str(self.log), str(self.port), str(delay)]
            command = [sys.executable, "-m", "tests.plugins.sink", *arguments]
            self.processes = [subprocess.Popen(command) for _number in range(processes)]
            self.wait()

    @property
    def url(self) -> str:
        """As ``SMTP_URL`` takes it."""
        return f"smtp://127.0.0.1:{self.port}"

    def wait(self) -> None:
        """Until every process listens: each makes its mark in the log's folder."""
        deadline = time.monotonic() + 20
        marks = [self.log.with_suffix(f".{process.pid}") for process in self.processes]
        while not all(mark.exists() for mark in marks):
            assert time.monotonic() < deadline, "the sink does not come up"
            time.sleep(0.02)

    def taken(self) -> list[tuple[str, str]]:
        """(recipient, message-id) of every mail."""
        lines = self.log.read_text().splitlines()
        return [(line.split(" ")[0], line.split(" ")[1]) for line in lines]

    def counts(self) -> Counter[str]:
        """How many mails each recipient got."""
        return Counter(recipient for recipient, _name in self.taken())

    def stop(self) -> None:
        """End it."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(10)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    listener = listening(int(sys.argv[2]))
    path.with_suffix(f".{os.getpid()}").touch()
    serve(listener, path, float(sys.argv[3]))
