"""What a group stands for, what nearly everyone agrees on, and on what opinions part. Pure.

The statistics of Polis (Small et al. 2021): a share is counted with one more on either side; a
statement is telling for a group where the group is clear about it (one-proportion z-test against
one half) and clearly more so than everyone else (two-proportion z-test), both at 90 %. Consensus is
group-informed: the product, over the groups, of the share that agrees, so that one group against
it weighs as heavily as a majority for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polls.statements.shapes import AGREE, DISAGREE, Telling

Z90 = 1.2816
"""One-sided, at 90 %."""
MOST_TELLING = 5
MOST_CONSENSUS = 10
MOST_DIVISION = 5
NEARLY_ALL = 2 / 3
"""Of each group at least so many take the side of what nearly everyone agrees on."""
APART = 0.3
"""Shares of two groups so far apart part opinions."""


@dataclass(frozen=True)
class Voted:
    """Votes on one statement by some: how many agree, disagree, and voted at all."""

    agree: int = 0
    disagree: int = 0
    n: int = 0

    def on(self, side: str) -> int:
        """How many took ``side``."""
        return self.agree if side == AGREE else self.disagree

    def share(self, side: str) -> float:
        """Part that took ``side``, drawn to one half where few voted."""
        return (self.on(side) + 1) / (self.n + 2)

    def plus(self, other: Voted) -> Voted:
        """Those and ``other`` together."""
        return Voted(self.agree + other.agree, self.disagree + other.disagree, self.n + other.n)


Table = Mapping[str, Mapping[str, Voted]]
"""group -> statement code -> votes."""


def z_of_share(took: int, n: int) -> float:
    """Is ``took`` of ``n`` more than half? A z-score."""
    took, n = took + 1, n + 1
    return 2 * math.sqrt(n) * (took / n - 0.5)


def z_of_difference(took: int, n: int, others_took: int, others: int) -> float:
    """Is ``took`` of ``n`` more than ``others_took`` of ``others``? A z-score."""
    took, n, others_took, others = took + 1, n + 1, others_took + 1, others + 1
    together = (took + others_took) / (n + others)
    if together >= 1:
        return 0.0
    return (took / n - others_took / others) / math.sqrt(
        together * (1 - together) * (1 / n + 1 / others)
    )


def telling(table: Table, group: str) -> list[Telling]:
    """What ``group`` stands for beside the others, most telling first; at most five."""
    found: list[tuple[float, Telling]] = []
    others = [votes for name, votes in table.items() if name != group]
    for code, inside in table[group].items():
        outside = Voted()
        for votes in others:
            outside = outside.plus(votes.get(code, Voted()))
        for side in (AGREE, DISAGREE):
            clear = z_of_share(inside.on(side), inside.n)
            more = z_of_difference(inside.on(side), inside.n, outside.on(side), outside.n)
            if clear > Z90 and more > Z90:
                ratio = inside.share(side) / outside.share(side)
                found.append((ratio * more * inside.share(side) * clear, Telling(code, side)))
    return _strongest(found, MOST_TELLING)


def consensus_of(table: Table, code: str, side: str) -> float:
    """How far all groups together take ``side``: the product of their shares, 0 to 1."""
    return math.prod(votes.get(code, Voted()).share(side) for votes in table.values())


def consensus(whole: Mapping[str, Voted], table: Table) -> list[Telling]:
    """What nearly everyone agrees on, or rejects together, strongest first; at most ten.

    In each group two thirds take that side, and in the whole clearly more than half. Without groups
    the whole is the only one.
    """
    groups = table or {"": whole}
    found: list[tuple[float, Telling]] = []
    for code, votes in whole.items():
        for side in (AGREE, DISAGREE):
            everywhere = all(
                group.get(code, Voted()).share(side) >= NEARLY_ALL for group in groups.values()
            )
            if everywhere and z_of_share(votes.on(side), votes.n) > Z90:
                found.append((consensus_of(groups, code, side), Telling(code, side)))
    return _strongest(found, MOST_CONSENSUS)


def division(whole: Mapping[str, Voted], table: Table) -> list[str]:
    """On what opinions part most: where two groups lie farthest apart, or, without groups, where
    as many agree as disagree; at most five."""
    found: list[tuple[float, Telling]] = []
    for code, votes in whole.items():
        if table:
            shares = [group.get(code, Voted()).share(AGREE) for group in table.values()]
            if max(shares) - min(shares) >= APART:
                found.append((max(shares) - min(shares), Telling(code, AGREE)))
        elif votes.n:
            split = min(votes.agree, votes.disagree) / votes.n
            if split >= APART:
                found.append((split, Telling(code, AGREE)))
    return [each.code for each in _strongest(found, MOST_DIVISION)]


def pulling(
    pull: Mapping[str, float], most: int = 2
) -> tuple[tuple[Telling, ...], tuple[Telling, ...]]:
    """The statements that lie at either end of one direction of the map: (low, high).

    Agreeing with one that pulls left lies where disagreeing with one that pulls right does, so each
    end is named by what people there agree with where there is such a statement.
    """
    ordered = sorted(pull, key=lambda code: (pull[code], code))
    low = [Telling(code, AGREE) for code in ordered[:most] if pull[code] < 0]
    high = [Telling(code, AGREE) for code in reversed(ordered[-most:]) if pull[code] > 0]
    if not low:
        low = [Telling(each.code, DISAGREE) for each in high]
    if not high:
        high = [Telling(each.code, DISAGREE) for each in low]
    return tuple(low), tuple(high)


def _strongest(found: Iterable[tuple[float, Telling]], most: int) -> list[Telling]:
    ranked = sorted(found, key=lambda pair: (-pair[0], pair[1].code, pair[1].side))
    return [each for _weight, each in ranked[:most]]
