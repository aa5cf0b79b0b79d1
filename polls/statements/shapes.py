"""What is kept of the opinions in a closed round: groups, what they stand for, where they lie.

Codes and sides, and places on a coarse map; figures are in the tallies, which disclosure control
has passed. Plain values that are frozen as JSON and read back.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

AGREE, DISAGREE, PASS = "agree", "disagree", "pass"
VOTES = (AGREE, DISAGREE, PASS)
OPINION = "opinion"
"""The attribute of opinion groups in tallies, and the code of that breakdown."""


@dataclass(frozen=True)
class Telling:
    """A statement and the side taken on it: ``agree`` or ``disagree``."""

    code: str
    side: str


@dataclass(frozen=True)
class Ellipse:
    """Where a group lies on a map that runs from -50 to 50: its middle, half axes, turn in degrees.

    Made of the mean and the spread of all its members (one and a half standard deviations), and
    rounded: no single member can be read off.
    """

    x: int
    y: int
    long: int
    short: int
    turn: int


@dataclass(frozen=True)
class OpinionGroup:
    """Colleagues who vote alike. Its size is never below the group threshold."""

    code: str
    size: int
    stands_for: tuple[Telling, ...] = ()
    ellipse: Ellipse | None = None


@dataclass(frozen=True)
class Axis:
    """What lies at either end of one direction of the map: the statements that pull that way."""

    low: tuple[Telling, ...] = ()
    high: tuple[Telling, ...] = ()


@dataclass(frozen=True)
class Opinions:
    """All that was found. ``groups`` is empty where opinions do not fall apart into groups.

    ``consensus`` is what nearly everyone agrees on (or rejects together), strongest first;
    ``division`` the codes of statements on which opinions part most. ``unplaced`` counts those who
    voted on too few statements to say where they stand: none, or at least a group's threshold.
    """

    voters: int = 0
    groups: tuple[OpinionGroup, ...] = ()
    unplaced: int = 0
    consensus: tuple[Telling, ...] = ()
    division: tuple[str, ...] = ()
    across: Axis = Axis()
    upward: Axis = Axis()
    seeds: int = 0
    """How many statements were the council's own; then those that colleagues added, by outcome."""
    added: int = 0
    merged: int = 0
    refused: int = 0
    late: int = 0

    def to_json(self) -> dict[str, Any]:
        """Everything, as ``from_json`` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Opinions:
        """What ``to_json`` wrote."""
        return cls(
            **{
                **stored,
                "groups": tuple(_group(each) for each in stored["groups"]),
                "consensus": _tellings(stored["consensus"]),
                "division": tuple(stored["division"]),
                "across": _axis(stored["across"]),
                "upward": _axis(stored["upward"]),
            }
        )


def _group(stored: dict[str, Any]) -> OpinionGroup:
    ellipse = Ellipse(**stored["ellipse"]) if stored["ellipse"] else None
    return OpinionGroup(stored["code"], stored["size"], _tellings(stored["stands_for"]), ellipse)


def _axis(stored: dict[str, Any]) -> Axis:
    return Axis(_tellings(stored["low"]), _tellings(stored["high"]))


def _tellings(stored: list[dict[str, str]]) -> tuple[Telling, ...]:
    return tuple(Telling(**each) for each in stored)
