"""The communication plan counted up: board, months, hours, and what each channel brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

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
    reach: int
    reactions: int


@dataclass(frozen=True)
class Plan:
    """A plan as its page shows it: columns by state, months by day, sums by channel."""

    columns: list[tuple[str, list[PlanStep]]]
    months: list[tuple[date | None, list[PlanStep]]]
    channels: list[ChannelSum]
    budgeted: Decimal
    spent: Decimal

    @property
    def is_empty(self) -> bool:
        return not any(steps for _state, steps in self.columns)


def plan_of(steps: Iterable[PlanStep]) -> Plan:
    """The plan that ``steps`` make; they come in the order of their days, those without last."""
    rows = list(steps)
    return Plan(
        columns=[
            (str(state.label), [row for row in rows if row.state == state]) for state in StepState
        ],
        months=[
            (month, list(group))
            for month, group in groupby(
                rows, key=lambda row: row.planned_on.replace(day=1) if row.planned_on else None
            )
        ],
        channels=[
            _sum(channel, [row for row in rows if row.channel == channel])
            for channel in Channel
            if any(row.channel == channel for row in rows)
        ],
        budgeted=sum((row.hours_budgeted for row in rows), Decimal(0)),
        spent=sum((row.hours_spent for row in rows), Decimal(0)),
    )


def _sum(channel: Channel, rows: list[PlanStep]) -> ChannelSum:
    return ChannelSum(
        name=str(channel.label),
        steps=len(rows),
        budgeted=sum((row.hours_budgeted for row in rows), Decimal(0)),
        spent=sum((row.hours_spent for row in rows), Decimal(0)),
        reach=sum(row.reach or 0 for row in rows),
        reactions=sum(row.reactions or 0 for row in rows),
    )


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
