"""A person and the roles they hold today, out of the rows of one query."""

from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from people.models import Appointment, Person, Role

_FIELDS = [field.attname for field in Person._meta.concrete_fields]
_HELD = ("appointments__role", "appointments__began_on", "appointments__ended_on")


def columns(path: str = "") -> list[str]:
    """What to ask for; ``path`` leads to the person (``person__``)."""
    return [f"{path}{name}" for name in (*_FIELDS, *_HELD)]


def person_in(rows: Iterable[tuple[Any, ...]]) -> Person | None:
    """The person in rows of ``columns``, one for each role ever held; None where there is none."""
    rows = list(rows)
    count = len(_FIELDS)
    if not rows or rows[0][0] is None:
        return None
    person = Person.from_db(DEFAULT_DB_ALIAS, _FIELDS, rows[0][:count])
    held = [
        Appointment(role=row[count], began_on=row[count + 1], ended_on=row[count + 2])
        for row in rows
        if row[count]
    ]
    person.roles = frozenset(Role(each.role) for each in held if each.is_current)
    return person
