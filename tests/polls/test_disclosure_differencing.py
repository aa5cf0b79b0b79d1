"""The attacker who subtracts: no table tells more about a group than it shows.

Played on random ballots, on everything that is stored (and so on everything that can be shown).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polls.protection import HIDDEN, REST, Row, Thresholds, fold, protect
from polls.questions.conditions import Op, Test
from polls.questions.schema import Answers, Choice, Kind, Question, Schema, Section
from polls.tally import ANSWERED, GROUP, WHOLE, Counts, cell_of, count

CHOICES = tuple(Choice(f"c{number}", f"Antwoord {number}") for number in (1, 2, 3))
BANDS = tuple(Choice(f"b{number}", f"Leeftijd {number}") for number in (1, 2, 3))
ROWS = (Choice("r1", "Rij 1"), Choice("r2", "Rij 2"))
SCHEMA = Schema(
    "Roosters",
    (
        Section(
            "",
            (
                Question("one", Kind.SINGLE, "?", choices=CHOICES),
                Question("many", Kind.MULTIPLE, "?", choices=CHOICES),
                Question("grid", Kind.MATRIX, "?", choices=CHOICES, rows=ROWS),
                Question("yes", Kind.YES_NO, "?", show_if=Test("one", Op.IS, "c1")),
                Question("hours", Kind.NUMBER, "?"),
                Question("age", Kind.SINGLE, "?", choices=BANDS, is_background=True),
            ),
        ),
    ),
)
THRESHOLDS = Thresholds(total=5, group=10)
Ballot = tuple[Answers, str]


@st.composite
def electorates(draw: st.DrawFn) -> list[Ballot]:
    """Units of 0 to 30 ballots, each with its own bent, from all alike to all different."""
    ballots: list[Ballot] = []
    units = draw(st.integers(1, 7))
    seed = draw(st.integers(0, 2**32))
    luck = Random(seed)
    agreement = draw(st.sampled_from([0.5, 0.9, 1.0]))
    for unit in range(units):
        size = draw(st.integers(0, 30))
        bent = luck.choice(CHOICES).code
        for _number in range(size):
            alike = luck.random() < agreement
            ballots.append(
                (_answers(luck, bent if alike else luck.choice(CHOICES).code), f"u{unit}")
            )
    for _number in range(draw(st.integers(0, 12))):
        ballots.append((_answers(luck, luck.choice(CHOICES).code), ""))
    return ballots


def _answers(luck: Random, choice: str) -> Answers:
    answers: Answers = {}
    if luck.random() < 0.97:
        answers["one"] = choice
    if choice == "c1" and "one" in answers:
        answers["yes"] = "yes" if luck.random() < 0.9 else "no"
    if luck.random() < 0.9:
        answers["many"] = sorted({choice, luck.choice(CHOICES).code})
    grid = {"r1": choice}
    if luck.random() < 0.5:
        grid["r2"] = luck.choice(CHOICES).code
    answers["grid"] = grid
    answers["hours"] = luck.choice([24, 32, 36]) if choice == "c1" else 36
    if luck.random() < 0.9:
        answers["age"] = luck.choice(BANDS).code
    return answers


class Published:
    """What the attacker has of one item by one attribute: the whole and every group's row."""

    def __init__(self, rows: list[Row], attribute: str, item: str) -> None:
        self.whole = {r.cell: r for r in rows if r.attribute == WHOLE and r.item == item}
        self.groups: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in rows:
            if row.attribute == attribute and row.item == item:
                self.groups[row.group][row.cell] = row

    def size(self, group: str) -> int | None:
        return self.groups[group][ANSWERED].count

    def untold(self, cell: str) -> set[str]:
        """The groups whose figure for ``cell`` is not given exactly."""
        untold = set()
        for group, cells in self.groups.items():
            bounded = any(row.bound for row in cells.values() if row.cell != ANSWERED)
            told = cells.get(cell)
            if (
                cells[ANSWERED].bound == HIDDEN
                or (told and told.bound)
                or (told is None and bounded)
            ):
                untold.add(group)
        return untold


def published(rows: list[Row]) -> list[tuple[str, str, Published]]:
    names = {(row.attribute, row.item) for row in rows if row.attribute != WHOLE}
    return [
        (attribute, item, Published(rows, attribute, item)) for attribute, item in sorted(names)
    ]


@pytest.mark.long
@given(electorates())
@settings(max_examples=250, deadline=None)
def test_no_group_below_the_threshold_is_shown_or_left_over(ballots: list[Ballot]) -> None:
    rows = protect(SCHEMA, count(SCHEMA, ballots, by_group=True), THRESHOLDS)
    if len(ballots) < THRESHOLDS.total:
        assert rows == []
    for attribute, item, table in published(rows):
        whole = table.whole[ANSWERED].count
        assert whole is not None
        sizes = {group: table.size(group) for group in table.groups}
        told = sum(size for size in sizes.values() if size is not None)
        assert all(size >= THRESHOLDS.group for size in sizes.values() if size is not None)
        # What is left after subtracting is nobody, or the hidden groups.
        hidden = [group for group, size in sizes.items() if size is None]
        assert (whole - told >= THRESHOLDS.group * len(hidden)) if hidden else whole == told
        assert "" not in table.groups
        assert attribute != item


