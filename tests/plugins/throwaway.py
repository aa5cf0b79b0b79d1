"""Throwaway PostgreSQL and Redis servers: a free port, an own folder, nothing left behind.

Used by the test plugin (``tests.plugins.services``) and by the benchmarks. Each server dies with
the process that started it, also when that process is killed.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

RUN_PREFIX = "orportaal-run-"


class MissingProgramError(RuntimeError):
    """A program that is needed is not installed; the message names the package."""


@dataclass
class Server:
    """A running server: its URL, and how to end it."""

    url: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals
    log: Path = field(repr=False)

    def stop(self) -> None:
        """End the server and wait for it."""
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)


def make_run_folder() -> Path:
    """A fresh folder for one run, after sweeping those of runs that were killed."""
    root = Path(tempfile.gettempdir())
    for old in root.glob(f"{RUN_PREFIX}*"):
        pid = old.name.removeprefix(RUN_PREFIX).split("-")[0]
        if pid.isdigit() and not Path("/proc", pid).exists():
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{RUN_PREFIX}{os.getpid()}-", dir=root))
    folder.chmod(0o755)  # the postgres user must be able to walk through
    return folder


def free_port() -> int:
    """A TCP port of this machine that nobody listened on a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def start_postgresql(folder: Path) -> Server:
    """A PostgreSQL without durability in ``folder``, with user and database ``orportaal``."""
    initdb, postgres = _postgresql_program("initdb"), _postgresql_program("postgres")
    data = folder / "postgresql"
    data.mkdir(mode=0o700)
    as_postgres: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses root
        try:
            account = pwd.getpwnam("postgres")
        except KeyError as error:
            raise MissingProgramError("no user 'postgres': apt-get install postgresql") from error
        os.chown(data, account.pw_uid, account.pw_gid)
        as_postgres = ["--reuid", "postgres", "--regid", "postgres", "--init-groups"]
    initialise = [_setpriv(), *as_postgres, initdb, "-D", str(data), "-U", "orportaal"]
    initialise += ["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(initialise, check=True, cwd="/", stdout=subprocess.DEVNULL)

    def command(port: int) -> list[str]:
        words = [_setpriv(), "--pdeathsig", "INT", *as_postgres, postgres, "-D", str(data), "-F"]
        settings = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories="]
        settings += ["synchronous_commit=off", "full_page_writes=off", "max_connections=200"]
        settings += ["shared_buffers=256MB", "log_min_messages=fatal", "log_statement=none"]
        for setting in settings:
            words += ["-c", setting]
        return words

    url = "postgres://orportaal@127.0.0.1:{}/"
    server = _start(command, folder / "postgresql.log", url, signal.SIGINT)
    _wait_until(server, lambda: _create_database(server.url))
    server.url += "orportaal"
    return server


def start_redis(folder: Path) -> Server:
    """A Redis without persistence."""
    program = shutil.which("redis-server")
    if program is None:
        raise MissingProgramError("redis-server is missing: apt-get install redis-server")

    def command(port: int) -> list[str]:
        words = [_setpriv(), "--pdeathsig", "TERM", program, "--port", str(port)]
        words += ["--bind", "127.0.0.1", "--appendonly", "no", "--daemonize", "no"]
        return [*words, "--dir", str(folder), "--save", ""]

    server = _start(command, folder / "redis.log", "redis://127.0.0.1:{}/0", signal.SIGTERM)
    _wait_until(server, lambda: _answers_ping(server.url))
    return server


def _start(
    command: Callable[[int], list[str]], log: Path, url: str, stop_signal: signal.Signals
) -> Server:
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command(port), cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    return Server(url.format(port), process, stop_signal, log)


def _wait_until(server: Server, ready: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not ready():
        if server.process.poll() is not None or time.monotonic() > end:
            server.stop()
            raise RuntimeError(f"{server.url} did not start:\n{server.log.read_text('utf-8')}")
        time.sleep(0.02)


def _create_database(url: str) -> bool:
    import psycopg2

    try:
        connection = psycopg2.connect(url + "postgres")
    except psycopg2.OperationalError:
        return False
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE orportaal")
    connection.close()
    return True


def _answers_ping(url: str) -> bool:
    import redis

    with redis.Redis.from_url(url) as client:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False


def _setpriv() -> str:
    program = shutil.which("setpriv")
    if program is None:
        raise MissingProgramError("setpriv is missing: apt-get install util-linux")
    return program


def _postgresql_program(name: str) -> str:
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = sorted(versions, key=lambda path: float(path.parts[4]))
    found = str(newest[-1]) if newest else shutil.which(name)
    if found is None:
        raise MissingProgramError(f"{name} is missing: apt-get install postgresql")
    return found
