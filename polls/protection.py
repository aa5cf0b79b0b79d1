"""Disclosure control: what may be kept and shown of what was counted.

Pure: no database. Applied once, at closing, before anything is stored, so that screens, exports,
letters and a dump of the database all hold the same, and nothing more. docs/urn.md gives the rules
with their reasons; the differencing test plays the attacker who subtracts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from random import Random, SystemRandom

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
    schema: Schema,
    counts: Counts,
    thresholds: Thresholds,
    *,
    everyone_answered: bool = False,
    chance: Random | None = None,
) -> list[Row]:
    """What may be stored of ``counts``; nothing at all below the total threshold.

    ``everyone_answered``: the whole electorate took part, so that a unanimous whole would name
    everyone in it just as a unanimous group does. ``chance`` is the system's unless a test says
    otherwise.
    """
    luck = chance or SystemRandom()
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
            rows += _broken_down(schema, counts, attribute, thresholds.group, bounded_items, luck)
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
    if everyone_answered and question.kind is Kind.MULTIPLE:
        bounds = {choice.code: bound_of(cells[choice.code], n) for choice in question.choices}
        return [Row(WHOLE, "", item, ANSWERED, n)] + [
            Row(WHOLE, "", item, cell, None if bound else cells[cell], bound)
            for cell, bound in bounds.items()
        ]
    if everyone_answered and question.kind not in TEXT_KINDS and nearly_unanimous(cells):
        return _bounded_rows(WHOLE, "", item, cells)
    return _exact_rows(WHOLE, "", item, cells)


def _broken_down(
    schema: Schema,
    counts: Counts,
    attribute: str,
    threshold: int,
    bounded_items: set[str],
    luck: Random,
) -> list[Row]:
    groups = counts.by[attribute]
    dependencies = depends_on(schema)
    blurred: dict[str, set[str]] = {}
    rows: list[Row] = []
    for question in schema:
        # How many of a group came to a later question says what they answered to an earlier one.
        forced = set().union(*(blurred.get(code, set()) for code in dependencies[question.code]))
        blurred[question.code] = set(forced)
        if question.kind in TEXT_KINDS or question.code == attribute:
            continue
        for item in items_of(question):
            by_label = {label: cells_of(marks, item) for label, marks in groups.items()}
            shown_as = fold({k: c[ANSWERED] for k, c in by_label.items()}, threshold, forced)
            merged = _merge(by_label, shown_as)
            found: list[Row] | None = None
            untold: set[str] = set()
            # One group is the whole again.
            if len(merged) > 1 and item not in bounded_items and _all_reach(merged, threshold):
                table = _each_choice if question.kind is Kind.MULTIPLE else _one_of_all
                found, untold = table(Item(attribute, item, question), merged, luck)
            if found is None:
                blurred[question.code] |= set(groups)
                continue
            rows += found
            blurred[question.code] |= {
                label for label, shown in shown_as.items() if shown == REST or shown in untold
            }
    return rows


@dataclass(frozen=True)
class Item:
    """What is broken down, and by what."""

    attribute: str
    item: str
    question: Question


def _merge(
    by_label: Mapping[str, Counter[str]], shown_as: Mapping[str, str]
) -> dict[str, Counter[str]]:
    merged: dict[str, Counter[str]] = {}
    for label, cells in by_label.items():
        merged.setdefault(shown_as[label], Counter()).update(cells)
    return {label: cells for label, cells in merged.items() if cells[ANSWERED]}


def _all_reach(merged: Mapping[str, Counter[str]], threshold: int) -> bool:
    return all(cells[ANSWERED] >= threshold for cells in merged.values())


def _one_of_all(
    of: Item, merged: Mapping[str, Counter[str]], luck: Random
) -> tuple[list[Row] | None, set[str]]:
    """One answer from several: a group's figures are told together or not at all."""
    alike = {label: nearly_unanimous(cells) for label, cells in merged.items()}
    unanimous = {label: cells for label, cells in alike.items() if cells}

    def open_pool(pool: Iterable[str]) -> bool:
        together = Counter[str]()
        for label in pool:
            together.update(merged[label])
        n = together[ANSWERED]
        return all(together[cell] < n for cells in unanimous.values() for cell in cells)

    hidden = _partners(merged, set(unanimous), open_pool, luck)
    if hidden is None:
        return None, set()
    rows: list[Row] = []
    for label, cells in merged.items():
        if label in hidden:
            rows.append(Row(of.attribute, label, of.item, ANSWERED, None, HIDDEN))
        elif label in unanimous:
            rows += _bounded_rows(of.attribute, label, of.item, cells)
        else:
            rows += _exact_rows(of.attribute, label, of.item, cells)
    return rows, hidden | set(unanimous)


