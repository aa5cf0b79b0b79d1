"""A newsletter to many readers, end to end through two Celery workers; beside bare smtplib.

Ours fills a 20 kB multipart mail for each reader (name, links, Message-ID, unsubscribe link) and
keeps every row's state in PostgreSQL. The limit is four processes that send one ready-made mail of
the same size again and again with the standard library, and keep nothing. Both send to the same
sink, in the same run, by turns.
"""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from statistics import median

import psycopg2

from benchmarks.ground import BASE, Figure, Ground, tell
from tests.plugins.sink import Sink

TARGET = 0.5
READERS = 15_000
BARE = 4_000
ROUNDS = 3
PROCESSES = 4
MEMORY = 80.0
"""Megabytes a worker at most."""

STANDING = """
SELECT count(*) FILTER (WHERE state = 'sent'),
    extract(epoch FROM max(settled_at) - min(first_tried_at))
FROM outbox_delivery WHERE mailing_id = %s
"""
BARE_LOOP = """
import smtplib, sys
port, count, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
mail = open(path, "rb").read()
smtp = smtplib.SMTP("127.0.0.1", port)
for number in range(count):
    smtp.sendmail("or@localhost", [f"bare{number}@delinde.example"], mail)
smtp.quit()
"""


def measure(ground: Ground) -> list[Figure]:
    """The median of some rounds, ours and the limit's by turns."""
    ground.inside("benchmarks.data.newsletter:make_readers", READERS)
    sink = Sink(ground.folder, processes=2)
    workers = [start_worker(ground, sink, number) for number in range(2)]
    try:
        rates: list[tuple[float, float]] = []
        for _round in range(ROUNDS):
            key = ground.inside("benchmarks.data.newsletter:make_issue")
            queued = ground.inside("benchmarks.data.newsletter:queue", key)
            mail = ground.folder / "mail.eml"
            mail.write_text(ground.inside("benchmarks.data.newsletter:ready_made"))
            bare = bare_rate(sink, mail)
            ours = our_rate(ground, queued["mailing"], queued["rows"])
            rates.append((ours, bare))
            memory = max(peak_memory(pid) for pid in processes_of(workers))
            tell(
                f"{ours:.0f} mails/s of {queued['size']} bytes, {memory:.0f} MB a worker at most;"
                f" {bare:.0f}/s by bare smtplib"
            )
        taken = [recipient for recipient, _name in sink.taken() if recipient.startswith("reader")]
        assert len(taken) == READERS * ROUNDS, f"{len(taken)} mails came"
        assert len(set(sink.taken())) >= READERS * ROUNDS, "a mail came twice"
        assert memory <= MEMORY, f"a worker held {memory:.0f} MB"
        ratio = median(ours for ours, _bare in rates) / median(bare for _ours, bare in rates)
        return [Figure("newsletter", ratio, TARGET)]
    finally:
        sink.stop()


def start_worker(ground: Ground, sink: Sink, number: int) -> "subprocess.Popen[bytes]":
    """One Celery worker for bulk mail, of two processes."""
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "celery",
        "-A",
        "orportal",
        "worker",
        "-Q",
        "bulk",
    ]
    command += ["--concurrency=2", "--loglevel=ERROR", "-n", f"bulk{number}@bench"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return ground.start(*command, SMTP_URL=sink.url, DJANGO_SETTINGS_MODULE="orportal.mailroom")


def our_rate(ground: Ground, mailing: int, rows: int) -> float:
    """Mails a second, from the wake to the last mark, by the database's own rows and clock."""
    ground.inside("benchmarks.data.newsletter:start")
    deadline = time.monotonic() + 300
    with closing(psycopg2.connect(ground.database_url)) as connection:
        connection.autocommit = True
        while time.monotonic() < deadline:
            time.sleep(0.3)
            with connection.cursor() as cursor:
                cursor.execute(STANDING, [mailing])
                sent, seconds = cursor.fetchone()
            if sent == rows:
                return rows / float(seconds)
    raise RuntimeError(f"{sent} of {rows} were sent")


def bare_rate(sink: Sink, mail: Path) -> float:
    """Mails a second of ready-made messages by four bare loops."""
    command = [sys.executable, "-c", BARE_LOOP, str(sink.port), str(BARE), str(mail)]
    began = time.monotonic()
    loops = [subprocess.Popen(command, cwd=BASE) for _number in range(PROCESSES)]
    for loop in loops:
        assert loop.wait(300) == 0
    return PROCESSES * BARE / (time.monotonic() - began)


def processes_of(workers: list["subprocess.Popen[bytes]"]) -> list[int]:
    """The workers and the processes of their pools."""
    found = subprocess.run(
        ["ps", "-eo", "pid=,ppid="], stdout=subprocess.PIPE, text=True, check=True
    )
    parents = {worker.pid for worker in workers}
    pairs = [tuple(map(int, line.split())) for line in found.stdout.splitlines()]
    return [*parents, *(pid for pid, parent in pairs if parent in parents)]


def peak_memory(pid: int) -> float:
    """The most that a process held, in megabytes."""
    for line in Path("/proc", str(pid), "status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("a worker has gone")
