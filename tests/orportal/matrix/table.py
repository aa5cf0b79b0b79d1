"""How a table is written and read.

Each app declares in ``tests/orportal/matrix/<app>.py``:

``TABLE``
    one line per address, thing and method; a column per role of ``ROLES``::

        # url            thing   method  visitor employee member chair secretary director administrator left
        dossiers:dossier  open   GET     in      200      200    200   200       404      404           in
        dossiers:close    open   POST    in      403      403    302   302       404      404           in

    ``-`` in the column of things is for an address without arguments. A cell is the status, or
    ``in`` for "sent to the sign-in page" (which is also where somebody who left ends up).
    404 for what a person may not see, 403 for what they see but may not do.
    ``*`` in a name stands for any words, for the many addresses of the framework's admin site.

``things(cast)``
    makes the objects, through the app's own actions, and names them: from the word in the column
    of things to the arguments of the address, ``{"open": {"key": dossier.key}}``.

``DATA`` (optional)
    what a POST sends, from the address's name: ``{"blogs:comment": {"text": "Goed plan"}}``;
    otherwise nothing, and an allowed person's answer is the form again.

Each cell is asked on its own: what one request writes is gone before the next.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from types import ModuleType
from typing import Any

from people.models import Person

ROLES = (
    "visitor",
    "employee",
    "member",
    "chair",
    "secretary",
    "director",
    "administrator",
    "left",
)
SIGN_IN = "in"

Arguments = Mapping[str, Any]
Things = Mapping[str, Arguments]


@dataclass(frozen=True)
class Cast:
    """The person behind each column; the visitor is nobody."""

    employee: Person
    member: Person
    chair: Person
    secretary: Person
    director: Person
    administrator: Person
    left: Person

    def playing(self, role: str) -> Person | None:
        """Who plays ``role``."""
        return None if role == "visitor" else getattr(self, role)


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    url: str
    thing: str
    method: str
    answers: Mapping[str, str]

    def covers(self, name: str) -> bool:
        """Whether this line speaks of the address ``name``."""
        return self.url == name or ("*" in self.url and fnmatchcase(name, self.url))


@dataclass(frozen=True)
class Table:
    """One app's declaration."""

    app: str
    rows: tuple[Row, ...]
    things: Callable[[Cast], Things]
    data: Mapping[str, Mapping[str, Any]]


def read_table(module: ModuleType) -> Table:
    """The declaration in ``module``; ValueError names a line that is not one."""
    rows = []
    for line in module.TABLE.strip().splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) != 3 + len(ROLES) or words[2] not in ("GET", "POST"):
            raise ValueError(f"{module.__name__}: not a line of a table: {line}")
        url, thing, method, *answers = words
        rows.append(Row(url, thing, method, dict(zip(ROLES, answers, strict=True))))
    return Table(
        app=module.__name__.rsplit(".", 1)[-1],
        rows=tuple(rows),
        things=getattr(module, "things", lambda _cast: {}),
        data=getattr(module, "DATA", {}),
    )
