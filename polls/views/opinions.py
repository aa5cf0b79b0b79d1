"""The report of a round of statements: consensus, opinion groups, their map, every statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from polls.disclosure import Cell, Disclosure, GroupResult, QuestionResult
from polls.statements.shapes import AGREE, DISAGREE, PASS, Ellipse, OpinionGroup, Telling
from polls.views.charts import Segment, Stack

TONES = {AGREE: "s5", PASS: "s3", DISAGREE: "s1"}
ORDER = (AGREE, PASS, DISAGREE)
FEW_SHARE = 0.1
"""Voted on by fewer than a tenth of those who took part, or than a group: marked as few."""
SHADES = 4
NAME_WIDTH, NAME_HEIGHT = 160, 76
"""The room that a group's name and number take on the map."""
SIDE = 300
"""The map is a square of twice this."""


class Figure(NamedTuple):
    """A figure in words, and the heading that it stands under."""

    heading: str
    words: str


@dataclass(frozen=True)
class Line:
    """One statement in the report, with the figures of everyone and of each group in words."""

    code: str
    text: str
    side: str
    n: int | None
    whole: Stack
    groups: tuple[Stack, ...] = ()
    figures: tuple[Figure, ...] = ()
    is_few: bool = False
    is_hidden: bool = False

    @property
    def bars(self) -> tuple[Stack, ...]:
        """Everyone first, then each group."""
        return (self.whole, *self.groups)


@dataclass(frozen=True)
class Group:
    """One opinion group: how large, and what it stands for."""

    code: str
    name: str
    size: int
    percent: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Spot:
    """A group on the map, in the units of the picture."""

    name: str
    size: int
    number: int
    cx: int
    cy: int
    rx: int
    ry: int
    turn: int
    where: str
    shade: int
    """From 1 to 4: how close together its members stand, by how many there are on its surface."""
    label: int
    """How low its name stands: at its middle, or under the name of a group that lies there too."""
    is_closest: bool


@dataclass(frozen=True)
class Report:
    """Everything ``polls/statements/report.html`` names about a round."""

    consensus: tuple[Line, ...] = ()
    division: tuple[Line, ...] = ()
    groups: tuple[Group, ...] = ()
    spots: tuple[Spot, ...] = ()
    lines: tuple[Line, ...] = ()
    axes: dict[str, list[str]] = field(default_factory=dict)
    votes: int = 0
    few: int = 0

    @property
    def spots_by_name(self) -> list[Spot]:
        """The map in words: A first, however wide it is."""
        return sorted(self.spots, key=lambda spot: spot.number)


def report_of(whole: Disclosure, by_group: Disclosure) -> Report:
    """The report, from the figures in the whole and those by opinion group."""
    opinions = whole.opinions
    if opinions is None:
        return Report()
    # Found of no fewer than the threshold, and read back the same: fewer never stand here.
    groups = [group for group in opinions.groups if group.size >= whole.group_threshold]
    codes = [group.code for group in groups]
    lines = {
        question.code: _line(question, by_group.question(question.code), codes, whole)
        for question in whole.questions
    }

    def told(tellings: Iterable[Telling]) -> tuple[Line, ...]:
        found = [(lines[each.code], each.side) for each in tellings if each.code in lines]
        return tuple(_sided(line, side) for line, side in found)

    placed = sum(group.size for group in groups) + opinions.unplaced
    return Report(
        consensus=told(opinions.consensus),
        division=tuple(lines[code] for code in opinions.division if code in lines),
        groups=tuple(
            Group(
                group.code,
                _name(group.code),
                group.size,
                round(100 * group.size / placed),
                told(group.stands_for),
            )
            for group in groups
        ),
        spots=_spots(groups),
        lines=tuple(sorted(lines.values(), key=_by_agreement(whole))),
        axes={
            "left": _ends(opinions.across.low, lines),
            "right": _ends(opinions.across.high, lines),
            "down": _ends(opinions.upward.low, lines),
            "up": _ends(opinions.upward.high, lines),
        },
        votes=sum(question.n or 0 for question in whole.questions),
        few=sum(line.is_few for line in lines.values()),
    )


def _line(
    question: QuestionResult, broken: QuestionResult | None, codes: list[str], whole: Disclosure
) -> Line:
    n = question.n
    least = max(whole.group_threshold, FEW_SHARE * whole.counted)
    groups = {group.code: group for group in broken.groups} if broken else {}
    shown = [groups.get(code) for code in codes]
    return Line(
        code=question.code,
        text=question.text,
        side="",
        n=n,
        whole=_stack(_("Everyone"), question.cells),
        groups=tuple(_group_stack(code, group) for code, group in zip(codes, shown, strict=True)),
        figures=(
            *(
                Figure(heading, _figure(_cell(question.cells, side)))
                for heading, side in zip(_sides(), ORDER, strict=True)
            ),
            *(
                Figure(
                    _("%(name)s agrees") % {"name": _name(code)},
                    _figure(_cell(group.cells, AGREE)) if group and not group.is_hidden else "–",
                )
                for code, group in zip(codes, shown, strict=True)
            ),
        ),
        is_few=n is None or n < least,
        is_hidden=question.is_hidden,
    )


