"""From the rows of a tally to the result of one item, for each kind of question. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from polls.disclosure.figures import Band, bands, borda, dates, mean, median, places
from polls.disclosure.shapes import Cell, GroupResult, ItemResult
from polls.protection import HIDDEN, REST
from polls.questions.schema import NO, TEXT_KINDS, YES, Choice, Kind, Question
from polls.tally import ANSWERED

Stored = Mapping[str, tuple[int | None, str]]
"""Cell to (count, bound), as one item of one group is stored."""


@dataclass(frozen=True)
class GroupLabel:
    """A group under its code, in the reader's words."""

    code: str
    label: str


def item_result(
    question: Question,
    item: str,
    text: str,
    whole: Stored,
    groups: Mapping[str, Stored],
    labels: Mapping[str, str],
) -> ItemResult:
    """The result of ``item``; ``groups`` as stored, ``labels`` their names in their order."""
    n, bound = whole.get(ANSWERED, (0, ""))
    if bound or n is None:
        return ItemResult(item, text, None)
    ordered = sorted(groups, key=lambda code: (code == REST, _place(code, labels)))
    return ItemResult(
        item,
        text,
        n,
        cells(question, whole),
        tuple(_group(question, code, groups[code], labels) for code in ordered),
        *_middle(question, whole),
    )


def cells(question: Question, stored: Stored) -> tuple[Cell, ...]:
    """The cells of one item in the order of the questionnaire."""
    n = stored.get(ANSWERED, (0, ""))[0] or 0
    if question.kind is Kind.RANKING:
        return _ranked(question, stored, n)
    if question.kind is Kind.NUMBER:
        return _banded(question, stored, n)
    if question.kind is Kind.DATE:
        days = {code: count for code, (count, _b) in stored.items() if count and code != ANSWERED}
        found = dates(days)
        return tuple(Cell(day, day, count, _share(count, n)) for day, count in found.items())
    if question.kind in TEXT_KINDS:
        return ()
    bounds = [bound for _count, bound in stored.values() if bound.startswith("over")]
    told = []
    for choice in answers_to(question):
        count, bound = stored.get(choice.code, (0, ""))
        if bounds and not bound and question.kind is not Kind.MULTIPLE:
            # Of the few who answered otherwise it is not told what they answered.
            count, bound = None, f"under{100 - int(bounds[0].removeprefix('over'))}"
        told.append(Cell(choice.code, choice.text, count, _share(count, n), bound))
    return tuple(told)


def answers_to(question: Question) -> list[Choice]:
    """The answers there are to choose from, also where the council did not write them itself."""
    if question.kind is Kind.YES_NO:
        return [Choice(YES, _("Yes")), Choice(NO, _("No"))]
    if question.kind is Kind.SCALE:
        return [Choice(str(point), str(point)) for point in question.scale]
    return list(question.choices)


def _group(question: Question, code: str, stored: Stored, labels: Mapping[str, str]) -> GroupResult:
    n, bound = stored.get(ANSWERED, (0, ""))
    label = _("Others together") if code == REST else labels.get(code, code)
    if bound == HIDDEN or n is None:
        return GroupResult(code, label, code == REST)
    return GroupResult(
        code, label, code == REST, n, cells(question, stored), *_middle(question, stored)
    )


def _place(code: str, labels: Mapping[str, str]) -> tuple[int, str]:
    order = list(labels)
    return (order.index(code) if code in labels else len(order), code)


def _middle(question: Question, stored: Stored) -> tuple[float | None, float | None]:
    if question.kind not in (Kind.SCALE, Kind.NUMBER) or any(b for _c, b in stored.values()):
        return None, None
    values = _values(stored)
    return mean(values), median(values)


def _values(stored: Stored) -> dict[float, int]:
    return {
        float(code): count for code, (count, _b) in stored.items() if code != ANSWERED and count
    }


def _banded(question: Question, stored: Stored, n: int) -> tuple[Cell, ...]:
    over = [bound for _count, bound in stored.values() if bound]
    if over:
        value = next(code for code, (_count, bound) in stored.items() if bound)
        return (Cell(value, _decimal(float(value)), None, None, over[0]),)
    return tuple(
        Cell(f"{band.low:g}", _band_label(band), band.count, _share(band.count, n))
        for band in bands(_values(stored))
    )


def _band_label(band: Band) -> str:
    if band.low == band.high:
        return _decimal(band.low)
    return _("%(low)s to %(high)s") % {"low": _decimal(band.low), "high": _decimal(band.high)}


def _ranked(question: Question, stored: Stored, n: int) -> tuple[Cell, ...]:
    if any(bound for _count, bound in stored.values()):
        return tuple(
            Cell(choice.code, choice.text, bound=stored[f"{choice.code}@1"][1])
            for choice in question.choices
            if f"{choice.code}@1" in stored
        )
    counts = {code: count for code, (count, _b) in stored.items() if code != ANSWERED and count}
    table = places(counts, [choice.code for choice in question.choices])
    ranked = [
        Cell(
            choice.code,
            choice.text,
            table[choice.code][0],
            _share(table[choice.code][0], n),
            score=borda(table[choice.code], n),
            places=tuple(table[choice.code]),
        )
        for choice in question.choices
    ]
    return tuple(sorted(ranked, key=lambda cell: -(cell.score or 0)))


def _share(count: int | None, n: int) -> float | None:
    return None if count is None or not n else count / n


def _decimal(value: float) -> str:
    return str(number_format(int(value) if value == int(value) else value, use_l10n=True))
