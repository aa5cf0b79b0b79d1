"""From figures to pictures: what each result's template prints, as plain values.

Bars for answers to choose from, one stacked bar of a hundred per cent where answers have an order
and are few, so that groups can be held side by side; and always the same figures as a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polls.disclosure import Cell, Disclosure, GroupResult, ItemResult, QuestionResult, ThemeCount
from polls.questions.schema import Kind
from polls.questions.validation import parse_date

TONES = {
    2: ("s5", "s1"),
    3: ("s1", "s3", "s5"),
    4: ("s1", "s2", "s4", "s5"),
    5: ("s1", "s2", "s3", "s4", "s5"),
}
"""Of a scale, from its lowest point to its highest, by how many there are."""
PLAIN_TONES = ("n1", "n2", "n3", "n4", "n5")
"""Of answers that are not better or worse than one another."""


@dataclass(frozen=True)
class Bar:
    """One line of ``components/bars.html``."""

    label: str
    percent: float | None
    count: int | None
    figure: str
    note: str = ""


@dataclass(frozen=True)
class Segment:
    """One part of ``components/stack.html``."""

    label: str
    percent: float
    offset: float
    tone: str


@dataclass(frozen=True)
class Stack:
    """A bar of a hundred per cent with its name; no segments where the figures are held back."""

    label: str
    words: str
    segments: tuple[Segment, ...]
    note: str = ""


@dataclass(frozen=True)
class TableRow:
    """One row of figures, as words."""

    label: str
    n: str
    figures: tuple[str, ...]
    extra: str = ""


@dataclass(frozen=True)
class Table:
    """The figures of a picture; ``extra`` heads a last column (mean, points) where there is one."""

    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    extra: str = ""


@dataclass(frozen=True)
class Picture:
    """One question's result, ready to be printed."""

    question: QuestionResult
    number: int
    answered: str
    summary: str = ""
    note: str = ""
    bars: tuple[Bar, ...] = ()
    stacks: tuple[Stack, ...] = ()
    table: Table | None = None
    by_group: tuple[Stack, ...] = ()
    group_tables: tuple[tuple[str, Table], ...] = ()
    texts: Sequence[dict[str, Any]] = ()
    """Open answers as they were released: text, group, may_quote, themes."""
    themes: tuple[ThemeCount, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Nothing can be shown: too few answered."""
        return self.question.is_hidden

    @property
    def is_table_only(self) -> bool:
        """The table is all there is, so it stands open."""
        return not self.bars and not self.stacks


def pictures(disclosure: Disclosure) -> list[Picture]:
    """Every question's result, in order."""
    return [
        _picture(question, number, disclosure)
        for number, question in enumerate(disclosure.questions, start=1)
    ]


def _picture(question: QuestionResult, number: int, disclosure: Disclosure) -> Picture:
    kind = Kind(question.kind)
    answered = _answered(question.n)
    if question.is_hidden:
        return Picture(question, number, answered)
    themes = disclosure.themes_of(question.code)
    if kind in (Kind.SHORT_TEXT, Kind.LONG_TEXT):
        return Picture(question, number, answered, note=_texts(question.open_count), themes=themes)
    cells = question.cells
    few = len(cells) in TONES
    stacked = few and kind in (Kind.SCALE, Kind.YES_NO, Kind.MATRIX)
    named = len(question.items) > 1
    stacks: tuple[Stack, ...] = ()
    if stacked:
        stacks = tuple(_stack(item.text if named else "", item, kind) for item in question.items)
    return Picture(
        question,
        number,
        answered,
        summary=_summary(question),
        note=_note(question, kind),
        bars=() if stacked or kind is Kind.MATRIX else tuple(_bar(cell, kind) for cell in cells),
        stacks=stacks,
        table=_table(question, kind),
        by_group=_group_stacks(question) if few else (),
        group_tables=_group_tables(question, disclosure),
        themes=themes,
    )


def _answered(n: int | None) -> str:
    if n is None:
        return _("Answered by too few to show.")
    return ngettext("%(n)d answer", "%(n)d answers", n) % {"n": n}


def _texts(count: int) -> str:
    if not count:
        return _("Nobody wrote anything here.")
    return ngettext(
        "%(n)d colleague wrote something.", "%(n)d colleagues wrote something.", count
    ) % {"n": count}


def _summary(question: QuestionResult) -> str:
    first = question.first
    if first.mean is None or len(question.items) > 1:
        return ""
    unit = f" {question.unit}" if question.unit else ""
    words = _("On average %(mean)s%(unit)s") % {"mean": number_format(first.mean, 1), "unit": unit}
    if question.kind == Kind.NUMBER and first.median is not None:
        middle = number_format(first.median, 0 if float(first.median).is_integer() else 1)
        words += "; " + _("half answered %(median)s%(unit)s or less") % {
            "median": middle,
            "unit": unit,
        }
    return words + "."


def _note(question: QuestionResult, kind: Kind) -> str:
    notes = []
    if kind is Kind.MULTIPLE:
        notes.append(
            _(
                "Percentages of those who answered this question; several answers were possible, so"
                " together they come to more than 100%."
            )
        )
    if kind is Kind.RANKING:
        notes.append(
            _(
                "Points: the last place gives 0, each place above it one more. In brackets how"
                " often an answer came first."
            )
        )
    if kind is Kind.SCALE and (question.low_label or question.high_label):
        notes.append(
            _("%(low)s to %(high)s.") % {"low": question.low_label, "high": question.high_label}
        )
    if question.open_count and kind not in (Kind.SHORT_TEXT, Kind.LONG_TEXT):
        notes.append(_texts(question.open_count))
    return " ".join(notes)


def cell_in_words(cell: Cell) -> str:
    """The share of an answer as it may be told: 38%, more than 95%, or not shown."""
    if cell.is_hidden:
        return _("not shown")
    if cell.bound_percentage is not None:
        if cell.bound_is_over:
            return _("more than %(n)d%%") % {"n": cell.bound_percentage}
        return _("less than %(n)d%%") % {"n": cell.bound_percentage}
    return f"{round(cell.percentage or 0)}%"


def _label(cell: Cell, kind: Kind) -> str:
    if kind is Kind.DATE:
        day = parse_date(cell.label)
        month = parse_date(f"{cell.label}-01")
        return date_format(day) if day else date_format(month, "F Y") if month else cell.label
    return cell.label


def _bar(cell: Cell, kind: Kind) -> Bar:
    label = _label(cell, kind)
    if cell.is_hidden:
        return Bar(label, None, None, "", _("not shown"))
    if kind is Kind.RANKING:
        top = max(len(cell.places) - 1, 1)
        points = _("%(points)s points") % {"points": _points(cell)}
        return Bar(label, 100 * (cell.score or 0) / top, cell.count, points)
    percent = cell.percentage
    if percent is None and cell.bound_percentage is not None:
        percent = float(cell.bound_percentage)
    return Bar(label, percent, cell.count, cell_in_words(cell) if cell.bound else "")


def _points(cell: Cell) -> str:
    return number_format(cell.score or 0, 1)


def _stack(label: str, result: ItemResult | GroupResult, kind: Kind) -> Stack:
    words = "" if result.n is None else _answered(result.n)
    if result.is_hidden:
        return Stack(label, "", (), _("not shown, because other figures would follow from it"))
    if any(cell.percentage is None for cell in result.cells):
        told = [
            f"{cell.label}: {cell_in_words(cell)}" for cell in result.cells if cell.bound_is_over
        ]
        return Stack(label, words, (), "; ".join(told) or _("nearly everyone answered the same"))
    return Stack(label, words, tuple(_segments(result.cells, kind)))


def _segments(cells: tuple[Cell, ...], kind: Kind) -> list[Segment]:
    tones = TONES[len(cells)] if kind is Kind.SCALE else PLAIN_TONES
    total = sum(cell.percentage or 0 for cell in cells) or 1
    segments, offset = [], 0.0
    for cell, tone in zip(cells, tones, strict=False):
        width = 100 * (cell.percentage or 0) / total
        segments.append(Segment(_label(cell, kind), width, offset, tone))
        offset += width
    return segments


def _group_stacks(question: QuestionResult) -> tuple[Stack, ...]:
    if len(question.items) != 1 or question.kind in (Kind.MULTIPLE, Kind.RANKING):
        return ()
    return tuple(_stack(group.label, group, Kind(question.kind)) for group in question.groups)


def _table(question: QuestionResult, kind: Kind) -> Table:
    if kind is Kind.MATRIX:
        return _rows_by_cells(question.items, [item.text for item in question.items], kind, "")
    cells = question.cells
    if kind is Kind.RANKING:
        places = tuple(str(n) for n in range(1, len(cells[0].places) + 1)) if cells else ()
        rows = tuple(
            TableRow(
                cell.label, "", tuple(map(str, cell.places)), number_format(cell.score or 0, 1)
            )
            for cell in cells
        )
        return Table(places, rows, _("Points"))
    rows = tuple(
        TableRow(
            _label(cell, kind),
            "",
            ("–" if cell.count is None else str(cell.count), cell_in_words(cell)),
        )
        for cell in cells
    )
    return Table((_("Number"), _("Share")), rows)


def _rows_by_cells(
    results: tuple[ItemResult, ...] | tuple[GroupResult, ...],
    labels: list[str],
    kind: Kind,
    extra: str,
) -> Table:
    shown = next((result for result in results if result.cells), None)
    headings = tuple(_label(cell, kind) for cell in shown.cells) if shown else ()
    rows = []
    for at, label in enumerate(labels):
        result = results[at]
        if result.is_hidden:
            rows.append(TableRow(label, "–", tuple(_("not shown") for _h in headings), "–"))
            continue
        mean = "–" if result.mean is None else number_format(result.mean, 1)
        by_code = {_label(cell, kind): cell_in_words(cell) for cell in result.cells}
        figures = tuple(by_code.get(heading, "0%") for heading in headings)
        rows.append(TableRow(label, str(result.n), figures, mean))
    return Table(headings, tuple(rows), extra)


def _group_tables(
    question: QuestionResult, disclosure: Disclosure
) -> tuple[tuple[str, Table], ...]:
    if not disclosure.by:
        return ()
    kind = Kind(question.kind)
    extra = _("Mean") if kind in (Kind.SCALE, Kind.NUMBER) else ""
    return tuple(
        (
            item.text if len(question.items) > 1 else "",
            _rows_by_cells(item.groups, [group.label for group in item.groups], kind, extra),
        )
        for item in question.items
        if item.groups
    )