@given(electorates())
@settings(max_examples=250, deadline=None)
@pytest.mark.long
def test_subtraction_never_gives_the_figure_of_a_group_that_answered_alike(
    ballots: list[Ballot],
) -> None:
    counts = count(SCHEMA, ballots, by_group=True)
    rows = protect(SCHEMA, counts, THRESHOLDS)
    for attribute, item, table in published(rows):
        for cell in _cells(counts, item):
            untold = table.untold(cell)
            assert len(untold) != 1, (attribute, item, cell, "one unknown is no unknown")
            bounded = [g for g in untold if (row := table.groups[g].get(cell)) and row.bound]
            if not bounded or any(table.groups[g][cell].bound == HIDDEN for g in bounded):
                continue
            told = [g for g in table.groups if g not in untold]
            left = (table.whole[cell].count or 0) - sum(_count(table, g, cell) for g in told)
            people = (table.whole[ANSWERED].count or 0) - sum(table.size(g) or 0 for g in told)
            for group in bounded:
                if table.groups[group][cell].bound.startswith("over"):
                    assert left < people, (attribute, item, cell, "all of them, so all of this one")
                else:
                    assert left > 0, (attribute, item, cell, "none of them, so none of this one")


@pytest.mark.long
@given(electorates())
@settings(max_examples=250, deadline=None)
def test_exact_figures_are_exact_and_no_unanimous_group_is_among_them(
    ballots: list[Ballot],
) -> None:
    rows = protect(SCHEMA, count(SCHEMA, ballots, by_group=True), THRESHOLDS)
    truth = _recount(ballots)
    by_group: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row.count is not None:
            members = _members(rows, row, ballots)
            if members is not None:
                assert row.count == sum(
                    truth[row.attribute, g, row.item, row.cell] for g in members
                )
            by_group[row.attribute, row.group, row.item][row.cell] = row.count
    for (attribute, _group, _item), cells in by_group.items():
        if attribute != WHOLE:
            n = cells.pop(ANSWERED)
            assert all(0 <= figure < n for figure in cells.values())


@given(electorates())
@settings(max_examples=150, deadline=None)
@pytest.mark.long
def test_a_later_question_does_not_tell_what_an_earlier_one_hides(ballots: list[Ballot]) -> None:
    """``yes`` is asked of those who chose c1, so its n by unit is the unit's count of c1."""
    rows = protect(SCHEMA, count(SCHEMA, ballots, by_group=True), THRESHOLDS)
    for attribute in (GROUP, "age"):
        first = Published(rows, attribute, "one")
        then = Published(rows, attribute, "yes")
        for group in then.groups:
            if group != REST:
                assert group in first.groups
                assert group not in first.untold("c1")


def test_what_is_hidden_does_not_say_which_group_was_unanimous() -> None:
    """G all alike beside H with two otherwise, and G with one otherwise beside H with one: whatever
    is stored in the first case can be what is stored in the second."""

    def tables(g_alike: int, h_alike: int) -> Counter[tuple[Row, ...]]:
        ballots: list[Ballot] = []
        for unit, alike in (("G", g_alike), ("H", h_alike), ("I", 5), ("J", 5)):
            ballots += [({"one": "c1" if at < alike else "c2"}, unit) for at in range(10)]
        counts = count(SCHEMA, ballots, by_group=True)
        drawn = (protect(SCHEMA, counts, THRESHOLDS, chance=Random(seed)) for seed in range(200))
        found = (tuple(row for row in rows if row.attribute == GROUP) for rows in drawn)
        return Counter(tuple(sorted(rows, key=repr)) for rows in found)

    unanimous, not_quite = tables(10, 8), tables(9, 9)
    assert set(unanimous) & set(not_quite)
    hiding_h = [rows for rows in unanimous if any(r.group == "H" and r.bound for r in rows)]
    assert hiding_h
    assert all(rows in not_quite for rows in hiding_h)


@given(st.dictionaries(st.sampled_from(["", "a", "b", "c", "d", "e"]), st.integers(0, 30)))
def test_folding_leaves_no_small_group_and_no_small_rest(sizes: dict[str, int]) -> None:
    shown = fold(sizes, 10)
    sums: Counter[str] = Counter()
    for label, size in sizes.items():
        sums[shown[label]] += size
    assert all(size >= 10 for label, size in sums.items() if label != REST)
    if sum(sizes.values()) >= 10:
        assert sums[REST] == 0 or sums[REST] >= 10
    assert "" not in sums


def _cells(counts: Counts, item: str) -> set[str]:
    return {cell for (of, cell) in counts.whole if of == item and cell != ANSWERED}


def _count(table: Published, group: str, cell: str) -> int:
    row = table.groups[group].get(cell)
    return (row.count or 0) if row else 0


def _recount(ballots: list[Ballot]) -> Counter[tuple[str, str, str, str]]:
    """A naive recount, written apart from ``polls.tally``."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for answers, unit in ballots:
        for attribute, group in ((WHOLE, ""), (GROUP, unit), ("age", str(answers.get("age", "")))):
            for code, answer in answers.items():
                if isinstance(answer, list):
                    found[attribute, group, code, ANSWERED] += 1
                    for choice in answer:
                        found[attribute, group, code, choice] += 1
                elif isinstance(answer, dict):
                    for row, choice in answer.items():
                        found[attribute, group, f"{code}:{row}", ANSWERED] += 1
                        found[attribute, group, f"{code}:{row}", choice] += 1
                else:
                    found[attribute, group, code, ANSWERED] += 1
                    found[attribute, group, code, cell_of(answer)] += 1
    return found


def _members(rows: list[Row], row: Row, ballots: list[Ballot]) -> set[str] | None:
    """Which groups stand behind a row; for the rest all that no row of the item names."""
    if row.attribute == WHOLE:
        return {""}
    if row.group != REST:
        return {row.group}
    named = {r.group for r in rows if (r.attribute, r.item) == (row.attribute, row.item)}
    everyone = {unit for _answers, unit in ballots} | {band.code for band in BANDS} | {""}
    return everyone - named
