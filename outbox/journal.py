"""What a worker did with its batch, on its own disk: after a crash it leaves one mail open, not 50.

One file per batch, named by the batch's token and locked for as long as its process lives. A line
is written before a mail's content goes to the server and another when the answer is in. Whoever
can take the lock of a file knows that its process is dead, and reads:

- answered: the answer holds;
- begun without an answer: unknown;
- neither: it never left, and may wait again; but only within the same boot of the machine, since a
  machine that lost power may have lost the last lines too. Then these are unknown as well.
"""

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from outbox.outcomes import Kind, Outcome

SETTLED_AFTER = 60.0
"""Seconds after which a database has long committed or undone what a dead worker asked for."""
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def folder() -> Path:
    """Where this machine keeps its journals."""
    path = Path(settings.VAR_DIR) / "journal"
    path.mkdir(parents=True, exist_ok=True)
    return path


def boot() -> str:
    """This host and this boot of it; a host without boot ids never gets rows back to waiting."""
    with suppress(OSError):
        return f"{socket.gethostname()} {BOOT_ID.read_text().strip()}"
    return f"{socket.gethostname()} {os.getpid()}"


class Journal:
    """The journal of one batch, open for writing."""

    def __init__(self, token: str) -> None:
        self.path = folder() / f"{token}.journal"
        fresh = self.path.with_suffix(".new")
        self.file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        fcntl.flock(self.file, fcntl.LOCK_EX)
        os.write(self.file, f"{json.dumps([boot(), time.monotonic()])}\n".encode())
        fresh.rename(self.path)  # it is never seen without its lock

    def begin(self, row: int) -> None:
        """The next thing that happens is that this mail's content goes out."""
        os.write(self.file, b"[%d]\n" % row)

    def answered(self, row: int, outcome: Outcome) -> None:
        """What came of it."""
        if outcome.kind == Kind.SENT:
            os.write(self.file, b'[%d,"sent",""]\n' % row)
        else:
            os.write(self.file, f"{json.dumps([row, outcome.kind, outcome.text])}\n".encode())

    def close(self) -> None:
        """The batch's rows are marked in the database: nothing is left to tell."""
        self.path.unlink(missing_ok=True)
        os.close(self.file)

    def abandon(self) -> None:
        """The rows could not be marked: let the next sweep read what happened."""
        os.close(self.file)


@dataclass
class Remains:
    """What a dead worker's journal tells; one that ``is_kept`` is there again the next time."""

    token: str
    host: str
    same_boot: bool
    answers: dict[int, Outcome] = field(default_factory=dict)
    open_rows: set[int] = field(default_factory=set)
    is_young: bool = False
    is_kept: bool = False


def remains() -> Iterator[Remains]:
    """The journals of dead workers on this machine, each removed once its turn in the loop is over.

    A journal that is kept, or whose loop body raised, stays for the next time; another host's, on a
    shared disk, is left to that host.
    """
    for path in sorted(folder().glob("*.journal")):
        try:
            file = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(file).st_nlink:
                found = read(path)
                if found.host == socket.gethostname():
                    yield found
                    if not found.is_kept:
                        path.unlink(missing_ok=True)
        except BlockingIOError:
            continue
        finally:
            os.close(file)


def read(path: Path) -> Remains:
    """One journal."""
    entries: list[list[object]] = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        with suppress(ValueError):  # the last line may be cut off
            entries.append(json.loads(line))
    if not entries:  # written just before the power went: all that it held is open
        return Remains(token=path.stem, host=socket.gethostname(), same_boot=False)
    head = str(entries[0][0])
    found = Remains(token=path.stem, host=head.split(" ")[0], same_boot=head == boot())
    if found.same_boot and len(entries[0]) > 1:
        # By the clock that counts from the boot on: nobody sets it, and all processes share it.
        found.is_young = time.monotonic() - float(str(entries[0][1])) < SETTLED_AFTER
    for entry in entries[1:]:
        row = int(str(entry[0]))
        if len(entry) == 1:
            found.open_rows.add(row)
        else:
            found.answers[row] = Outcome(Kind(str(entry[1])), str(entry[2]))
            found.open_rows.discard(row)
    return found
