"""Queries prepared once: the SQL of a queryset is kept, and only its values change.

Making SQL out of a queryset takes the ORM several times as long as PostgreSQL takes to answer it,
and planning it takes PostgreSQL as long again. For the few queries that stand before every page and
every ballot both are done once, for each shape they can have: the SQL once in a process, the plan
once in a connection. The queryset stays the only place that says what is asked: it is built once
with example values, and where an example comes out among the parameters, the value goes in.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import re
import secrets
import uuid
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import (
    BinaryField,
    CharField,
    DateTimeField,
    Field,
    IntegerField,
    QuerySet,
    UUIDField,
)
from psycopg2.extensions import AsIs

Row: TypeAlias = "tuple[Any, ...]"
Make: TypeAlias = "Callable[..., QuerySet[Any, Row]]"


def _some_moment() -> dt.datetime:
    return dt.datetime.fromtimestamp(secrets.randbelow(2**32) / 16, dt.UTC)


FIELDS: dict[type, tuple[Field[Any, Any], Callable[[], Any]]] = {
    int: (IntegerField(), lambda: secrets.randbelow(2**31)),
    str: (CharField(), lambda: secrets.token_hex(16)),
    bytes: (BinaryField(), lambda: os.urandom(16)),
    uuid.UUID: (UUIDField(), uuid.uuid4),
    dt.datetime: (DateTimeField(), _some_moment),
}
"""The kinds of value a prepared query takes: how each goes to the database, and an example."""
_BLANK = re.compile(r"%\((\w+)\)s")

_numbers = itertools.count(1)


@dataclass(frozen=True, eq=False)
class _Statement:
    """SQL with parameters, some of which are to be filled in: place in the list, blank."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]
    convert: Callable[[Iterable[Row]], Iterable[Row]]
    name: str = field(default_factory=lambda: f"portal_{next(_numbers)}")

    def run(self, values: Mapping[str, Any]) -> list[Row]:
        """Ask, with a value for each blank as the database takes it."""
        database = connections[DEFAULT_DB_ALIAS]
        with database.cursor() as cursor:
            if database.vendor == "postgresql" and not _is_pooled(database):
                planned = _planned.setdefault(database.connection, set())
                if self.name not in planned:
                    self._plan(cursor, list(values))
                    planned.add(self.name)
                cursor.execute(self.call, tuple(values.values()))
            else:
                cursor.execute(self.sql, self._filled(values))
            found: list[Row] = cursor.fetchall()
        return list(self.convert(found))

    @cached_property
    def call(self) -> str:
        """How a planned statement is asked."""
        count = len({blank for _at, blank in self.places})
        return f"EXECUTE {self.name} ({', '.join(['%s'] * count)})"

    def _plan(self, cursor: CursorWrapper, blanks: list[str]) -> None:
        numbers = {blank: AsIs(f"${number}") for number, blank in enumerate(blanks, start=1)}
        cursor.execute(f"PREPARE {self.name} AS {self.sql}", self._filled(numbers))

    def _filled(self, values: Mapping[str, Any]) -> list[Any]:
        params = list(self.params)
        for at, blank in self.places:
            params[at] = values[blank]
        return params


_planned: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""The names of the statements that each connection to PostgreSQL has planned."""


def _is_pooled(database: BaseDatabaseWrapper) -> bool:
    """Whether each transaction may meet another connection, which has planned nothing of ours: the
    framework's setting for a pool of that kind says so."""
    return bool(database.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"))


class Prepared:
    """A query with blanks. ``kinds`` says what goes in each: int, str, bytes, UUID or datetime.

    ``make`` gives the queryset (of ``values_list``) for a shape and for values of the blanks. All
    else that it depends on is part of the shape: for two calls of one shape it is called once.
    ``lock`` is a row lock that the ORM does not know; SQLite, whose writers queue, needs none.
    ``around`` is a statement that writes by what the query finds, ``{query}`` in it; what stands
    after that has blanks of its own, ``%(name)s``. Its rows are what it returns.
    """

    def __init__(self, make: Make, *, lock: str = "", around: str = "", **kinds: type) -> None:
        self._make = make
        self._lock = f" {lock}" if lock else ""
        self._head, _query, self._tail = around.partition("{query}")
        self._kinds = kinds
        self._statements: dict[Hashable, _Statement | None] = {}

    def rows(self, *shape: Hashable, **values: Any) -> list[Row]:
        """What the query finds for these values."""
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        name = (vendor, *shape)
        if name not in self._statements:
            self._statements[name] = self._prepare(shape)
        statement = self._statements[name]
        if statement is None:
            return []
        if vendor == "postgresql":  # whose library takes each of these kinds as it is
            return statement.run({blank: values[blank] for blank in self._kinds})
        return statement.run({blank: self._adapt(blank, values[blank]) for blank in self._kinds})

    def _adapt(self, blank: str, value: Any) -> Any:
        kind, _example = FIELDS[self._kinds[blank]]
        return kind.get_db_prep_value(value, connection)

    def _prepare(self, shape: tuple[Hashable, ...]) -> _Statement | None:
        """None for a shape in which nothing can be found."""
        examples = {blank: FIELDS[kind][1]() for blank, kind in self._kinds.items()}
        compiler = self._make(*shape, **examples).query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        adapted = {blank: self._adapt(blank, example) for blank, example in examples.items()}
        places = tuple(
            (at, blank)
            for at, param in enumerate(params)
            for blank, example in adapted.items()
            if type(param) is type(example) and param == example
        )
        written = _BLANK.findall(self._tail)
        places += tuple((at, blank) for at, blank in enumerate(written, start=len(params)))
        params = (*params, *written)
        missing = set(adapted) - {blank for _at, blank in places}
        assert not missing, f"{missing} not among the parameters"
        converters = compiler.get_converters([part[0] for part in compiler.select])

        def convert(rows: Iterable[Row]) -> Iterable[Row]:
            return compiler.apply_converters(rows, converters) if converters else rows

        if self._tail:
            sql = f"{self._head}{sql}{self._lock}{_BLANK.sub('%s', self._tail)}"
            return _Statement(sql, params, places, iter)

        lock = self._lock if connection.vendor == "postgresql" else ""
        return _Statement(sql + lock, params, places, convert)
