"""``disclose``: from stored tallies to what may be shown. Nothing else reads tallies."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from polls.disclosure.figures import margin
from polls.disclosure.items import answers_to, item_result
from polls.disclosure.shapes import (
    FEW,
    RUNNING,
    Breakdown,
    Disclosure,
    GroupTurnout,
    ItemResult,
    QuestionResult,
)
from polls.disclosure.themes import theme_counts
from polls.models import Breakdown as RosterBreakdown
from polls.models import (
    Consultation,
    ConsultationKind,
    Elector,
    OpenAnswer,
    OpinionMap,
    Tally,
    Turnout,
    VotingCode,
)
from polls.protection import REST, fold
from polls.questions.loading import schema_of
from polls.questions.schema import Kind, Question, Schema
from polls.statements.grouping import NAMES
from polls.statements.shapes import OPINION, Opinions
from polls.tally import GROUP, OTHER, WHOLE, background_questions, items_of

CLEARLY = 0.05
"""A group weighs clearly less where its share of the answers is five percentage points, or a third
of it, below its share of those asked."""

Rows = dict[str, dict[str, dict[str, tuple[int | None, str]]]]
"""item -> group -> cell -> (count, bound)."""


def disclose(consultation: Consultation, by: str | None = None, language: str = "") -> Disclosure:
    """All that may be shown, in the whole or ``by`` one property (``Disclosure.breakdowns``).

    Before the counting: the response alone. ``by`` that is none of the breakdowns is left out.
    A constant number of queries (six, one more with themes, and four once a process for its
    questions).
    """
    schema = schema_of(consultation.questionnaire, language)
    breakdowns = breakdowns_of(consultation, schema)
    opinions = _opinions(consultation)
    if opinions is not None and opinions.groups:
        breakdowns.append(Breakdown(OPINION, _("Opinion group")))
    chosen = next((each for each in breakdowns if each.code == by), None)
    is_closed = consultation.is_closed
    enough = consultation.counted >= consultation.total_threshold
    took_part = consultation.participants if is_closed else participants_of(consultation)
    questions: tuple[QuestionResult, ...] = ()
    if is_closed and enough:
        questions = _questions(consultation, schema, chosen)
    return Disclosure(
        title=consultation.title,
        kind=consultation.kind,
        mode=consultation.mode,
        wave=consultation.wave,
        opened_on=consultation.opened_at.date().isoformat() if consultation.opened_at else "",
        closed_on=consultation.closed_on.isoformat() if consultation.closed_on else "",
        invited=consultation.electorate_size,
        took_part=took_part,
        counted=consultation.counted,
        total_threshold=consultation.total_threshold,
        group_threshold=consultation.group_threshold,
        suppressed_reason="" if questions else FEW if is_closed else RUNNING,
        by=chosen.code if chosen else "",
        by_label=chosen.label if chosen else "",
        breakdowns=tuple(breakdowns) if questions else (),
        turnout=turnout_shown(consultation),
        questions=questions,
        margin=_margin(consultation, schema),
        themes=theme_counts(consultation) if questions else (),
        opinions=opinions if questions else None,
    )


def _margin(consultation: Consultation, schema: Schema) -> float | None:
    """Only where there are percentages for it to be about: themes are the council's reading."""
    questions = list(schema)
    if questions and all(question.is_open for question in questions):
        return None
    return margin(consultation.counted, consultation.electorate_size)


def breakdowns_of(consultation: Consultation, schema: Schema) -> list[Breakdown]:
    """What results may be broken down by: the roster's property, and background questions."""
    found = []
    if consultation.breakdown:
        found.append(Breakdown(GROUP, str(RosterBreakdown(consultation.breakdown).label)))
    return found + [Breakdown(each.code, each.text) for each in background_questions(schema)]


def participants_of(consultation: Consultation) -> int:
    """How many took part up to now: signed in, and by code."""
    signed_in = Elector.objects.filter(consultation=consultation, took_part=True).count()
    return signed_in + VotingCode.objects.filter(consultation=consultation, used=True).count()


