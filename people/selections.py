"""A saved selection in words and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from people.models import Person, Role, Selection


@dataclass(frozen=True)
class Described:
    """A selection, the names on each of its lists, and how many of the achterban it names today.

    The number is the roster's, which says nothing about what anybody answered or reads.
    """

    selection: Selection
    lists: tuple[str, ...]
    people: int


def described(selections: Iterable[Selection]) -> list[Described]:
    """Selections for a page (``with_lists``); all their numbers in one query."""
    kept = list(selections)
    people = Person.objects.constituency()
    counts = {f"in_{each.pk}": Count("pk", filter=people.selected(each)) for each in kept}
    numbers = people.order_by().aggregate(**counts) if counts else {}
    return [Described(each, lists_of(each), numbers[f"in_{each.pk}"]) for each in kept]


def lists_of(selection: Selection) -> tuple[str, ...]:
    """The lists that narrow, each as one line of names."""
    roles = [str(Role(value).label) for value in selection.roles]
    lists = (
        [unit.name for unit in selection.units.all()],
        [site.name for site in selection.sites.all()],
        [str(shift) for shift in selection.shifts],
        roles,
    )
    return tuple(", ".join(names) for names in lists if names)


def holding(person: Person) -> list[int]:
    """The ids of the selections that name ``person`` today; always three queries."""
    return [
        each.pk
        for each in Selection.objects.with_lists()
        if _on(person.unit_id, {unit.pk for unit in each.units.all()})
        and _on(person.site_id, {site.pk for site in each.sites.all()})
        and _on(person.shift, set(each.shifts))
        and (not each.roles or bool({Role(value) for value in each.roles} & person.roles))
    ]


def _on(value: int | str | None, wanted: set[int] | set[str]) -> bool:
    return not wanted or value in wanted
