"""Results as a file: CSV, XLSX or JSON, from what ``polls.disclosure`` allows and nothing else.

One row a figure, the codebook beside it (the wording of every question and answer). Cells that a
spreadsheet would run as a formula are made harmless.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from people.roster.sheets import harmless
from polls.disclosure import Cell, Disclosure, ItemResult, QuestionResult, ThemeCount
from polls.disclosure.comparing import Comparison
from polls.statements.shapes import Opinions

Value = str | int | float | None
HEAD = (
    "by",
    "group",
    "item",
    "question",
    "answer",
    "label",
    "count",
    "share",
    "bound",
    "n",
    "mean",
)
TREND_HEAD = (
    "trend",
    "item",
    "question",
    "answer",
    "label",
    "measure",
    "then",
    "then_bound",
    "now",
    "now_bound",
    "difference",
    "verdict",
)
WIDTHS = (14, 20, 10, 45, 10, 32, 10, 12, 18, 10, 12)
"""Of the columns of ``HEAD`` in the workbook."""
MARK = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""


def heads() -> list[str]:
    """``HEAD`` in words, for who opens the workbook; files for programs keep the codes."""
    return [
        _("Broken down by"),
        _("Group"),
        _("Code"),
        _("Question"),
        _("Answer code"),
        _("Answer in words"),
        _("Number"),
        _("Percentage"),
        _("Shown as"),
        _("Answered this"),
        _("Mean"),
    ]


def method_in_words() -> dict[str, str]:
    """The lines on method at the head of the codebook, for who opens the workbook."""
    return {
        "method": _("Method"),
        "period": _("Period"),
        "invited": _("Invited"),
        "took_part": _("Took part"),
        "counted": _("Counted"),
        "group_threshold": _("Smallest group that is shown"),
    }


def bound_in_words(bound: str) -> str:
    """What stands where no figure is told."""
    digits = "".join(filter(str.isdigit, bound))
    words = {
        "hidden": _("not shown"),
        "over": _("more than %(n)s%%"),
        "under": _("less than %(n)s%%"),
        "fewer": _("fewer than %(n)s"),
    }
    return words.get(bound.removesuffix(digits), bound) % {"n": digits} if bound else ""


def figures(tables: Iterable[Disclosure]) -> Iterator[tuple[Value, ...]]:
    """Every figure of the whole and of each breakdown, one a row, in the order of ``HEAD``.

    ``share`` is of those who answered the item; empty with a ``bound`` where only that is told.
    """
    for table in tables:
        for question in table.questions:
            for item in question.items:
                if table.by:
                    for group in item.groups:
                        if group.is_hidden:
                            yield (
                                (table.by, group.label, item.code, item.text)
                                + (None,) * 4
                                + (
                                    "hidden",
                                    None,
                                    None,
                                )
                            )
                        for cell in group.cells:
                            yield _row(table.by, group.label, item, cell, group.n, group.mean)
                else:
                    for cell in item.cells:
                        yield _row("", "", item, cell, item.n, item.mean)
            if not table.by:
                for theme in table.themes_of(question.code):
                    yield _theme_row(question, theme)


def codebook(whole: Disclosure) -> Iterator[tuple[str, str, str]]:
    """What the codes stand for: kind, code, wording; first how many were asked and answered."""
    yield "method", "period", whole.wave
    yield "method", "invited", str(whole.invited)
    yield "method", "took_part", str(whole.took_part)
    yield "method", "counted", str(whole.counted)
    yield "method", "group_threshold", str(whole.group_threshold)
    for question in whole.questions:
        yield question.kind, question.code, question.text
        for item in question.items:
            if item.code != question.code:
                yield "row", item.code, item.text
        for cell in question.cells:
            yield "answer", f"{question.code}={cell.code}", cell.label
    if whole.opinions is not None:
        yield from _opinions(whole.opinions)


def _opinions(found: Opinions) -> Iterator[tuple[str, str, str]]:
    """Of a round of statements: groups with their size, and statements with the side taken."""
    for group in found.groups:
        yield "opinion_group", group.code, str(group.size)
        for each in group.stands_for:
            yield "stands_for", group.code, f"{each.code}={each.side}"
    for place, each in enumerate(found.consensus, start=1):
        yield "consensus", str(place), f"{each.code}={each.side}"
    for place, code in enumerate(found.division, start=1):
        yield "division", str(place), code


def trend(comparison: Comparison | None) -> Iterator[tuple[Value, ...]]:
    """The figures beside those of an earlier time, one a row, its head first; nothing for none."""
    if comparison is None:
        return
    yield TREND_HEAD
    for question in comparison.questions:
        for item in question.items:
            for line in item.lines:
                told = (line.then, line.then_bound, line.now, line.now_bound, line.difference)
                yield (
                    comparison.then.wave,
                    item.code,
                    item.text or question.text,
                    line.code,
                    line.label,
                    line.measure,
                    *(round(each, 4) if isinstance(each, float) else each for each in told),
                    line.verdict,
                )


def as_csv(tables: list[Disclosure], compared: Comparison | None = None) -> Iterator[str]:
    """Lines of CSV with ``;`` between cells, as Dutch spreadsheets open it, the codebook below."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")

    def written(cells: Iterable[Value]) -> str:
        writer.writerow([_decimal(_safe(cell)) for cell in cells])
        text = line.getvalue()
        line.seek(0)
        line.truncate()
        return text

    yield MARK + written(HEAD)
    for row in figures(tables):
        yield written(row)
    yield written(())
    for entry in codebook(tables[0]):
        yield written(entry)
    for at, row in enumerate(trend(compared)):
        if not at:
            yield written(())
        yield written(row)