def turnout_shown(consultation: Consultation) -> tuple[GroupTurnout, ...]:
    """The response by group, groups below the threshold together; up to now, or as it closed."""
    if consultation.is_closed:
        stored = Turnout.objects.filter(consultation=consultation)
        rows = [(row.group, row.is_rest, row.invited, row.took_part) for row in stored]
    else:
        rows = [(label, label == REST, *pair) for label, pair in folded_turnout(consultation)]
    invited = sum(row[2] for row in rows)
    took_part = sum(row[3] for row in rows)
    if len(rows) < 2:
        return ()
    return tuple(
        GroupTurnout(
            _("Others together") if is_rest else label,
            is_rest,
            size,
            took,
            _reached(size, took, invited, took_part),
        )
        for label, is_rest, size, took in rows
    )


def folded_turnout(consultation: Consultation) -> list[tuple[str, tuple[int, int]]]:
    """Group label to (invited, took part); those below the threshold together under ``REST``."""
    electors = Elector.objects.filter(consultation=consultation).order_by()
    codes = VotingCode.objects.filter(consultation=consultation, used=True).order_by()
    invited = _by_group(electors)
    took_part = _by_group(electors.filter(took_part=True))
    for label, used in _by_group(codes).items():
        took_part[label] += used
    folded = fold(invited, consultation.group_threshold)
    sums: dict[str, tuple[int, int]] = {}
    for label, size in sorted(invited.items(), key=lambda pair: (folded[pair[0]] == REST, pair)):
        before = sums.get(folded[label], (0, 0))
        sums[folded[label]] = (before[0] + size, before[1] + took_part[label])
    return list(sums.items())


def _by_group(rows: QuerySet[Elector] | QuerySet[VotingCode]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    found.update(rows.values_list("group").annotate(size=Count("pk")))
    return found


def _reached(invited: int, took_part: int, all_invited: int, all_took_part: int) -> str:
    if not all_invited or not all_took_part:
        return ""
    asked, heard = invited / all_invited, took_part / all_took_part
    if heard < asked - CLEARLY or heard < asked * 2 / 3:
        return "under"
    return "over" if heard > asked + CLEARLY else ""


def _questions(
    consultation: Consultation, schema: Schema, by: Breakdown | None
) -> tuple[QuestionResult, ...]:
    whole, groups = _tallies(consultation, by.code if by else WHOLE)
    written = dict(
        OpenAnswer.objects.filter(consultation=consultation)
        .order_by()
        .values_list("question")
        .annotate(written=Count("pk"))
    )
    labels = _labels(schema, by)
    return tuple(
        QuestionResult(
            code=question.code,
            kind=question.kind.value,
            text=question.text,
            items=tuple(_items(question, whole, groups, labels)),
            open_count=written.get(question.code, 0) + written.get(question.code + OTHER, 0),
            low_label=question.settings.low_label,
            high_label=question.settings.high_label,
            unit=question.settings.unit,
        )
        for question in schema
    )


def _items(
    question: Question, whole: Rows, groups: Rows, labels: dict[str, str]
) -> list[ItemResult]:
    texts = [row.text for row in question.rows] if question.kind is Kind.MATRIX else [question.text]
    return [
        item_result(
            question, item, text, whole.get(item, {}).get("", {}), groups.get(item, {}), labels
        )
        for item, text in zip(items_of(question), texts, strict=True)
    ]


def _tallies(consultation: Consultation, attribute: str) -> tuple[Rows, Rows]:
    whole: Rows = defaultdict(lambda: defaultdict(dict))
    groups: Rows = defaultdict(lambda: defaultdict(dict))
    rows = Tally.objects.filter(consultation=consultation, attribute__in={WHOLE, attribute})
    for kept_for, group, item, cell, count, bound in rows.values_list(
        "attribute", "group", "item", "cell", "count", "bound"
    ):
        (whole if kept_for == WHOLE else groups)[item][group][cell] = (count, bound)
    return whole, groups


def _opinions(consultation: Consultation) -> Opinions | None:
    if consultation.kind != ConsultationKind.STATEMENTS or not consultation.is_closed:
        return None
    found = OpinionMap.objects.filter(consultation=consultation).first()
    return Opinions.from_json(found.payload) if found else None


def _labels(schema: Schema, by: Breakdown | None) -> dict[str, str]:
    """What the groups of a background question are called, in its order; units name themselves."""
    if by and by.code == OPINION:
        return {name: _("Group %(name)s") % {"name": name} for name in NAMES}
    question = schema.by_code.get(by.code) if by else None
    if question is None:
        return {}
    return {choice.code: choice.text for choice in answers_to(question)}
