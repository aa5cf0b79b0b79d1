"""What may be shown of a consultation, as plain values that can be frozen as JSON and read back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from polls.statements.shapes import Opinions

RUNNING = "running"
FEW = "few"


@dataclass(frozen=True)
class Cell:
    """How often one answer was given.

    ``count`` and ``share`` (of those who answered, 0 to 1) are None where only ``bound`` is told:
    ``over95`` or ``under5`` (the number is a percentage), or ``hidden``. In a ranking ``count`` is
    how often the choice came first and ``score`` its mean points (Borda: last place 0, each place
    above it one more) and ``places`` its counts by place, first place first.
    """

    code: str
    label: str
    count: int | None = None
    share: float | None = None
    bound: str = ""
    score: float | None = None
    places: tuple[int, ...] = ()

    @property
    def percentage(self) -> float | None:
        """``share`` as 0 to 100."""
        return None if self.share is None else self.share * 100

    @property
    def is_hidden(self) -> bool:
        """Not told at all, because another group's figure would follow from it."""
        return self.bound == "hidden"

    @property
    def bound_is_over(self) -> bool:
        """Whether the bound is "over so many percent"; else it is "under"."""
        return self.bound.startswith("over")

    @property
    def bound_percentage(self) -> int | None:
        """The percentage of the bound, or None where there is none."""
        digits = self.bound.removeprefix("over").removeprefix("under")
        return int(digits) if digits.isdigit() else None


@dataclass(frozen=True)
class GroupResult:
    """The answers of one group to one item. ``is_rest``: groups taken together."""

    code: str
    label: str
    is_rest: bool = False
    n: int | None = None
    cells: tuple[Cell, ...] = ()
    mean: float | None = None
    median: float | None = None

    @property
    def is_hidden(self) -> bool:
        """Hidden so that another group's figures do not follow."""
        return self.n is None


@dataclass(frozen=True)
class ItemResult:
    """One thing that was answered: a question, or a row of a matrix.

    ``n`` is how many answered it; None where that is fewer than the total threshold. ``groups`` is
    empty where no breakdown was asked for or none can be shown.
    """

    code: str
    text: str
    n: int | None = 0
    cells: tuple[Cell, ...] = ()
    groups: tuple[GroupResult, ...] = ()
    mean: float | None = None
    median: float | None = None

    @property
    def is_hidden(self) -> bool:
        """Answered by too few to show."""
        return self.n is None


@dataclass(frozen=True)
class QuestionResult:
    """One question with its items: one, or as many as a matrix has rows."""

    code: str
    kind: str
    text: str
    items: tuple[ItemResult, ...]
    open_count: int = 0
    """How many texts were written: to an open question, or beside "other, namely"."""
    low_label: str = ""
    high_label: str = ""
    unit: str = ""

    @property
    def first(self) -> ItemResult:
        """The only item, for all kinds but a matrix."""
        return self.items[0]

    @property
    def n(self) -> int | None:
        """How many answered; for a matrix the most in any row."""
        known = [item.n for item in self.items if item.n is not None]
        return max(known, default=None)

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.first.cells

    @property
    def groups(self) -> tuple[GroupResult, ...]:
        return self.first.groups

    @property
    def is_hidden(self) -> bool:
        """Answered by too few to show, in every row."""
        return all(item.is_hidden for item in self.items)


@dataclass(frozen=True)
class GroupTurnout:
    """How many of a group were asked and took part, and whether it weighs less than it should.

    ``reached`` is ``under`` where its share of the answers is clearly smaller than its share of
    those asked, ``over`` where larger, else empty.
    """

    label: str
    is_rest: bool
    invited: int
    took_part: int
    reached: str = ""

    @property
    def response(self) -> float:
        """Part of those invited who took part, 0 to 1."""
        return self.took_part / self.invited if self.invited else 0.0


@dataclass(frozen=True)
class Breakdown:
    """A property that results can be broken down by: its code for ``by``, and its name."""

    code: str
    label: str


