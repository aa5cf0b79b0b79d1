"""The attacker of docs/trust.md: full dumps of the database, and who voted in which order.

A dump is every table with every column, the system's own included (``rowid``; ``ctid``, ``xmin``,
``xmax``, ``cmin``), in the order the rows lie in. A strategy is a guess at who stands behind each
row of a table; ``guesses`` makes all of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

SYSTEM_COLUMNS = {
    "sqlite": ("rowid",),
    "postgresql": ("ctid::text", "xmin::text", "xmax::text", "cmin::text"),
}
Row = dict[str, Any]


@dataclass(frozen=True)
class Dump:
    """Every table of the database at one moment."""

    tables: dict[str, list[Row]]

    def rows(self, table: str) -> list[Row]:
        return self.tables[table]

    def everything(self) -> bytes:
        """All values as bytes, to search in."""
        cells = (
            value if isinstance(value, bytes) else str(value).encode()
            for rows in self.tables.values()
            for row in rows
            for value in row.values()
        )
        return b"\n".join(cells)


def take_dump() -> Dump:
    """Dump the database as its owner could."""
    tables: dict[str, list[Row]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            system = SYSTEM_COLUMNS[connection.vendor]
            names = ", ".join(f'{name} AS "sys_{name.split(":")[0]}"' for name in system)
            cursor.execute(f'SELECT {names}, * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            tables[table] = [
                dict(zip(columns, map(_plain, values), strict=True)) for values in cursor.fetchall()
            ]
    return Dump(tables)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def guesses(rows: list[Row], voters: list[str]) -> Iterator[tuple[str, list[tuple[Row, str]]]]:
    """Every way to put ``rows`` in an order and lay the voters, in the order they voted, beside it.

    By each column, ascending and descending, by the order the rows lie in, and by each pair of a
    system column and another.
    """
    if not rows:
        return
    columns = list(rows[0])
    system = [column for column in columns if column.startswith("sys_")]
    orders: list[tuple[str, ...]] = [(column,) for column in columns]
    orders += [
        (first, second) for first, second in itertools.product(system, columns) if first != second
    ]
    yield "as they lie", list(zip(rows, voters, strict=False))
    for order in orders:
        ranked = sorted(rows, key=lambda row: [_rank(row[column]) for column in order])
        yield f"by {order}", list(zip(ranked, voters, strict=False))
        yield f"by {order} backwards", list(zip(reversed(ranked), voters, strict=False))


def _rank(value: Any) -> tuple[int, Any]:
    if isinstance(value, str) and value.isdigit():
        return (0, int(value))
    if isinstance(value, str) and value.startswith("("):  # a ctid: (page,place)
        return (1, tuple(int(part) for part in value.strip("()").split(",")))
    if isinstance(value, bool | int | float):
        return (0, float(value))
    return (2, str(value))


def guesses_between(
    dumps: list[Dump], table: str, key: str, voters_between: list[list[str]]
) -> Iterator[tuple[str, list[tuple[Row, str]]]]:
    """For dumps in succession: lay those who voted between two dumps beside the rows that came or
    changed between them."""
    pairs: list[tuple[Row, str]] = []
    for (before, after), voters in zip(itertools.pairwise(dumps), voters_between, strict=True):
        known = {row[key]: row for row in before.rows(table)}
        fresh = [row for row in after.rows(table) if known.get(row[key]) != row]
        pairs += zip(fresh, voters, strict=False)
    yield f"new in {table} between dumps", pairs


def hits(pairs: Iterable[tuple[Row, str]], truth: dict[Any, str], column: str) -> int:
    """How many guesses are right: ``truth`` gives the voter behind a row by its ``column``."""
    return sum(truth.get(row[column]) == voter for row, voter in pairs)
