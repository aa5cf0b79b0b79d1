"""The same questions at two times of asking: what differs, and whether that says anything. Pure.

It takes two disclosures as they were released and reads nothing else, so what it says could be
worked out by whoever read both. Where one of two figures is a bound or hidden there is no
difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from polls.disclosure.differences import Sample, mean_probability, share_probability
from polls.disclosure.shapes import Cell, Disclosure, ItemResult, QuestionResult
from polls.questions.schema import Kind

HIGHER, LOWER, SAME, FEW, UNTESTED, HIDDEN = (
    "higher", "lower", "same", "few", "untested", "hidden",
)  # fmt: skip
LEVEL = 0.05
SHARE, MEAN, POINTS = "share", "mean", "points"
BY_CODE = frozenset({Kind.YES_NO, Kind.SCALE})
"""Kinds whose answers are the portal's own, in the language of whoever released them."""
COMPARED = frozenset(
    {Kind.SINGLE, Kind.MULTIPLE, Kind.YES_NO, Kind.SCALE, Kind.MATRIX, Kind.RANKING, Kind.NUMBER}
)


@dataclass(frozen=True)
class Line:
    """One figure then and now: the share of an answer (0 to 1), a mean, or points in a ranking.

    ``then`` and ``now`` are None where only ``*_bound`` is told. ``probability`` is that of a
    difference this large by chance, None where none was worked out.
    """

    code: str
    label: str
    measure: str
    then: float | None
    now: float | None
    then_bound: str = ""
    now_bound: str = ""
    verdict: str = HIDDEN
    probability: float | None = None

    @property
    def difference(self) -> float | None:
        """Now less then, of figures as they are printed; None where nothing may be said of it."""
        if self.then is None or self.now is None or self.verdict in (FEW, HIDDEN):
            return None
        digits = 2 if self.measure == SHARE else 1
        return round(round(self.now, digits) - round(self.then, digits), digits)


@dataclass(frozen=True)
class ItemComparison:
    """One question, or one row of a matrix, at both times."""

    code: str
    text: str
    n_then: int
    n_now: int
    lines: tuple[Line, ...]
    lowest: float = 0.0
    highest: float = 0.0
    """Between which a mean or points can lie; both 0 where that is not known."""


@dataclass(frozen=True)
class QuestionComparison:
    """A question that was asked alike at both times."""

    code: str
    kind: str
    text: str
    items: tuple[ItemComparison, ...]
    then: QuestionResult
    now: QuestionResult


@dataclass(frozen=True)
class Comparison:
    """Two times of asking side by side. ``tests`` is how many figures were tested at once."""

    then: Disclosure
    now: Disclosure
    questions: tuple[QuestionComparison, ...]
    changed: tuple[str, ...] = ()
    """Questions that were there both times, with other answers to choose from."""
    added: tuple[str, ...] = ()
    """Questions that can be compared and were not asked then."""
    tests: int = 0

    def question(self, code: str) -> QuestionComparison | None:
        """The one with ``code`` of now."""
        return next((each for each in self.questions if each.code == code), None)


