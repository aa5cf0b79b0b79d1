"""The attacker who subtracts, on opinion groups: what is stored tells no small or unanimous one."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polls.protection import Thresholds, protect
from polls.questions.schema import Schema, Section
from polls.statements.grouping import Votes, find_groups
from polls.statements.shapes import OPINION
from polls.statements.voting import question_of
from polls.tally import ANSWERED, Counts, count, marks_of
from tests.polls.rounds import conversation
from tests.polls.test_disclosure_differencing import Published, _cells, _count, published

LEAST = 10


@st.composite
def rounds(draw: st.DrawFn) -> tuple[list[Votes], list[str]]:
    """Votes and statements: camps of 5 to 40, from loyal to loose, who vote on much or little."""
    sizes = tuple(draw(st.lists(st.integers(5, 40), min_size=1, max_size=4)))
    ballots, codes, _camps = conversation(
        sizes,
        draw(st.integers(3, 14)),
        seed=draw(st.integers(0, 10_000)),
        answered=draw(st.sampled_from([0.3, 0.6, 1.0])),
        loyal=draw(st.sampled_from([0.7, 0.95, 1.0])),
    )
    Random(draw(st.integers(0, 99))).shuffle(ballots)
    return ballots, codes


def counted(ballots: list[Votes], codes: list[str]) -> tuple[Schema, Counts, list[str]]:
    """What the closing counts of a round, and the opinion group of each ballot."""
    schema = Schema("x", (Section("", tuple(question_of(c, c, "nl") for c in codes)),))
    counts = count(schema, [(dict(each), "") for each in ballots], by_group=False)
    labels = find_groups(ballots, codes, LEAST).labels
    if any(labels):
        for label, each in zip(labels, ballots, strict=True):
            counts.by[OPINION][label].update(marks_of(schema, dict(each)))
    return schema, counts, labels


@pytest.mark.long
@given(rounds())
@settings(max_examples=60, deadline=None)
def test_subtraction_finds_no_small_opinion_group(round_: tuple[list[Votes], list[str]]) -> None:
    schema, counts, labels = counted(*round_)
    rows = protect(schema, counts, Thresholds(5, LEAST))
    assert all(size >= LEAST for label, size in Counter(labels).items() if label)
    for _attribute, _item, table in published(rows):
        whole = table.whole[ANSWERED].count
        assert whole is not None
        sizes = {group: table.size(group) for group in table.groups}
        told = sum(size for size in sizes.values() if size is not None)
        assert all(size >= LEAST for size in sizes.values() if size is not None)
        hidden = [group for group, size in sizes.items() if size is None]
        assert (whole - told >= LEAST * len(hidden)) if hidden else whole == told


@given(rounds())
@settings(max_examples=60, deadline=None)
@pytest.mark.long
def test_subtraction_finds_no_unanimous_opinion_group(
    round_: tuple[list[Votes], list[str]],
) -> None:
    schema, counts, _labels = counted(*round_)
    rows = protect(schema, counts, Thresholds(5, LEAST))
    for attribute, item, table in published(rows):
        for cell in _cells(counts, item):
            untold = table.untold(cell)
            assert len(untold) != 1, (attribute, item, cell)
            for group in set(table.groups) - untold:
                size = table.size(group)
                if size is not None:
                    assert _count(table, group, cell) < size
        assert isinstance(table, Published)
