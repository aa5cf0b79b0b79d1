"""Disclosure control: what may be kept and shown of what was counted.

Pure: no database. Applied once, at closing, before anything is stored, so that screens, exports,
letters and a dump of the database all hold the same, and nothing more. docs/urn.md gives the rules
with their reasons; the differencing test plays the attacker who subtracts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polls.questions.conditions import tests_in
from polls.questions.schema import TEXT_KINDS, Kind, Question, Schema
from polls.tally import ANSWERED, WHOLE, Counts, Mark, items_of

REST = "~"
"""The label of groups taken together. No unit, choice or shift is called so."""
HIDDEN = "hidden"
NEARLY_ALL = 95


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the tally: a count, or (count None) the bound that is all there is."""

    attribute: str
    group: str
    item: str
    cell: str
    count: int | None
    bound: str = ""


@dataclass(frozen=True)
class Thresholds:
    """From how many ballots there is any result, and from how many a group is shown apart."""

    total: int
    group: int


def protect(
    schema: Schema, counts: Counts, thresholds: Thresholds, *, everyone_answered: bool = False
) -> list[Row]:
    """What may be stored of ``counts``; nothing at all below the total threshold.

    ``everyone_answered``: the whole electorate took part, so that a unanimous whole would name
    everyone in it just as a unanimous group does.
    """
    if counts.ballots < thresholds.total:
        return []
    rows: list[Row] = []
    bounded_items = set()
    for question in schema:
        for item in items_of(question):
            cells = cells_of(counts.whole, item)
            found = _whole_item(question, item, cells, thresholds, everyone_answered)
            if any(row.bound for row in found):
                bounded_items.add(item)
            rows += found
    for attribute in counts.by:
        if attribute != WHOLE:
            rows += _broken_down(schema, counts, attribute, thresholds, bounded_items)
    return rows


def fold(sizes: Mapping[str, int], threshold: int, forced: Iterable[str] = ()) -> dict[str, str]:
    """Which label each group is shown under: its own, or ``REST``.

    Groups below ``threshold``, those in ``forced`` and those without a label go together into the
    rest; while the rest itself is below the threshold, the next-smallest group joins it, since a
    small rest would be found by subtracting the groups shown from the total.
    """
    together = {label for label, size in sizes.items() if size < threshold}
    together |= {label for label in sizes if label in set(forced) or label in ("", REST)}
    others = sorted(set(sizes) - together, key=lambda label: (sizes[label], label))
    while 0 < sum(sizes[label] for label in together) < threshold and others:
        together.add(others.pop(0))
    return {label: REST if label in together else label for label in sizes}


def cells_of(marks: Counter[Mark], item: str) -> Counter[str]:
    """How often each cell of ``item`` was marked."""
    return Counter({cell: n for (of, cell), n in marks.items() if of == item})


def depends_on(schema: Schema) -> dict[str, set[str]]:
    """For each question the earlier ones that decide whether it is shown, directly or through
    others: how many answered it says what was answered there."""
    found: dict[str, set[str]] = {}
    for at, section in enumerate(schema.sections):
        conditions = [section.show_if]
        for before, earlier in enumerate(schema.sections[:at]):
            conditions += [jump.when for jump in earlier.jumps if before < at < jump.to]
        for question in section.questions:
            direct = {
                test.question.partition(".")[0]
                for condition in (*conditions, question.show_if)
                for test in tests_in(condition)
            }
            found[question.code] = direct.union(*(found.get(code, set()) for code in direct))
    return found


def bound_for(n: int) -> int:
    """The round percentage that more than all but one of ``n`` exceed: "over 95 %" where it can,
    so that the bound leaves open whether it was everyone."""
    return next((bound for bound in (NEARLY_ALL, 90, 80, 75) if (n - 1) * 100 > bound * n), 50)


def nearly_all(count: int, n: int) -> bool:
    """Whether ``count`` of ``n`` is so close to all that the exact figure would name everyone."""
    return count >= n - 1 or count * 100 > NEARLY_ALL * n


def _whole_item(
    question: Question,
    item: str,
    cells: Counter[str],
    thresholds: Thresholds,
    everyone_answered: bool,
) -> list[Row]:
    n = cells[ANSWERED]
    if n < thresholds.total:
        return [Row(WHOLE, "", item, ANSWERED, None, HIDDEN)] if n else []
    if everyone_answered and question.kind not in TEXT_KINDS:
        bound = _bounded_cells(question, cells)
        if bound:
            return _bounded_rows(WHOLE, "", item, cells, question)
    return [Row(WHOLE, "", item, cell, count) for cell, count in cells.items()]


