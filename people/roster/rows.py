"""What a staff list says once read: rows about people, problems, notes. Pure."""

import datetime as dt
import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from people.roster.refusals import Note, Problem


@dataclass(frozen=True)
class Row:
    """One person as the file has them. ``line`` counts from 1, the heading included."""

    line: int
    staff_number: str
    given_name: str
    infix: str
    family_name: str
    email: str = ""
    unit: str = ""
    site: str = ""
    shift: str = ""
    hired_on: dt.date | None = None
    left_on: dt.date | None = None
    on_long_leave: bool = False

    @property
    def full_name(self) -> str:
        """First name, infix, family name."""
        return " ".join(part for part in (self.given_name, self.infix, self.family_name) if part)

    @property
    def values(self) -> tuple[str | int | bool | dt.date | None, ...]:
        """The fields' values in their order, the line first."""
        return tuple(getattr(self, name) for name in ROW_FIELDS)


ROW_FIELDS = tuple(field.name for field in fields(Row))
FIELDS = ROW_FIELDS[1:]
"""What the roster takes from a file, beside the line it stood on."""


@dataclass(frozen=True)
class Reading:
    """What a file says. ``fields`` names the columns it has: others are left as they are."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    fields: frozenset[str]

    def to_json(self) -> str:
        """As text, to be kept between preview and import: only what the roster takes."""
        return json.dumps(
            {
                "rows": [row.values for row in self.rows],
                "problems": [asdict(problem) for problem in self.problems],
                "notes": [asdict(note) for note in self.notes],
                "fields": sorted(self.fields),
            },
            ensure_ascii=False,
            default=dt.date.isoformat,
        )

    @classmethod
    def from_json(cls, text: str) -> "Reading":
        """The reverse of ``to_json``."""
        kept = json.loads(text)
        return cls(
            rows=tuple(_row(values) for values in kept["rows"]),
            problems=tuple(Problem(**problem) for problem in kept["problems"]),
            notes=tuple(Note(**note) for note in kept["notes"]),
            fields=frozenset(kept["fields"]),
        )


def _row(values: list[Any]) -> Row:
    kept = dict(zip(ROW_FIELDS, values, strict=True))
    for name in ("hired_on", "left_on"):
        if kept[name]:
            kept[name] = dt.date.fromisoformat(kept[name])
    return Row(**kept)
