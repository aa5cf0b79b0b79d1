"""Importing the staff list: one plan, one transaction, statements by the thousand."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from people.addresses import mirror_addresses
from people.log import log_act
from people.models import Appointment, Person, Site, Unit
from people.roster.planning import make_plan
from people.roster.plans import Plan, Step
from people.roster.rows import FIELDS, Row

BATCH = 2_000
T = TypeVar("T")


class RosterChanged(Exception):
    """The roster is no longer what the plan was made from; ``plan`` is a fresh one."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("the roster changed after the plan was made")
        self.plan = plan


class TickMissing(ValueError):
    """The plan touches roles or lets many leave, and nobody said that it is right all the same."""


def import_roster(plan: Plan, by: Person | None, *, ticked: bool = False) -> None:
    """Do what ``plan`` says, all of it or nothing; ``by`` is None for the command line.

    Raises ``RosterChanged`` where the plan no longer fits, ``TickMissing`` where it ``needs_tick``
    or ``is_alarming`` and not ``ticked``, ``ValueError`` where no row of the file can be used.
    """
    if not plan.is_usable:
        raise ValueError("a file without one usable row cannot become the roster")
    if (plan.needs_tick or plan.is_alarming) and not ticked:
        raise TickMissing
    try:
        with transaction.atomic():
            fresh = make_plan(plan.reading, plan.today)
            if fresh.digest != plan.digest:
                raise RosterChanged(fresh)
            _write(fresh, by)
    except IntegrityError as error:
        # Somebody else wrote between our reading and our writing; all of ours is undone.
        fresh = make_plan(plan.reading, plan.today)
        if fresh.digest == plan.digest:
            raise
        raise RosterChanged(fresh) from error


def _write(plan: Plan, by: Person | None) -> None:
    Unit.objects.bulk_create([Unit(name=name) for name in plan.new_units])
    Site.objects.bulk_create([Site(name=name) for name in plan.new_sites])
    units = dict(Unit.objects.values_list("name", "pk"))
    sites = dict(Site.objects.values_list("name", "pk"))
    steps = (*plan.changed, *plan.leaving, *plan.returning)
    _free_unique_values(plan, steps)
    _change_people(steps, units, sites)
    _add_people(plan.joining, units, sites)
    _end_roles(plan)
    mirror_addresses()
    log_act(by, "people.import_roster")


def _free_unique_values(plan: Plan, steps: Iterable[Step]) -> None:
    """Blank addresses and numbers that are about to move, so that none is met twice on the way."""
    moving: dict[str, list[int]] = {"email": list(plan.released), "staff_number": []}
    for step in steps:
        for change in step.changes:
            if change.field in moving:
                moving[change.field].append(step.known.pk)
    for field, keys in moving.items():
        for batch in _batches(keys):
            Person.objects.filter(pk__in=batch).update(**{field: ""})


def _change_people(steps: Sequence[Step], units: dict[str, int], sites: dict[str, int]) -> None:
    """Write the changed fields; a batch shares its fields, so nothing else is overwritten."""
    by_fields: dict[tuple[str, ...], list[Step]] = {}
    for step in steps:
        by_fields.setdefault(tuple(change.field for change in step.changes), []).append(step)
    for fields, alike in by_fields.items():
        for batch in _batches(alike):
            people = Person.objects.in_bulk([step.known.pk for step in batch])
            for step in batch:
                for change in step.changes:
                    _set(people[step.known.pk], change.field, change.new, units, sites)
            # An upsert on the primary key: one plain statement, where bulk_update would build a
            # CASE of as many branches as there are rows.
            Person.objects.bulk_create(
                people.values(),
                update_conflicts=True,
                unique_fields=["pk"],
                update_fields=fields,
            )


def _add_people(rows: Sequence[Row], units: dict[str, int], sites: dict[str, int]) -> None:
    for batch in _batches(rows):
        people = []
        for row in batch:
            person = Person(password=make_password(None))
            for field in FIELDS:
                _set(person, field, getattr(row, field), units, sites)
            people.append(person)
        Person.objects.bulk_create(people)


def _set(
    person: Person, field: str, value: object, units: dict[str, int], sites: dict[str, int]
) -> None:
    if field == "unit":
        person.unit_id = units[str(value)] if value else None
    elif field == "site":
        person.site_id = sites[str(value)] if value else None
    else:
        setattr(person, field, value)


def _end_roles(plan: Plan) -> None:
    """Who leaves loses their roles, and who returns does not find old ones waiting."""
    for step in (*plan.leaving, *plan.returning):
        if not step.roles:
            continue
        left_on = step.known.left_on if step in plan.returning else _last_day(step)
        ending = Appointment.objects.filter(person=step.known.pk).filter(
            models.Q(ended_on=None) | models.Q(ended_on__gt=plan.today)
        )
        ending.update(ended_on=Greatest(F("began_on"), models.Value(left_on)))
        log_act(None, "people.end_roles", Person.objects.get(pk=step.known.pk))


def _last_day(step: Step) -> dt.date | None:
    return next((c.new for c in step.changes if c.field == "left_on"), None)  # type: ignore[return-value]


def _batches(items: Sequence[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
