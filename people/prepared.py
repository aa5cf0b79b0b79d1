"""Queries prepared once: the SQL of a queryset is kept, and only its values change.

Making SQL out of a queryset takes the ORM several times as long as PostgreSQL takes to answer it.
For the few queries that stand before every page and every ballot it is made once for each shape
they can have. The queryset stays the only place that says what is asked: it is built once with
example values, and where an example comes out among the parameters, the value goes in.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, DateTimeField, Field, IntegerField, QuerySet, UUIDField

Row: TypeAlias = "tuple[Any, ...]"
Make: TypeAlias = "Callable[..., QuerySet[Any, Row]]"


def _some_moment() -> dt.datetime:
    return dt.datetime.fromtimestamp(secrets.randbelow(2**32) / 16, dt.UTC)


FIELDS: dict[type, tuple[Field[Any, Any], Callable[[], Any]]] = {
    int: (IntegerField(), lambda: secrets.randbelow(2**31)),
    str: (CharField(), lambda: secrets.token_hex(16)),
    uuid.UUID: (UUIDField(), uuid.uuid4),
    dt.datetime: (DateTimeField(), _some_moment),
}
"""The kinds of value a prepared query takes: how each goes to the database, and an example."""


@dataclass(frozen=True)
class _Statement:
    """SQL with parameters, some of which are to be filled in: place in the list, name."""

    sql: str
    params: tuple[Any, ...]
    blanks: tuple[tuple[int, str], ...]
    convert: Callable[[Iterable[Row]], Iterable[Row]]


class Prepared:
    """A query with blanks. ``kinds`` says what goes in each: int, str, UUID or datetime.

    ``make`` gives the queryset (of ``values_list``) for a shape and for values of the blanks. All
    else that it depends on is part of the shape: for two calls of one shape it is called once.
    """

    def __init__(self, make: Make, **kinds: type) -> None:
        self._make = make
        self._kinds = kinds
        self._statements: dict[Hashable, _Statement | None] = {}

    def rows(self, *shape: Hashable, **values: Any) -> list[Row]:
        """What the query finds for these values."""
        name = (connection.vendor, *shape)
        if name not in self._statements:
            self._statements[name] = self._prepare(shape)
        statement = self._statements[name]
        if statement is None:
            return []
        params = list(statement.params)
        for at, blank in statement.blanks:
            params[at] = self._adapt(blank, values[blank])
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, params)
            found: list[Row] = cursor.fetchall()
        return list(statement.convert(found))

    def _adapt(self, blank: str, value: Any) -> Any:
        field, _example = FIELDS[self._kinds[blank]]
        return field.get_db_prep_value(value, connection)

    def _prepare(self, shape: tuple[Hashable, ...]) -> _Statement | None:
        """None for a shape in which nothing can be found."""
        examples = {blank: FIELDS[kind][1]() for blank, kind in self._kinds.items()}
        compiler = self._make(*shape, **examples).query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        adapted = {blank: self._adapt(blank, example) for blank, example in examples.items()}
        blanks = tuple(
            (at, blank)
            for at, param in enumerate(params)
            for blank, example in adapted.items()
            if type(param) is type(example) and param == example
        )
        missing = set(adapted) - {blank for _at, blank in blanks}
        assert not missing, f"{missing} not among the parameters"
        converters = compiler.get_converters([part[0] for part in compiler.select])

        def convert(rows: Iterable[Row]) -> Iterable[Row]:
            return compiler.apply_converters(rows, converters) if converters else rows

        return _Statement(sql, tuple(params), blanks, convert)
