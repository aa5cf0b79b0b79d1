"""Which units are large enough to count the clicks of, each by itself or together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, QuerySet, Value, When

from newsletter.models import Issue, ReaderGroup
from newsletter.slips import least_in_group
from people.models import Person, Unit


@dataclass(frozen=True)
class Grouping:
    """Units that stand by themselves, and how many readers are left for the others together.

    Either every reader is in a group of at least the threshold, or there are no groups at all: what
    is left when all groups are taken off the total is nobody.
    """

    alone: Mapping[int, int]
    others: int


def grouped(readers: Mapping[int | None, int], least: int) -> Grouping | None:
    """The groups for units with so many readers (None: without a unit); None for no groups.

    Where the small ones together are too few, the smallest that could stand alone joins them.
    """
    alone = {
        unit: number for unit, number in readers.items() if unit is not None and number >= least
    }
    others = sum(readers.values()) - sum(alone.values())
    while alone and 0 < others < least:
        smallest = min(alone, key=lambda unit: (alone[unit], unit))
        others += alone.pop(smallest)
    return Grouping(alone, others) if len(alone) + bool(others) > 1 else None


def make_groups(issue: Issue, people: QuerySet[Person]) -> Case | Value:
    """Make the groups of an issue's readers; what gives each reader's end of a counted link.

    None for an issue to who has not answered: how many of a unit those are is not to be told.
    """
    counted = people.order_by().values_list("unit").annotate(Count("mail_address", distinct=True))
    grouping = None if issue.names_nobody else grouped(dict(counted), least_in_group())
    if grouping is None:
        return Value("")
    names = dict(Unit.objects.filter(pk__in=grouping.alone).values_list("pk", "name"))
    groups = {
        unit: ReaderGroup(issue=issue, name=names[unit], readers=readers)
        for unit, readers in sorted(grouping.alone.items(), key=lambda item: names[item[0]])
    }
    others = ReaderGroup(issue=issue, readers=grouping.others)
    ReaderGroup.objects.bulk_create([*groups.values(), *([others] if grouping.others else [])])
    return Case(
        *[When(unit=unit, then=Value(f"{group.code}/")) for unit, group in groups.items()],
        default=Value(f"{others.code}/" if grouping.others else ""),
        output_field=CharField(),
    )
