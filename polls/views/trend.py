"""Results beside those of an earlier time: as a picture, as words and as a table."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from people import rules as people
from people.guards import SignedInRequest, permit, reveal, signed_in
from polls import rules
from polls.actions.comparing import CannotCompare, candidates, compare_with
from polls.disclosure import Disclosure, comparison_for
from polls.disclosure.comparing import (
    FEW,
    HIDDEN,
    HIGHER,
    LOWER,
    MEAN,
    POINTS,
    SAME,
    SHARE,
    UNTESTED,
    Comparison,
    ItemComparison,
    Line,
    QuestionComparison,
)
from polls.forms.comparing import CompareForm
from polls.models import Consultation, Mode


class Dot(NamedTuple):
    """Two figures on one line from 0 to 100; None for ``then`` and ``now`` where there is none."""

    then: float
    now: float
    left: float
    width: float


class Row(NamedTuple):
    """One figure then and now, in words."""

    label: str
    then: str
    now: str
    difference: str
    says: str
    tone: str
    dot: Dot | None


class Part(NamedTuple):
    """A question, or a row of a matrix."""

    title: str
    n: str
    rows: list[Row]


class Panel(NamedTuple):
    """One question that was asked both times."""

    number: int
    text: str
    note: str
    parts: list[Part]


class Time(NamedTuple):
    """One time of asking, for the table that says who answered."""

    title: str
    when: str
    invited: int
    took_part: int
    percent: int


@signed_in
@require_http_methods(["GET", "POST"])
def trend(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The comparison, for who may read what was released of both; the secretary chooses it here."""
    found = Consultation.objects.visible_to(request.user).select_related("questionnaire")
    consultation = get_object_or_404(found, key=key)
    may_choose = rules.may_compare(request.user, consultation)
    if request.method == "POST":
        permit(may_choose)
        return _choose(request, consultation)
    comparison = comparison_for(request.user, consultation)
    if people.is_council(request.user):
        permit(rules.may_read_results(request.user, consultation))
    else:
        reveal(comparison is not None)
    return _page(request, consultation, comparison, may_choose=may_choose)