def as_xlsx(tables: list[Disclosure], compared: Comparison | None = None) -> bytes:
    """A workbook: a sheet of figures, one with the codebook, and one with then and now."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    percent = book.add_format({"num_format": "0%"})
    sheet = book.add_worksheet(_("Results"))
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(WIDTHS):
        shown = HEAD[column]
        sheet.set_column(column, column, width, percent if shown == "share" else None)
    sheet.write_row(0, 0, heads(), bold)
    properties = {each.code: each.label for each in tables[0].breakdowns}
    number = 0
    for number, row in enumerate(figures(tables), start=1):
        by, *rest, bound, n, mean = (_safe(cell) for cell in row)
        told = (properties.get(str(by), by), *rest, bound_in_words(str(bound or "")), n, mean)
        sheet.write_row(number, 0, told)
    sheet.autofilter(0, 0, number, len(HEAD) - 1)
    words = book.add_worksheet(_("Codebook"))
    words.set_column(0, 1, 18)
    words.set_column(2, 2, 70)
    method = method_in_words()
    for number, (kind, code, text) in enumerate(codebook(tables[0])):
        entry = (method["method"], method[code], text) if kind == "method" else (kind, code, text)
        words.write_row(number, 0, [_safe(cell) for cell in entry])
    if compared is not None:
        beside = book.add_worksheet(_("Then and now"))
        for number, row in enumerate(trend(compared)):
            beside.write_row(number, 0, [_safe(cell) for cell in row])
    book.close()
    return target.getvalue()


def as_json(tables: list[Disclosure], compared: Comparison | None = None) -> str:
    """All tables by their property ("" for the whole), with their wording in them; then and now
    under ``then-now``, which is the code of no question."""
    found: dict[str, Any] = {table.by: table.to_json() for table in tables}
    if compared is not None:
        head, *rows = trend(compared)
        found["then-now"] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=1)


def _row(
    by: str, group: str, item: ItemResult, cell: Cell, n: int | None, mean: float | None
) -> tuple[Value, ...]:
    share = None if cell.share is None else round(cell.share, 4)
    middle = None if mean is None else round(mean, 4)
    told = (cell.code, cell.label, cell.count, share, cell.bound)
    return (by, group, item.code, item.text, *told, n, middle)


def _theme_row(question: QuestionResult, theme: ThemeCount) -> tuple[Value, ...]:
    """A theme as an answer of its own item, with shares of the texts that were written."""
    share = None if theme.percentage is None else round(theme.percentage / 100, 4)
    told = (theme.name, theme.count, share, theme.bound)
    return (
        "",
        "",
        f"{theme.question}.theme",
        question.text,
        theme.key[:8],
        *told,
        theme.texts,
        None,
    )


def _decimal(cell: Value) -> Value:
    """With a comma: where cells are parted by ";", a spreadsheet takes 2.5 for a date."""
    return str(cell).replace(".", ",") if isinstance(cell, float) else cell


def _safe(cell: Value) -> Value:
    return harmless(cell) if isinstance(cell, str) else cell
