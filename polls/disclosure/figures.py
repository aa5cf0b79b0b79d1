"""The figures of one item: shares, means, medians, rank scores, bands and the margin. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

Z95 = 1.959964
LEAST_FOR_MARGIN = 30
MOST_BANDS = 8
MOST_DATES = 12


@dataclass(frozen=True)
class Band:
    """Answers from ``low`` up to but without ``high`` (the last band: with it)."""

    low: float
    high: float
    count: int


def mean(values: Mapping[float, int]) -> float | None:
    """The mean of values with how often each was given; None of nothing."""
    n = sum(values.values())
    return sum(value * count for value, count in values.items()) / n if n else None


def median(values: Mapping[float, int]) -> float | None:
    """The middle value, or the mean of the two in the middle; None of nothing."""
    n = sum(values.values())
    if not n:
        return None
    return (_at(values, (n - 1) // 2) + _at(values, n // 2)) / 2


def _at(values: Mapping[float, int], place: int) -> float:
    passed = 0
    for value in sorted(values):
        passed += values[value]
        if passed > place:
            return value
    raise IndexError(place)


def bands(values: Mapping[float, int]) -> list[Band]:
    """The values in at most eight bands of one round width (1, 2 or 5 times a power of ten)."""
    if not values:
        return []
    low, high = min(values), max(values)
    if len(values) == 1:
        return [Band(low, high, values[low])]
    width = _round_up((high - low) / MOST_BANDS)
    start = math.floor(low / width) * width
    while (high - start) / width > MOST_BANDS:
        width = _round_up(width * 1.01)
        start = math.floor(low / width) * width
    edges = [start + at * width for at in range(math.ceil((high - start) / width) + 1)]
    if len(edges) < 2:
        edges.append(start + width)
    found = []
    for at, (left, right) in enumerate(pairwise(edges)):
        last = at == len(edges) - 2
        count = sum(
            times
            for value, times in values.items()
            if left <= value and (value < right or (last and value <= right))
        )
        found.append(Band(round(left, 10), round(right, 10), count))
    return found


def _round_up(width: float) -> float:
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= width * 0.999999)


def dates(values: Mapping[str, int]) -> dict[str, int]:
    """Counts by day (``2026-12-01``) in order; by month (``2026-12``) where the days are many."""
    if len(values) <= MOST_DATES:
        return dict(sorted(values.items()))
    months: dict[str, int] = {}
    for day in sorted(values):
        month = date.fromisoformat(day).strftime("%Y-%m")
        months[month] = months.get(month, 0) + values[day]
    return months


def places(cells: Mapping[str, int], choices: Sequence[str]) -> dict[str, list[int]]:
    """From ``c1@1`` counts to counts by place for each choice, first place first."""
    table = {choice: [0] * len(choices) for choice in choices}
    for cell, count in cells.items():
        choice, at, place = cell.rpartition("@")
        if at and choice in table and 1 <= int(place) <= len(choices):
            table[choice][int(place) - 1] += count
    return table


def borda(by_place: Sequence[int], n: int) -> float | None:
    """Mean points of a choice among ``n`` who ranked: last place and not ranked 0, each place above
    it one more; None of nothing."""
    if not n:
        return None
    last = len(by_place) - 1
    return sum((last - place) * count for place, count in enumerate(by_place)) / n


def margin(n: int, population: int, share: float = 0.5) -> float | None:
    """Half the width of the 95 % interval around ``share``, of ``n`` drawn from ``population``.

    Normal approximation with the finite population correction sqrt((N - n) / (N - 1)); None for
    fewer than 30, and where all answered.
    """
    if n < LEAST_FOR_MARGIN or population <= n:
        return None
    correction = math.sqrt((population - n) / (population - 1))
    return Z95 * math.sqrt(share * (1 - share) / n) * correction
