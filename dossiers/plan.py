"""The communication plan counted up: board, months, hours, and what each channel brought."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers.brought import Brought
from dossiers.calendar import working_day_until
from dossiers.due import Due
from dossiers.models import Channel, Dossier, PlanStep, StepState
from dossiers.shortcuts import Shortcut
from people.models import Person
from people.rules import is_council


@dataclass(frozen=True)
class ChannelSum:
    """What one channel cost and brought."""

    name: str
    steps: int
    budgeted: Decimal
    spent: Decimal
    reach: int | None
    reactions: int | None


@dataclass(frozen=True)
class PlannedStep:
    """One step with what it became in the portal, if that is linked and may be seen."""

    step: PlanStep
    brought: Brought | None
    overdue: bool

    @property
    def reach(self) -> int | None:
        """Told by what it became, else as filled in."""
        return self.brought.reach if self.brought else self.step.reach

    @property
    def reactions(self) -> int | None:
        """Told by what it became, else as filled in."""
        return self.brought.reactions if self.brought else self.step.reactions


@dataclass(frozen=True)
class Plan:
    """A plan as its page shows it: columns by state, months by day, sums by channel."""

    columns: list[tuple[str, list[PlannedStep]]]
    months: list[tuple[date | None, list[PlannedStep]]]
    channels: list[ChannelSum]
    budgeted: Decimal
    spent: Decimal
    linked: list[Brought]
    """What steps became that tells its response per group."""

    @property
    def is_empty(self) -> bool:
        return not any(steps for _state, steps in self.columns)


def plan_of(
    steps: Iterable[PlanStep], found: Mapping[str, Brought] | None = None, today: date | None = None
) -> Plan:
    """The plan that ``steps`` make; they come in the order of their days, those without last."""
    rows = [_planned(step, found or {}, today) for step in steps]
    linked = {row.step.became: row.brought for row in rows if row.brought and row.brought.groups}
    return Plan(
        columns=[
            (str(state.label), [row for row in rows if row.step.state == state])
            for state in StepState
        ],
        months=[(month, list(group)) for month, group in groupby(rows, key=_month)],
        channels=[
            _sum(channel, [row for row in rows if row.step.channel == channel])
            for channel in Channel
            if any(row.step.channel == channel for row in rows)
        ],
        budgeted=sum((row.step.hours_budgeted for row in rows), Decimal(0)),
        spent=sum((row.step.hours_spent for row in rows), Decimal(0)),
        linked=list(linked.values()),
    )


def _planned(step: PlanStep, found: Mapping[str, Brought], today: date | None) -> PlannedStep:
    late = bool(today and step.planned_on and step.planned_on < today)
    return PlannedStep(step, found.get(step.became), late and step.state != StepState.DONE)


def _month(row: PlannedStep) -> date | None:
    return row.step.planned_on.replace(day=1) if row.step.planned_on else None


def _sum(channel: Channel, rows: list[PlannedStep]) -> ChannelSum:
    # Two steps that became the same thing reached people once.
    once = {row.step.became or str(row.step.key): row for row in rows}.values()
    return ChannelSum(
        name=str(channel.label),
        steps=len(rows),
        budgeted=sum((row.step.hours_budgeted for row in rows), Decimal(0)),
        spent=sum((row.step.hours_spent for row in rows), Decimal(0)),
        reach=_together(row.reach for row in once),
        reactions=_together(row.reactions for row in once),
    )


def _together(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


@dataclass(frozen=True)
class Day:
    """One square of the month: its day, whether it is of this month, and its steps."""

    day: date
    inside: bool
    steps: list[PlannedStep]


def month_grid(plan: Plan, month: date) -> list[list[Day]]:
    """The weeks of ``month``, Monday first, with the steps of each day."""
    by_day: dict[date, list[PlannedStep]] = {}
    for _month_of, rows in plan.months:
        for row in rows:
            if row.step.planned_on:
                by_day.setdefault(row.step.planned_on, []).append(row)
    return [
        [Day(day, day.month == month.month, by_day.get(day, [])) for day in week]
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]


def due_source(person: Person, today: date) -> Iterable[Due]:
    """Steps that are planned and not done; one query. Of closed dossiers none."""
    steps = (
        PlanStep.objects.visible_to(person)
        .filter(planned_on__isnull=False, dossier__closed_on=None)
        .exclude(state=StepState.DONE)
        .select_related("dossier")
    )
    for step in steps:
        assert step.planned_on is not None
        yield Due(
            last_day=step.planned_on,
            act_by=working_day_until(step.planned_on),
            what=step.goal,
            of=step.dossier.title if step.dossier else _("communication plan of the council"),
            url=reverse("dossiers:step", args=[step.key]),
            mine=step.owner_id == person.pk,
        )


def shortcut_source(dossier: Dossier, person: Person) -> Iterable[Shortcut]:
    """The way to a dossier's plan, for the council."""
    if is_council(person):
        yield Shortcut(
            _("Communication plan"), reverse("dossiers:dossier_plan", args=[dossier.key])
        )