@dataclass(frozen=True)
class Disclosure:
    """All that may be shown of a consultation, by at most one property.

    ``invited`` is N, ``took_part`` how many took part, ``counted`` how many ballots count (who
    withdrew took part and does not count). ``suppressed_reason`` is ``running`` (results come after
    closing), ``few`` (below the threshold, nothing was kept) or empty. ``margin`` is the half width
    of the 95 % interval around a share of a half, 0 to 1, with the finite population taken into
    account; None where it means nothing (fewer than 30 answers, or everyone answered). Percentages
    of questions with several choices are of respondents.
    """

    title: str
    kind: str
    mode: str
    wave: str
    opened_on: str
    closed_on: str
    invited: int
    took_part: int
    counted: int
    total_threshold: int
    group_threshold: int
    suppressed_reason: str = ""
    by: str = ""
    by_label: str = ""
    breakdowns: tuple[Breakdown, ...] = ()
    turnout: tuple[GroupTurnout, ...] = ()
    questions: tuple[QuestionResult, ...] = ()
    margin: float | None = None
    themes: tuple[ThemeCount, ...] = field(default=())
    opinions: Opinions | None = None
    """Of a round of statements: the opinion groups, and what nearly everyone agrees on."""

    @property
    def response(self) -> float:
        """Part of those invited who took part, 0 to 1."""
        return self.took_part / self.invited if self.invited else 0.0

    @property
    def not_reached(self) -> tuple[GroupTurnout, ...]:
        """The groups that weigh clearly less in the answers than among those asked."""
        return tuple(group for group in self.turnout if group.reached == "under")

    def themes_of(self, code: str) -> tuple[ThemeCount, ...]:
        """The themes in the texts to the question with ``code``, beside "other, namely" too."""
        codes = {code, f"{code}.other"}
        return tuple(theme for theme in self.themes if theme.question in codes)

    def question(self, code: str) -> QuestionResult | None:
        """The result of the question with ``code``."""
        return next((each for each in self.questions if each.code == code), None)

    def to_json(self) -> dict[str, Any]:
        """Everything, as ``from_json`` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Disclosure:
        """What ``to_json`` wrote."""
        return cls(
            **{
                **stored,
                "breakdowns": tuple(Breakdown(**each) for each in stored["breakdowns"]),
                "turnout": tuple(GroupTurnout(**each) for each in stored["turnout"]),
                "questions": tuple(_question(each) for each in stored["questions"]),
                "themes": tuple(ThemeCount(**each) for each in stored.get("themes", ())),
                "opinions": Opinions.from_json(found)
                if (found := stored.get("opinions"))
                else None,
            }
        )


@dataclass(frozen=True)
class ThemeCount:
    """How many open answers to a question the council filed under a theme.

    ``count`` is None where only ``bound`` is told: ``fewer5`` (texts) or ``over95`` (per cent).
    ``texts`` is how many were written to the question; one text can stand under several themes.
    """

    question: str
    name: str
    description: str
    count: int | None
    bound: str = ""
    texts: int = 0
    key: str = ""
    """Of the theme, 32 hexadecimal digits; empty in what was frozen before themes had one."""

    @property
    def percentage(self) -> float | None:
        """Of the texts to the question, 0 to 100; None where that is not told."""
        return 100 * self.count / self.texts if self.count is not None and self.texts else None

    @property
    def fewer_than(self) -> int | None:
        """Above every count that the bound leaves open; None where there is no such bound."""
        digits = self.bound.removeprefix("fewer")
        return int(digits) if digits != self.bound and digits.isdigit() else None


def _question(stored: dict[str, Any]) -> QuestionResult:
    return QuestionResult(**{**stored, "items": tuple(_item(each) for each in stored["items"])})


def _item(stored: dict[str, Any]) -> ItemResult:
    groups = tuple(
        GroupResult(**{**each, "cells": _cells(each["cells"])}) for each in stored["groups"]
    )
    return ItemResult(**{**stored, "cells": _cells(stored["cells"]), "groups": groups})


def _cells(stored: list[dict[str, Any]]) -> tuple[Cell, ...]:
    return tuple(Cell(**{**each, "places": tuple(each["places"])}) for each in stored)
