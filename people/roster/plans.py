"""The plan of an import: what it will do to whom, and what is alarming about it. Pure."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Role
from people.roster.known import Known
from people.roster.refusals import Note, Problem
from people.roster.rows import Reading, Row

ALARMING_SHARE = 0.10
"""A file that makes more than this share of the roster leave asks for their number, typed."""

Value = str | bool | dt.date | None

LABELS: dict[str, str | Promise] = {
    "staff_number": _("staff number"),
    "given_name": _("first name"),
    "infix": _("infix"),
    "family_name": _("family name"),
    "email": _("e-mail address"),
    "unit": _("unit"),
    "site": _("site"),
    "shift": _("shift"),
    "hired_on": _("employed since"),
    "left_on": _("left on"),
    "on_long_leave": _("on long leave"),
}


@dataclass(frozen=True)
class Change:
    """One field of one person, old and new; units and sites by name."""

    field: str
    old: Value
    new: Value

    @property
    def label(self) -> str:
        """The field's name for the reader."""
        return str(LABELS[self.field])

    @property
    def was(self) -> str:
        """The old value for the reader; "" for none."""
        return _shown(self.old)

    @property
    def becomes(self) -> str:
        """The new value for the reader; "" for none."""
        return _shown(self.new)


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return str(_("yes")) if value else str(_("no"))
    if isinstance(value, dt.date):
        return date_format(value)
    return value or ""


@dataclass(frozen=True)
class Step:
    """What the import does to one person already known; ``row`` is None for who is absent."""

    known: Known
    row: Row | None
    changes: tuple[Change, ...]
    roles: tuple[Role, ...]

    @property
    def name(self) -> str:
        """Their name in the file, or on the roster where they are absent."""
        return self.row.full_name if self.row else self.known.full_name

    @property
    def role_names(self) -> str:
        """The roles held, for the reader."""
        return ", ".join(str(role.label) for role in self.roles)


@dataclass(frozen=True)
class Plan:
    """Everything an import will do. Two plans with one ``digest`` do the same."""

    reading: Reading
    today: dt.date
    joining: tuple[Row, ...]
    changed: tuple[Step, ...]
    leaving: tuple[Step, ...]
    returning: tuple[Step, ...]
    unchanged: int
    released: tuple[int, ...]
    """Primary keys of those who left and whose address now belongs to somebody else."""
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    new_units: tuple[str, ...]
    new_sites: tuple[str, ...]
    employed_before: int

    @property
    def share_leaving(self) -> float:
        """The part of the roster that leaves by this import, 0.0 to 1.0."""
        return len(self.leaving) / self.employed_before if self.employed_before else 0.0

    @property
    def is_alarming(self) -> bool:
        """Whether so many leave that the file may be the wrong one; their number is asked for."""
        return self.share_leaving > ALARMING_SHARE

    @cached_property
    def holders_leaving(self) -> tuple[Step, ...]:
        """Those leaving who hold a role: their roles end with it."""
        return tuple(step for step in self.leaving if step.roles)

    @cached_property
    def holders_with_new_address(self) -> tuple[Step, ...]:
        """Role holders whose address changes: whoever owns the new one can sign in as them."""
        return tuple(
            step
            for step in (*self.changed, *self.returning)
            if step.roles and any(change.field == "email" for change in step.changes)
        )

    @property
    def needs_tick(self) -> bool:
        """Whether importing asks for an explicit extra yes, for the sake of those with a role."""
        return bool(self.holders_leaving or self.holders_with_new_address)

    @property
    def does_nothing(self) -> bool:
        """Whether the roster already is what the file says."""
        return not (self.joining or self.changed or self.leaving or self.returning)

    @property
    def is_usable(self) -> bool:
        """Whether at least one row can be used; a file without one cannot empty the roster."""
        return len(self.problems) < len(self.reading.rows) + len(self.reading.problems)

    @cached_property
    def digest(self) -> str:
        """64 hexadecimal digits over all that would be written."""
        summary = hashlib.sha256()
        for row in self.joining:
            summary.update(repr(("joins", row.values)).encode())
        for word, steps in (
            ("changes", self.changed),
            ("leaves", self.leaving),
            ("returns", self.returning),
        ):
            for step in steps:
                told = (word, step.known.pk, step.changes, step.roles)
                summary.update(repr(told).encode())
        summary.update(repr((self.released, self.new_units, self.new_sites)).encode())
        return summary.hexdigest()
