"""Bytes to a ``Reading``: each row to a person, or to a problem with its line and reason. Pure."""

import datetime as dt
import warnings
from collections import defaultdict
from collections.abc import Sequence

from people.roster import cells as read
from people.roster.cells import Cell, CellRefused
from people.roster.columns import Heading
from people.roster.refusals import Note, Problem, RosterRefused
from people.roster.rows import Reading, Row
from people.roster.tables import read_table

LIMITS = {
    "staff_number": 40,
    "given_name": 80,
    "infix": 30,
    "family_name": 120,
    "full_name": 220,
    "email": 254,
    "unit": 120,
    "site": 120,
    "shift": 60,
}
_INFIXES = "van de der den het 't ter ten te op in la le du von zu el al d' l' bij onder over aan"
INFIXES = frozenset(_INFIXES.split())


def read_roster(data: bytes, today: dt.date) -> Reading:
    """Read a staff list; raises ``RosterRefused`` where the file as a whole cannot be used."""
    rows: list[Row] = []
    problems: list[Problem] = []
    with warnings.catch_warnings():
        # Styles and extensions that the Excel reader does not know are no concern of a staff list.
        warnings.simplefilter("ignore", UserWarning)
        table = read_table(data)
        for line, line_cells in table.rows:
            outcome = _RowReader(line, line_cells, table.heading, today).read()
            if isinstance(outcome, Row):
                rows.append(outcome)
            else:
                problems.append(outcome)
    if not rows and not problems:
        raise RosterRefused("no_people")
    notes = list(table.notes)
    if table.heading.unused:
        shown = ", ".join(read.shortened(word) for word in table.heading.unused[:20])
        notes.append(Note("ignored_columns", {"columns": shown}))
    rows = _once_each(rows, problems, notes)
    rows = _one_address_each(rows, problems)
    fields = set(table.heading.positions)
    if "full_name" in fields:
        fields = fields - {"full_name"} | {"given_name", "infix", "family_name"}
    problems.sort(key=lambda problem: problem.line)
    return Reading(tuple(rows), tuple(problems), tuple(notes), frozenset(fields))


class _RowRefused(ValueError):
    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class _RowReader:
    """Reads one row; the first thing wrong with it becomes its problem."""

    def __init__(
        self, line: int, line_cells: Sequence[Cell], heading: Heading, today: dt.date
    ) -> None:
        self.line = line
        self.cells = line_cells
        self.heading = heading
        self.today = today

    def read(self) -> Row | Problem:
        try:
            self._check_shape()
            given_name, infix, family_name = self._name()
            row = Row(
                line=self.line,
                staff_number=self._text("staff_number"),
                given_name=given_name,
                infix=infix.lower() if infix.isupper() else infix,
                family_name=family_name,
                email=self._email(),
                unit=self._text("unit"),
                site=self._text("site"),
                shift=self._text("shift"),
                hired_on=self._date("hired_on"),
                left_on=self._date("left_on"),
                on_long_leave=self._yes_no("on_long_leave"),
            )
            _check_whole(row)
        except _RowRefused as refusal:
            return self._problem(refusal)
        return row

    def _problem(self, refusal: _RowRefused) -> Problem:
        """Keeps number and name where they can be read: who may be meant does not leave by it."""
        number = read.text(self._cell("staff_number"))
        try:
            name = " ".join(part for part in self._name() if part)
        except _RowRefused:
            name = ""
        number = number if len(number) <= LIMITS["staff_number"] else ""
        return Problem(self.line, refusal.code, refusal.params, number, name)

    def _check_shape(self) -> None:
        if any(read.text(extra) for extra in self.cells[self.heading.width :]):
            raise _RowRefused("too_wide")
        for field in self.heading.positions:
            if wrong := read.excel_error(self._cell(field)):
                raise _RowRefused("excel_error", column=self.heading.words[field], value=wrong)

    def _cell(self, field: str) -> Cell:
        position = self.heading.positions.get(field)
        return None if position is None or position >= len(self.cells) else self.cells[position]

    def _text(self, field: str) -> str:
        value = read.text(self._cell(field))
        if len(value) > LIMITS[field]:
            raise _RowRefused(
                "too_long", column=self.heading.words[field], limit=str(LIMITS[field])
            )
        return value

    def _name(self) -> tuple[str, str, str]:
        if "full_name" in self.heading.positions:
            given_name, infix, family_name = split_name(self._text("full_name"))
            return self._text("given_name") or given_name, self._text("infix") or infix, family_name
        return self._text("given_name"), self._text("infix"), self._text("family_name")

    def _email(self) -> str:
        self._text("email")
        try:
            return read.email(self._cell("email"))
        except CellRefused as error:
            raise _RowRefused("bad_email", value=str(error)) from error

    def _date(self, field: str) -> dt.date | None:
        try:
            return read.date(self._cell(field), self.today)
        except CellRefused as error:
            column = self.heading.words[field]
            raise _RowRefused("bad_date", value=str(error), column=column) from error

    def _yes_no(self, field: str) -> bool:
        try:
            return read.yes_no(self._cell(field))
        except CellRefused as error:
            column = self.heading.words[field]
            raise _RowRefused("bad_yes_no", value=str(error), column=column) from error


def _check_whole(row: Row) -> None:
    if not row.staff_number:
        raise _RowRefused("no_number")
    if not row.family_name:
        raise _RowRefused("no_name")
    if row.hired_on and row.left_on and row.left_on < row.hired_on:
        raise _RowRefused("left_before_hired")


def split_name(name: str) -> tuple[str, str, str]:
    """First name, infix, family name of ``Sanne de Wit`` or ``Wit, Sanne de``."""
    if "," in name:
        family, _comma, rest = name.partition(",")
        words = rest.split()
        infix: list[str] = []
        while len(words) > 1 and words[-1].casefold() in INFIXES:
            infix.insert(0, words.pop())
        return " ".join(words), " ".join(infix), family.strip()
    words = name.split()
    given = [words.pop(0)] if len(words) > 1 else []
    infix = []
    while len(words) > 1 and words[0].casefold() in INFIXES:
        infix.append(words.pop(0))
    return " ".join(given), " ".join(infix), " ".join(words)


def _once_each(rows: list[Row], problems: list[Problem], notes: list[Note]) -> list[Row]:
    """One row per staff number: the same row again is noted, another with its number refused."""
    by_number: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_number[row.staff_number].append(row)
    kept: list[Row] = []
    for same in by_number.values():
        first = same[0]
        other = next((row for row in same if row.values[1:] != first.values[1:]), None)
        if other is None:
            kept.append(first)
            for row in same[1:]:
                notes.append(Note("double", {"line": str(row.line), "first": str(first.line)}))
            continue
        for row in same:
            against = other if row is first else first
            problems.append(
                _refused(row, "conflicting", number=row.staff_number, line=str(against.line))
            )
    return kept


def _one_address_each(rows: list[Row], problems: list[Problem]) -> list[Row]:
    """One person per address: all rows that share one are refused, each naming the other line."""
    by_address: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.email:
            by_address[row.email].append(row)
    shared = {address: same for address, same in by_address.items() if len(same) > 1}
    for address, same in shared.items():
        for row in same:
            against = same[1] if row is same[0] else same[0]
            problems.append(_refused(row, "shared_email", value=address, line=str(against.line)))
    return [row for row in rows if row.email not in shared]


def _refused(row: Row, code: str, **params: str) -> Problem:
    return Problem(row.line, code, params, row.staff_number, row.full_name)