def _each_choice(
    of: Item, merged: Mapping[str, Counter[str]], luck: Random
) -> tuple[list[Row] | None, set[str]]:
    """Several answers: each choice is a yes or no of its own, with its own bounds."""
    rows = [
        Row(of.attribute, label, of.item, ANSWERED, cells[ANSWERED])
        for label, cells in merged.items()
    ]
    untold: set[str] = set()
    for choice in of.question.choices:
        found = _one_choice(choice.code, merged, luck)
        for label, cells in merged.items():
            count = cells[choice.code] if not found[label] else None
            rows.append(Row(of.attribute, label, of.item, choice.code, count, found[label]))
        untold |= {label for label, bound in found.items() if bound}
    return rows, untold


def _one_choice(choice: str, merged: Mapping[str, Counter[str]], luck: Random) -> dict[str, str]:
    """The bound, if any, that each group's figure for one of several choices is told as."""
    bounds = {label: bound_of(cells[choice], cells[ANSWERED]) for label, cells in merged.items()}
    unanimous = {label for label, bound in bounds.items() if bound}

    def open_pool(pool: Iterable[str]) -> bool:
        ticked = sum(merged[label][choice] for label in pool)
        n = sum(merged[label][ANSWERED] for label in pool)
        return 0 < ticked < n

    hidden = _partners(merged, unanimous, open_pool, luck)
    if hidden is None:
        return dict.fromkeys(merged, HIDDEN)
    return {label: HIDDEN if label in hidden else bound for label, bound in bounds.items()}


def _partners(
    merged: Mapping[str, Counter[str]],
    unanimous: set[str],
    open_pool: Callable[[Iterable[str]], bool],
    luck: Random,
) -> set[str] | None:
    """Which groups to hide so that those told as a bound do not follow by subtraction.

    Total less the groups shown gives the sum over the bounded and the hidden: that sum must leave
    open where those who answered otherwise are. Drawn by chance and from the bounded ones too,
    because a fixed choice would itself say that the hidden group was not unanimous. None where no
    choice helps: nearly everyone everywhere answered alike, and the whole says so.
    """
    if not unanimous:
        return set()
    labels = sorted(merged)
    luck.shuffle(labels)
    first = next((label for label in labels if {label} != unanimous), None)
    if first is None:
        return None
    hidden = {first}
    for label in labels:
        if open_pool(unanimous | hidden):
            return hidden
        hidden.add(label) if label not in unanimous else None
    return hidden if open_pool(unanimous | hidden) else None


def nearly_unanimous(cells: Mapping[str, int]) -> list[str]:
    """The cells that nearly all of a group gave."""
    n = cells[ANSWERED]
    return [cell for cell, count in cells.items() if cell != ANSWERED and nearly_all(count, n)]


def bound_of(count: int, n: int) -> str:
    """The bound that a figure is told as where nearly all or nearly none are counted, else ""."""
    if nearly_all(count, n):
        return f"over{bound_for(n)}"
    return f"under{100 - bound_for(n)}" if nearly_all(n - count, n) else ""


def _exact_rows(attribute: str, label: str, item: str, cells: Mapping[str, int]) -> list[Row]:
    return [Row(attribute, label, item, cell, count) for cell, count in cells.items()]


def _bounded_rows(attribute: str, label: str, item: str, cells: Mapping[str, int]) -> list[Row]:
    """How many answered, and of what nearly all gave the bound; nothing of the others."""
    n = cells[ANSWERED]
    return [
        Row(attribute, label, item, ANSWERED, n),
        *(
            Row(attribute, label, item, cell, None, f"over{bound_for(n)}")
            for cell in nearly_unanimous(cells)
        ),
    ]
