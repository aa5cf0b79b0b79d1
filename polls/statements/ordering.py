"""Which statement somebody gets next: the least offered first, with chance. Pure.

Polis routes by live counts: it favours statements with few votes and draws with those weights
(Small et al. 2021, "comment routing"). A live count would tell, to whoever sees the database before
and after one colleague votes, what that colleague voted on. So nothing here looks at a vote: how
often a statement was on offer follows from how many took part since it was put to people, and the
draw from the receipt that only the voter holds. Nothing about it is stored.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class OnOffer:
    """A statement that can be voted on; ``offered``: how many took part since it is."""

    code: str
    offered: int = 0


def in_order(statements: Iterable[OnOffer], receipt: str) -> list[str]:
    """All codes in the order of whoever holds ``receipt``: the same every time it is asked.

    A weighted draw without putting back (Efraimidis and Spirakis 2006): the key of each is
    ``log(u) / weight`` with u a number from the receipt, the weight one over how often it was
    offered. A statement offered to ten before stands ten times as likely ahead of one offered to a
    hundred, until it has caught up; those alike stand in an order of their own for everyone.
    """
    keyed = [
        (math.log(_chance(receipt, each.code)) * (each.offered + 1), each.code)
        for each in statements
    ]
    return [code for _key, code in sorted(keyed, reverse=True)]


def next_of(ordered: Iterable[str], voted: Collection[str]) -> str:
    """The first that is not voted on; empty where all are."""
    return next((code for code in ordered if code not in voted), "")


def _chance(receipt: str, code: str) -> float:
    """A number between 0 and 1, neither included, that only the holder of ``receipt`` can draw."""
    drawn = hashlib.sha256(f"statements:{receipt}:{code}".encode()).digest()
    return (int.from_bytes(drawn[:7], "big") + 1) / (2**56 + 2)
