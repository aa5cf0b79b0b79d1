"""The benchmarks' own workings: the client that asks, and the line that a figure prints."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks.ground import Figure
from benchmarks.visitors import Visit, Visitor, rush

FORM = b'<form><input type="hidden" name="token" value="%s"><p>'


class Counter(BaseHTTPRequestHandler):
    """A form with a token tied to a cookie, in chunks; takes each cookie's answer once."""

    protocol_version = "HTTP/1.1"
    answered: set[str]

    def do_GET(self) -> None:
        own = self.headers["Cookie"].partition("=")[2]
        self.send_response(200)
        self.send_header("Set-Cookie", f"seal={own}-sealed; Path=/")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in (FORM % own.encode(), b"x" * 5_000):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        cookies = dict(part.split("=") for part in self.headers["Cookie"].split("; "))
        good = sent == f"token={cookies['own']}" and cookies["seal"] == f"{cookies['own']}-sealed"
        good = good and cookies["own"] not in self.answered
        self.answered.add(cookies["own"])
        self.send_response(200 if good else 400)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


@contextmanager
def serving() -> Generator[tuple[int, set[str]], None, None]:
    handler = type("Fresh", (Counter,), {"answered": set()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], handler.answered  # type: ignore[attr-defined]
        server.shutdown()


def visit(visitor: Visitor) -> Visit:
    page = yield visitor.get("/")
    assert (page.status, len(page.body) > 5_000) == (200, True)
    done = yield visitor.post("/", page.hidden())
    assert done.status == 200


def people(count: int) -> list[dict[str, str]]:
    return [{"own": f"n{number}"} for number in range(count)]


@pytest.mark.long
def test_everybody_comes_once_with_their_own_cookies() -> None:
    with serving() as (port, answered):
        fared = rush(port, people(100), visit, at_once=8)
    assert answered == {f"n{number}" for number in range(100)}
    assert fared.rate > 0
    assert 0 < fared.p95 < 10


def test_a_crowd_comes_spread_over_its_time() -> None:
    with serving() as (port, answered):
        fared = rush(port, people(20), visit, at_once=4, within=0.4)
    assert len(answered) == 20
    assert fared.rate <= 20 / 0.38


def test_an_error_ends_the_measurement() -> None:
    with serving() as (port, _answered), pytest.raises(AssertionError):
        rush(port, people(3) * 2, visit, at_once=2)


def test_a_figure_is_one_line_and_a_missed_target_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measured(ratio: float) -> SimpleNamespace:
        return SimpleNamespace(measure=lambda _ground: [Figure("export-csv", ratio, 0.2)])

    @contextmanager
    def no_servers() -> Generator[None, None, None]:
        yield

    monkeypatch.setattr(benchmarks, "open_ground", no_servers)
    for ratio, failed in ((0.251, 0), (0.19, 1)):
        module = measured(ratio)
        monkeypatch.setattr(importlib, "import_module", lambda _name, m=module: m)
        assert benchmarks.main(["exports"]) == failed
        assert capsys.readouterr().out == f"bench export-csv ratio={ratio:.2f} target=0.2\n"
    assert benchmarks.main(["nothing"]) == 1
    assert "crowd" in capsys.readouterr().out