def _sides() -> tuple[str, str, str]:
    return _("Agree"), _("No opinion"), _("Disagree")


def _sided(line: Line, side: str) -> Line:
    return Line(**{**line.__dict__, "side": side})


def _by_agreement(whole: Disclosure) -> Any:
    """Most agreed on first; those with few votes last."""
    shares = {question.code: _cell(question.cells, AGREE) for question in whole.questions}

    def key(line: Line) -> tuple[bool, float, str]:
        cell = shares[line.code]
        share = 0.0
        if cell is not None:
            share = cell.share if cell.share is not None else (cell.bound_percentage or 0) / 100
        return line.is_few, -share, line.text

    return key


def _cell(cells: Iterable[Cell], code: str) -> Cell | None:
    return next((cell for cell in cells if cell.code == code), None)


def _figure(cell: Cell | None) -> str:
    """A share in words: "62%", "over 95%", or a dash where it is not told."""
    if cell is None or cell.is_hidden:
        return "–"
    if cell.bound_percentage is not None:
        words = _("over %(n)d%%") if cell.bound_is_over else _("under %(n)d%%")
        return words % {"n": cell.bound_percentage}
    return "–" if cell.percentage is None else f"{cell.percentage:.0f}%"


def _group_stack(code: str, group: GroupResult | None) -> Stack:
    if group is None or group.is_hidden:
        return Stack(_name(code), "", (), _("not shown, so that nobody can be recognised"))
    return _stack(_name(code), group.cells)


def _stack(label: str, cells: Iterable[Cell]) -> Stack:
    found = {cell.code: cell for cell in cells}
    if not found:
        return Stack(label, "", (), _("too few votes to show"))
    if any(cell.share is None for cell in found.values()):
        told = next((cell for cell in found.values() if cell.bound_is_over), None)
        note = f"{told.label}: {_figure(told)}" if told else _("nearly all the same")
        return Stack(label, "", (), note)
    segments: list[Segment] = []
    offset = 0.0
    for code in ORDER:
        cell = found.get(code)
        percent = (cell.percentage or 0.0) if cell else 0.0
        if cell and percent:
            segments.append(Segment(cell.label, percent, offset, TONES[code]))
        offset += percent
    words = ", ".join(
        f"{_figure(found[code])} {found[code].label.lower()}" for code in ORDER if code in found
    )
    return Stack(label, words, tuple(segments))


def _name(code: str) -> str:
    return _("Group %(name)s") % {"name": code}


def _ends(tellings: Iterable[Telling], lines: dict[str, Line]) -> list[str]:
    words = {AGREE: _("agree with “%(text)s”"), DISAGREE: _("disagree with “%(text)s”")}
    return [
        words[each.side] % {"text": lines[each.code].text}
        for each in tellings
        if each.code in lines
    ]


def _spots(groups: Sequence[OpinionGroup]) -> tuple[Spot, ...]:
    """Each group on the map, the widest first, so that a smaller one lies on top of it."""
    found = [(number, each, each.ellipse) for number, each in enumerate(groups, start=1)]
    shades = _shades([(each.size, at) for _number, each, at in found if at])
    spots: list[Spot] = []
    for number, each, at in sorted(found, key=lambda it: (-it[2].y if it[2] else 0, it[0])):
        if at:
            shade = shades[at, each.size]
            closest = shade == SHADES and min(shades.values()) < SHADES
            spots.append(_spot(each, number, at, shade, closest, spots))
    return tuple(sorted(spots, key=lambda spot: (-spot.rx * spot.ry, spot.number)))


def _shades(placed: Sequence[tuple[int, Ellipse]]) -> dict[tuple[Ellipse, int], int]:
    most = max((_density(size, at) for size, at in placed), default=1.0)
    return {(at, size): max(1, ceil(SHADES * _density(size, at) / most)) for size, at in placed}


def _free(cx: int, cy: int, spots: Iterable[Spot]) -> int:
    """How low a name can stand without covering one that stands there already."""
    for spot in sorted(spots, key=lambda spot: spot.label):
        if abs(spot.cx - cx) < NAME_WIDTH and abs(spot.label - cy) < NAME_HEIGHT:
            cy = spot.label + NAME_HEIGHT
    return cy


def _density(size: int, at: Ellipse) -> float:
    return size / (at.long * at.short)


def _spot(
    group: OpinionGroup,
    number: int,
    at: Ellipse,
    shade: int,
    is_closest: bool,
    others: Sequence[Spot],
) -> Spot:
    """The map runs from -50 to 50, y upward; the picture from 0 to ``2 * SIDE``, y downward."""
    scale = SIDE / 50
    across = _("on the left") if at.x < -10 else _("on the right") if at.x > 10 else ""
    upward = _("at the top") if at.y > 10 else _("at the bottom") if at.y < -10 else ""
    where = _(" and ").join(part for part in (across, upward) if part) or _("in the middle")
    cx, cy = round(SIDE + at.x * scale), round(SIDE - at.y * scale)
    return Spot(
        _name(group.code),
        group.size,
        number,
        cx,
        cy,
        round(at.long * scale),
        round(at.short * scale),
        -at.turn,
        where,
        shade,
        _free(cx, cy, others),
        is_closest,
    )