def wording(text: str) -> str:
    """A text by its words alone: without capitals, marks and spaces."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def compare(now: Disclosure, then: Disclosure) -> Comparison:
    """What was asked both times: alike in kind, wording and answers to choose from."""
    earlier: dict[tuple[str, str], list[QuestionResult]] = defaultdict(list)
    for question in then.questions:
        earlier[question.kind, wording(question.text)].append(question)
    found, changed, added = [], [], []
    for question in now.questions:
        if Kind(question.kind) not in COMPARED:
            continue
        others = earlier[question.kind, wording(question.text)]
        if not others:
            added.append(question.text)
            continue
        other = others.pop(0)
        items = tuple(_items(question, other, now, then))
        if items:
            found.append(
                QuestionComparison(
                    question.code, question.kind, question.text, items, other, question
                )
            )
        elif not (question.is_hidden or other.is_hidden):
            changed.append(question.text)
    tests = sum(
        line.probability is not None for each in found for item in each.items for line in item.lines
    )
    judged = tuple(_judged(each, tests) for each in found)
    return Comparison(then, now, judged, tuple(changed), tuple(added), tests)


def _judged(question: QuestionComparison, tests: int) -> QuestionComparison:
    """With a verdict under each figure; as many as were tested, so much surer each must be."""
    items = tuple(
        replace(item, lines=tuple(_verdict(line, tests) for line in item.lines))
        for item in question.items
    )
    return replace(question, items=items)


def _verdict(line: Line, tests: int) -> Line:
    if line.probability is None or line.then is None or line.now is None:
        return line
    if line.probability * tests >= LEVEL:
        return replace(line, verdict=SAME)
    return replace(line, verdict=HIGHER if line.now > line.then else LOWER)


def _items(
    now: QuestionResult, then: QuestionResult, all_now: Disclosure, all_then: Disclosure
) -> Iterator[ItemComparison]:
    kind = Kind(now.kind)
    if kind is Kind.SCALE and _ends(now) != _ends(then):
        return
    by_row = {wording(item.text): item for item in then.items}
    for item in now.items:
        other = by_row.get(wording(item.text)) if kind is Kind.MATRIX else then.first
        if other is None or item.n is None or other.n is None or not item.n or not other.n:
            continue
        pairs = _pairs(kind, item, other)
        if pairs is None:
            continue
        samples = (Sample(item.n, all_now.invited), Sample(other.n, all_then.invited))
        yield ItemComparison(
            item.code,
            item.text if len(now.items) > 1 else "",
            other.n,
            item.n,
            tuple(_lines(kind, item, other, pairs, samples)),
            *_reach(kind, item),
        )


def _ends(question: QuestionResult) -> tuple[str, str]:
    return wording(question.low_label), wording(question.high_label)


def _pairs(kind: Kind, now: ItemResult, then: ItemResult) -> list[tuple[Cell, Cell]] | None:
    """Each answer with the same one then; None where there were others to choose from."""
    if kind is Kind.NUMBER:
        return []
    names = {_name(kind, cell): cell for cell in then.cells}
    if names.keys() != {_name(kind, cell) for cell in now.cells} or len(names) != len(now.cells):
        return None
    return [(cell, names[_name(kind, cell)]) for cell in now.cells]


def _name(kind: Kind, cell: Cell) -> str:
    return cell.code if kind in BY_CODE else wording(cell.label)


def _lines(
    kind: Kind,
    now: ItemResult,
    then: ItemResult,
    pairs: list[tuple[Cell, Cell]],
    samples: tuple[Sample, Sample],
) -> Iterator[Line]:
    if kind is Kind.RANKING:
        for cell, other in pairs:
            yield _points(cell, other, samples)
        return
    if kind is Kind.NUMBER:
        yield _number(now, then, samples)
    elif kind is Kind.SCALE:
        yield _mean(now, then, pairs, samples)
    for cell, other in pairs:
        yield _share(cell, other, samples)


def _share(now: Cell, then: Cell, samples: tuple[Sample, Sample]) -> Line:
    line = Line(now.code, now.label, SHARE, then.share, now.share, then.bound, now.bound)
    if now.count is None or then.count is None:
        return replace(line, then=_told(then), now=_told(now))
    return _tested(line, share_probability(now.count, then.count, *samples))


def _told(cell: Cell) -> float | None:
    return None if cell.bound else cell.share


def _mean(
    now: ItemResult,
    then: ItemResult,
    pairs: list[tuple[Cell, Cell]],
    samples: tuple[Sample, Sample],
) -> Line:
    line = Line("", "", MEAN, then.mean, now.mean)
    if now.mean is None or then.mean is None:
        return line
    values = [
        {float(cell.code): cell.count or 0 for cell in cells}
        for cells in ([now for now, _then in pairs], [then for _now, then in pairs])
    ]
    return _tested(line, mean_probability(values[0], values[1], *samples))


def _number(now: ItemResult, then: ItemResult, samples: tuple[Sample, Sample]) -> Line:
    """Means alone: how far numbers lie apart is not released, so they are not tested."""
    line = Line("", "", MEAN, then.mean, now.mean)
    if now.mean is None or then.mean is None:
        return line
    few = any(sample.is_few for sample in samples)
    return replace(line, verdict=FEW if few else UNTESTED)


def _points(now: Cell, then: Cell, samples: tuple[Sample, Sample]) -> Line:
    line = Line(now.code, now.label, POINTS, then.score, now.score)
    if now.score is None or then.score is None:
        return line
    values = [_by_points(cell, sample.n) for cell, sample in zip((now, then), samples, strict=True)]
    return _tested(line, mean_probability(values[0], values[1], *samples))


def _by_points(cell: Cell, n: int) -> dict[float, int]:
    last = len(cell.places) - 1
    values = {float(last - place): count for place, count in enumerate(cell.places)}
    values[0.0] = values.get(0.0, 0) + n - sum(cell.places)
    return values


def _tested(line: Line, probability: float | None) -> Line:
    return replace(line, probability=probability, verdict=FEW if probability is None else SAME)


def _reach(kind: Kind, item: ItemResult) -> tuple[float, float]:
    if kind is Kind.SCALE and item.cells:
        points = [float(cell.code) for cell in item.cells]
        return min(points), max(points)
    if kind is Kind.RANKING and item.cells and item.cells[0].places:
        return 0.0, float(len(item.cells[0].places) - 1)
    return 0.0, 0.0