def _broken_down(
    schema: Schema,
    counts: Counts,
    attribute: str,
    thresholds: Thresholds,
    bounded_items: set[str],
) -> list[Row]:
    groups = counts.by[attribute]
    dependencies = depends_on(schema)
    blurred: dict[str, set[str]] = {}
    rows: list[Row] = []
    for question in schema:
        forced = set().union(*(blurred.get(code, set()) for code in dependencies[question.code]))
        blurred[question.code] = set(forced)
        if question.kind in TEXT_KINDS or question.code == attribute:
            continue
        for item in items_of(question):
            if item in bounded_items:
                blurred[question.code] |= set(groups)
                continue
            by_label = {label: cells_of(marks, item) for label, marks in groups.items()}
            found, hidden = _item_by_group(
                question, attribute, item, by_label, thresholds.group, forced
            )
            rows += found
            blurred[question.code] |= hidden
    return rows


def _item_by_group(
    question: Question,
    attribute: str,
    item: str,
    by_label: dict[str, Counter[str]],
    threshold: int,
    forced: set[str],
) -> tuple[list[Row], set[str]]:
    """The rows of one item, and the labels whose exact figures they do not give."""
    shown_as = fold({label: c[ANSWERED] for label, c in by_label.items()}, threshold, forced)
    merged: dict[str, Counter[str]] = {}
    for label, cells in by_label.items():
        merged.setdefault(shown_as[label], Counter()).update(cells)
    merged = {label: cells for label, cells in merged.items() if cells[ANSWERED]}
    blurred = {label for label, shown in shown_as.items() if shown == REST}
    # One group is the whole again, and a rest alone says nothing.
    if len(merged) < 2 or any(cells[ANSWERED] < threshold for cells in merged.values()):
        return [], set(by_label)
    if question.kind is Kind.MULTIPLE:
        return _each_cell(question, attribute, item, merged), blurred
    bounded = {label for label, cells in merged.items() if _bounded_cells(question, cells)}
    if not bounded:
        return [
            Row(attribute, label, item, cell, count)
            for label, cells in merged.items()
            for cell, count in cells.items()
        ], blurred
    partner = _partner(merged, bounded)
    if partner is None:
        return [], set(by_label)
    rows = []
    for label, cells in merged.items():
        if label in bounded:
            rows += _bounded_rows(attribute, label, item, cells, question)
        elif label == partner:
            rows.append(Row(attribute, label, item, ANSWERED, None, HIDDEN))
        else:
            rows += [Row(attribute, label, item, cell, count) for cell, count in cells.items()]
    return rows, blurred | bounded | {partner}


def _each_cell(
    question: Question, attribute: str, item: str, merged: dict[str, Counter[str]]
) -> list[Row]:
    """Several choices: each choice is a yes or no of its own, with its own bounds and partner."""
    rows = [
        Row(attribute, label, item, ANSWERED, cells[ANSWERED]) for label, cells in merged.items()
    ]
    for choice in question.choices:
        bounds = {
            label: _bound_of_choice(cells[choice.code], cells[ANSWERED])
            for label, cells in merged.items()
        }
        bounded = {label for label, bound in bounds.items() if bound}
        partner = _partner(merged, bounded) if bounded else None
        for label, cells in merged.items():
            if bounded and partner is None:
                rows.append(Row(attribute, label, item, choice.code, None, HIDDEN))
            elif label in bounded:
                rows.append(Row(attribute, label, item, choice.code, None, bounds[label]))
            elif label == partner:
                rows.append(Row(attribute, label, item, choice.code, None, HIDDEN))
            else:
                rows.append(Row(attribute, label, item, choice.code, cells[choice.code]))
    return rows


def _bound_of_choice(count: int, n: int) -> str:
    if nearly_all(count, n):
        return f"over{bound_for(n)}"
    return f"under{100 - bound_for(n)}" if nearly_all(n - count, n) else ""


def _bounded_cells(question: Question, cells: Counter[str]) -> list[str]:
    n = cells[ANSWERED]
    return [cell for cell, count in cells.items() if cell != ANSWERED and nearly_all(count, n)]


def _bounded_rows(
    attribute: str, label: str, item: str, cells: Counter[str], question: Question
) -> list[Row]:
    n = cells[ANSWERED]
    bound = bound_for(n)
    rows = [Row(attribute, label, item, ANSWERED, n)]
    if question.kind is Kind.MULTIPLE:
        for cell, count in cells.items():
            if cell != ANSWERED:
                told = _bound_of_choice(count, n)
                rows.append(Row(attribute, label, item, cell, None if told else count, told))
        return rows
    return rows + [
        Row(attribute, label, item, cell, None, f"over{bound}")
        for cell in _bounded_cells(question, cells)
    ]


def _partner(merged: Mapping[str, Counter[str]], bounded: set[str]) -> str | None:
    """The smallest group that is not bounded: its figures are hidden too, because else those of a
    bounded group would be the total less all others."""
    free = [label for label in merged if label not in bounded]
    return min(free, key=lambda label: (merged[label][ANSWERED], label), default=None)
