"""Whether two figures differ by more than chance: shares and means of two samples. Pure.

Both samples are drawn from a finite number of people, and often from the same ones; taking them as
independent makes a difference harder to show, never easier.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

LEAST_TO_COMPARE = 30
LEAST_EXPECTED = 5
"""Below this the normal approximation of a share says nothing."""


@dataclass(frozen=True)
class Sample:
    """How many answered, of how many who were asked."""

    n: int
    population: int

    @property
    def correction(self) -> float:
        """The finite population correction of a variance, (N - n) / (N - 1)."""
        if self.population <= max(self.n, 1):
            return 0.0
        return (self.population - self.n) / (self.population - 1)

    @property
    def is_few(self) -> bool:
        """Too few to compare anything of."""
        return self.n < LEAST_TO_COMPARE


def share_probability(now: int, then: int, of_now: Sample, of_then: Sample) -> float | None:
    """How likely two shares differ at least this much by chance (two-sided, pooled); None where
    there are too few to say."""
    if of_now.is_few or of_then.is_few:
        return None
    pooled = (now + then) / (of_now.n + of_then.n)
    fewest = min(of_now.n, of_then.n)
    if now * of_then.n != then * of_now.n and fewest * min(pooled, 1 - pooled) < LEAST_EXPECTED:
        return None
    parts = of_now.correction / of_now.n + of_then.correction / of_then.n
    return _probability(now / of_now.n - then / of_then.n, math.sqrt(pooled * (1 - pooled) * parts))


def mean_probability(
    now: Mapping[float, int], then: Mapping[float, int], of_now: Sample, of_then: Sample
) -> float | None:
    """The same for the means of values with how often each was given (Welch)."""
    if of_now.is_few or of_then.is_few:
        return None
    mean_now, spread_now = _moments(now)
    mean_then, spread_then = _moments(then)
    error = spread_now * of_now.correction / of_now.n
    error += spread_then * of_then.correction / of_then.n
    return _probability(mean_now - mean_then, math.sqrt(error))


def _moments(values: Mapping[float, int]) -> tuple[float, float]:
    n = sum(values.values())
    mean = sum(value * count for value, count in values.items()) / n
    squares = sum(count * (value - mean) ** 2 for value, count in values.items())
    return mean, squares / (n - 1)


def _probability(difference: float, error: float) -> float:
    if math.isclose(difference, 0, abs_tol=1e-12):
        return 1.0
    return 2 * NormalDist().cdf(-abs(difference) / error) if error else 0.0
