"""Statements that say nearly the same, found by their words: a suggestion, a person decides. Pure.

Dutch word stems without the small words, and runs of three letters for what stemming does not see
(compounds, typing errors). Not scikit-learn: this runs while somebody types.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W\d_]+|\d+")
_SMALL = """
de het een en of maar dat die dit er is zijn wordt worden ik je jij we wij ze zij hij u mijn jouw
ons onze hun in op aan van voor met bij te om naar uit over als dan ook nog wel zo heel
the a an and or but that this it are be i you they my your our on at for with to as than also
"""
SMALL = frozenset(_SMALL.split())
_OPPOSITE = "niet geen nooit niemand nergens zonder not no never nobody without"
OPPOSITE = frozenset(_OPPOSITE.split())
ALIKE = 0.5
"""From here on two statements are shown side by side."""
MOST = 3


def alike(text: str, others: Mapping[str, str]) -> list[str]:
    """The codes of those in ``others`` that say nearly the same as ``text``, most alike first."""
    scored = [(likeness(text, other), code) for code, other in others.items()]
    found = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda p: (-p[0], p[1]))
    return [code for _score, code in found[:MOST]]


def likeness(left: str, right: str) -> float:
    """0 (nothing in common) to 1 (the same words); less where only one of the two denies."""
    one, two = _stems(left), _stems(right)
    if not one or not two:
        return 0.0
    score = max(_dice(one, two), _dice(_threes(left), _threes(right)))
    return score * (0.8 if _denies(left) != _denies(right) else 1.0)


def same(left: str, right: str) -> bool:
    """The same words in the same order, whatever the capitals and marks."""
    return WORD.findall(left.casefold()) == WORD.findall(right.casefold())


def _dice(one: frozenset[str], two: frozenset[str]) -> float:
    return 2 * len(one & two) / (len(one) + len(two)) if one or two else 0.0


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    words = WORD.findall(text.casefold())
    # A stemmer keeps state while it works, so each call has its own.
    stems: Iterable[str] = snowballstemmer.stemmer("dutch").stemWords(
        [word for word in words if word not in SMALL]
    )
    return frozenset(stems)


@lru_cache(maxsize=4096)
def _threes(text: str) -> frozenset[str]:
    joined = " ".join(word for word in WORD.findall(text.casefold()) if word not in SMALL)
    return frozenset(joined[at : at + 3] for at in range(len(joined) - 2))


def _denies(text: str) -> bool:
    return any(word in OPPOSITE for word in WORD.findall(text.casefold()))
