"""Evidence from the same question at two times of asking: what was released of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from advice.evidence import NotDisclosed, Offer
from advice.figures import Cell, Figures, Group
from advice.letters import wording
from dossiers.models import Dossier
from people.models import Person
from polls.disclosure import Cell as Told
from polls.disclosure import comparisons_for
from polls.disclosure.comparing import (
    FEW,
    HIDDEN,
    HIGHER,
    LOWER,
    MEAN,
    POINTS,
    SHARE,
    Comparison,
    ItemComparison,
    Line,
    QuestionComparison,
)
from polls.models import Consultation
from polls.questions.schema import Kind

THEN_NOW = "then-now:"
"""Before the code of an item that is held beside an earlier time."""


class Trend(NamedTuple):
    """What a letter says of it, before who was asked and when is put around it."""

    question: str
    statement: str
    respondents: int
    figures: Figures
    beside: str


def comparisons(
    consultations: Iterable[Consultation], dossier: Dossier, person: Person
) -> dict[int, Comparison]:
    """By primary key, where the earlier one may stand in this dossier's letter: it is of the same
    dossier, or of none, so that no other dossier's lock can come over it later."""
    compared = [each for each in consultations if each.compared_with_id]
    if not compared:
        return {}
    earlier = Consultation.objects.filter(pk__in=[each.compared_with_id for each in compared])
    tellable = set(
        earlier.filter(Q(dossier=dossier) | Q(dossier=None)).values_list("pk", flat=True)
    )
    return comparisons_for(person, [c for c in compared if c.compared_with_id in tellable])


def offers(consultation: Consultation, comparison: Comparison | None) -> Iterator[Offer]:
    """The questions of which a difference can be told, or that there is none."""
    for question, item in _telling(comparison):
        yield Offer(
            f"{consultation.key}:{THEN_NOW}{item.code}",
            _("Then and now: %(question)s") % {"question": _asked(question, item)},
            _sentence(question, item, comparison) if comparison else "",
        )


def finding(comparison: Comparison | None, code: str) -> Trend:
    """The item with ``code`` at both times. Raises ``NotDisclosed``."""
    for question, item in _telling(comparison):
        if item.code == code and comparison is not None:
            return Trend(
                _asked(question, item),
                _sentence(question, item, comparison),
                item.n_now,
                _figures(question, item, comparison),
                _("beside “%(title)s” (%(when)s)")
                % {"title": comparison.then.title, "when": _moments(comparison)[0]},
            )
    raise NotDisclosed(_("This comparison is not there."))


def as_cell(told: Told) -> Cell:
    """A figure of a consultation as a finding keeps it."""
    if told.is_hidden or (told.share is None and told.bound_percentage is None):
        return Cell(told.label, bound="hidden")
    if told.bound_percentage is not None:
        bound = "over" if told.bound_is_over else "under"
        return Cell(told.label, None, told.bound_percentage / 100, bound)
    return Cell(told.label, told.count, told.share)


def _telling(
    comparison: Comparison | None,
) -> Iterator[tuple[QuestionComparison, ItemComparison]]:
    for question in comparison.questions if comparison else ():
        for item in question.items:
            if any(line.verdict not in (FEW, HIDDEN) for line in item.lines):
                yield question, item


def _asked(question: QuestionComparison, item: ItemComparison) -> str:
    return f"{question.text} – {item.text}" if item.text else question.text


def _figures(question: QuestionComparison, item: ItemComparison, comparison: Comparison) -> Figures:
    now = next(each for each in question.now.items if each.code == item.code)
    shares = [line for line in item.lines if line.measure == SHARE]
    before, after = _moments(comparison)
    groups: tuple[Group, ...] = ()
    if shares:
        groups = tuple(
            Group(when, n, shown.invited, tuple(_at(line, is_now=at) for line in shares))
            for when, shown, n, at in (
                (before, comparison.then, item.n_then, False),
                (after, comparison.now, item.n_now, True),
            )
        )
    return Figures(
        cells=tuple(as_cell(cell) for cell in now.cells),
        groups=groups,
        breakdown=_("time of asking"),
        mean=now.mean,
        several=question.kind == Kind.MULTIPLE.value,
        note=_(
            "A difference is named where chance hardly explains it (5%% for all %(n)s figures that"
            " were compared)."
        )
        % {"n": localize(comparison.tests)},
    )


def _at(line: Line, *, is_now: bool) -> Cell:
    value, bound = (line.now, line.now_bound) if is_now else (line.then, line.then_bound)
    return as_cell(Told(line.label, line.label, None, value, bound))


def _sentence(question: QuestionComparison, item: ItemComparison, comparison: Comparison) -> str:
    line = _most(item.lines)
    before, after = _moments(comparison)
    facts = {
        "question": _asked(question, item),
        "answer": line.label,
        "before": before,
        "after": after,
        "then": _value(line, line.then),
        "now": _value(line, line.now),
    }
    if line.measure == SHARE:
        words = _(
            "To “%(question)s” %(then)s answered “%(answer)s” in %(before)s and %(now)s in"
            " %(after)s: %(verdict)s."
        )
    elif line.measure == MEAN:
        words = _(
            "On “%(question)s” staff gave an average of %(then)s in %(before)s and of %(now)s in"
            " %(after)s: %(verdict)s."
        )
    else:
        words = _(
            "Asked to rank under “%(question)s”, staff gave “%(answer)s” %(then)s points in"
            " %(before)s and %(now)s in %(after)s: %(verdict)s."
        )
    verdicts = {
        HIGHER: _("more than then, and chance hardly explains it"),
        LOWER: _("less than then, and chance hardly explains it"),
    }
    return words % (facts | {"verdict": verdicts.get(line.verdict, _("no clear difference"))})


def _moments(comparison: Comparison) -> tuple[str, str]:
    """The months in which both closed, in words; the days where that is one month."""
    days = [parse_date(each.closed_on) for each in (comparison.then, comparison.now)]
    for form in ("F Y", "j F Y"):
        before, after = (date_format(day, form) if day else "" for day in days)
        if before != after:
            break
    return before, after


def _most(lines: tuple[Line, ...]) -> Line:
    """The mean where there is one; else the clear difference that is largest, else the largest."""
    told = [line for line in lines if line.difference is not None]
    clear = [line for line in told if line.verdict in (HIGHER, LOWER)]
    means = [line for line in told if line.measure == MEAN]
    return max(means or clear or told, key=lambda line: abs(line.difference or 0))


def _value(line: Line, value: float | None) -> str:
    if value is None:
        return ""
    digits = 1 if line.measure in (MEAN, POINTS) else 0
    return localize(round(value, digits)) if digits else wording.percent(value)
