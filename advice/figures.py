"""The figures of a finding: what was counted, as it was disclosed, frozen.

Plain values that go into a JSON column and come out equal. A figure that disclosure control hid is
absent (``count`` and ``share`` None); it is never computed again from others.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

Bound = str
"""``""`` an exact figure, ``over`` or ``under`` a bound, ``hidden`` none at all."""


@dataclass(frozen=True)
class Cell:
    """One answer in one group: how many and which share (0 to 1) of those who answered."""

    label: str
    count: int | None = None
    share: float | None = None
    bound: Bound = ""

    @property
    def is_hidden(self) -> bool:
        """Whether nothing may be said of it."""
        return self.share is None and self.count is None


@dataclass(frozen=True)
class Group:
    """One unit in the breakdown. ``cells`` follow the order of the whole's; empty when hidden."""

    name: str
    respondents: int | None = None
    invited: int | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether the group is too small to be shown."""
        return not self.cells


@dataclass(frozen=True)
class Figures:
    """The distribution over the whole, and per group where a breakdown was disclosed.

    ``mean`` is for scales. ``breakdown`` names the property ("afdeling"). ``several`` tells that
    one person could give more than one answer, so shares add up to more than one.
    """

    cells: tuple[Cell, ...] = ()
    groups: tuple[Group, ...] = ()
    breakdown: str = ""
    mean: float | None = None
    several: bool = False
    note: str = ""

    @property
    def top(self) -> Cell | None:
        """The answer given most, or None where none is shown."""
        shown = [cell for cell in self.cells if cell.share is not None]
        return max(shown, key=lambda cell: cell.share or 0, default=None)

    def to_json(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Figures:
        """What ``to_json`` gave."""
        return cls(
            cells=tuple(Cell(**cell) for cell in value.get("cells", ())),
            groups=tuple(
                Group(
                    name=group["name"],
                    respondents=group["respondents"],
                    invited=group["invited"],
                    cells=tuple(Cell(**cell) for cell in group["cells"]),
                )
                for group in value.get("groups", ())
            ),
            breakdown=value.get("breakdown", ""),
            mean=value.get("mean"),
            several=value.get("several", False),
            note=value.get("note", ""),
        )


@dataclass(frozen=True)
class Draft:
    """What a source offers to be taken as a finding.

    ``statement`` is one Dutch sentence that says what was found, with its figure. ``invited`` is N,
    ``respondents`` n. ``quote`` needs ``quote_consent``: who wrote it said it may be quoted.
    """

    source: str
    ref: str
    label: str
    statement: str
    question: str = ""
    method: str = ""
    url: str = ""
    since: str = ""
    dated_on: str = ""
    invited: int | None = None
    respondents: int | None = None
    figures: Figures = field(default_factory=Figures)
    quote: str = ""
    quote_consent: bool = False