def _choose(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    offered = candidates(consultation, request.user)
    form = CompareForm(request.POST, candidates=offered)
    if not form.is_valid():
        return _page(request, consultation, None, may_choose=True, form=form)
    try:
        compare_with(consultation, form.chosen, request.user)
    except CannotCompare:
        messages.error(request, _("This one cannot be compared with any more."))
    else:
        messages.success(request, _("Saved."))
    return redirect("polls:trend", key=consultation.key)


def _page(
    request: SignedInRequest,
    consultation: Consultation,
    comparison: Comparison | None,
    *,
    may_choose: bool,
    form: CompareForm | None = None,
) -> HttpResponse:
    if may_choose and form is None:
        form = CompareForm(
            candidates=candidates(consultation, request.user),
            initial={"earlier": _key_of(request, consultation)},
        )
    context = {
        "consultation": consultation,
        "comparison": comparison,
        "panels": panels(comparison) if comparison else [],
        "times": [_time(comparison.then), _time(comparison.now)] if comparison else [],
        "remarks": remarks(comparison) if comparison else [],
        "is_chosen": consultation.compared_with_id is not None,
        "is_council": people.is_council(request.user),
        "form": form,
        "is_wrong": bool(form and form.errors),
    }
    status = 400 if context["is_wrong"] else 200
    return render(request, "polls/trend.html", context, status=status)


def _key_of(request: SignedInRequest, consultation: Consultation) -> str:
    chosen = Consultation.objects.visible_to(request.user).filter(
        pk=consultation.compared_with_id or 0
    )
    return "".join(str(key) for key in chosen.values_list("key", flat=True))


def _time(disclosure: Disclosure) -> Time:
    days = [parse_date(day) for day in (disclosure.opened_on, disclosure.closed_on) if day]
    when = " – ".join(dict.fromkeys(date_format(day, "j b Y") for day in days if day))
    percent = round(100 * disclosure.response)
    return Time(disclosure.title, when, disclosure.invited, disclosure.took_part, percent)


def remarks(comparison: Comparison) -> list[str]:
    """What to keep in mind while reading."""
    lines = []
    if comparison.tests:
        lines.append(
            ngettext(
                "A difference is called one only where chance hardly explains it. %(n)d figure was"
                " tested.",
                "A difference is called one only where chance hardly explains it, also with the"
                " %(n)d figures here tested together.",
                comparison.tests,
            )
            % {"n": comparison.tests}
        )
    if comparison.then.mode != comparison.now.mode:
        then, now = (str(Mode(each.mode).label) for each in (comparison.then, comparison.now))
        lines.append(
            _(
                "Then it was asked %(then)s, now %(now)s. People may answer differently for that"
                " alone."
            )
            % {"then": then, "now": now}
        )
    if comparison.changed:
        names = "; ".join(comparison.changed)
        lines.append(_("Not compared, because the answers to choose from changed: %s") % names)
    if comparison.added:
        lines.append(_("Not asked then: %s") % "; ".join(comparison.added))
    return lines


def panels(comparison: Comparison) -> list[Panel]:
    """Every question that was asked both times."""
    return [_panel(number, each) for number, each in enumerate(comparison.questions, start=1)]


def _panel(number: int, question: QuestionComparison) -> Panel:
    low, high = question.now.low_label, question.now.high_label
    note = _("%(low)s to %(high)s.") % {"low": low, "high": high} if low and high else ""
    return Panel(number, question.text, note, [_part(item) for item in question.items])


def _part(item: ItemComparison) -> Part:
    n = _("%(then)d answers then, %(now)d now") % {"then": item.n_then, "now": item.n_now}
    return Part(item.text, n, [_row(line, item) for line in item.lines])


def _row(line: Line, item: ItemComparison) -> Row:
    says, tone = verdict_in_words(line.verdict)
    return Row(
        line.label or _("On average"),
        figure_in_words(line.measure, line.then, line.then_bound),
        figure_in_words(line.measure, line.now, line.now_bound),
        difference_in_words(line),
        says,
        tone,
        _dot(line, item),
    )


def figure_in_words(measure: str, value: float | None, bound: str) -> str:
    """A figure as it may be told: 38%, more than 95%, 3.4, or not shown."""
    if bound.startswith("over"):
        return _("more than %(n)d%%") % {"n": int(bound.removeprefix("over"))}
    if bound.startswith("under"):
        return _("less than %(n)d%%") % {"n": int(bound.removeprefix("under"))}
    if value is None:
        return _("not shown")
    return f"{round(100 * value)}%" if measure == SHARE else number_format(value, 1)


def difference_in_words(line: Line) -> str:
    """How much more or less: +8 points, −0.4; a dash where nothing may be said of it."""
    difference = line.difference
    if difference is None:
        return "–"
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    if line.measure == SHARE:
        size = round(100 * abs(difference))
        return ngettext("%(sign)s%(n)d point", "%(sign)s%(n)d points", size) % {
            "sign": sign,
            "n": size,
        }
    return f"{sign}{number_format(abs(difference), 1)}"


def verdict_in_words(verdict: str) -> tuple[str, str]:
    """What a difference says, and the tone of its label."""
    return {
        HIGHER: (_("higher"), "up"),
        LOWER: (_("lower"), "down"),
        SAME: (_("no clear difference"), "same"),
        FEW: (_("too few to say"), "none"),
        UNTESTED: (_("not tested"), "none"),
        HIDDEN: (_("not compared"), "none"),
    }[verdict]


def _dot(line: Line, item: ItemComparison) -> Dot | None:
    if line.then is None or line.now is None:
        return None
    low, high = (0.0, 1.0) if line.measure == SHARE else (item.lowest, item.highest)
    if line.measure in (MEAN, POINTS) and low == high:
        return None
    then, now = (100 * (value - low) / (high - low) for value in (line.then, line.now))
    return Dot(then, now, min(then, now), abs(now - then))
