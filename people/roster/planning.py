"""A reading beside the roster: who joins, changes, leaves, returns. Reads, never writes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q

from people.models import Appointment, Role, Site, Unit
from people.roster.known import Known, load_known
from people.roster.matching import Pair, pair_rows, protected_people, refuse_taken_addresses
from people.roster.plans import Change, Plan, Step, Value
from people.roster.refusals import Note
from people.roster.rows import FIELDS, Reading, Row


def make_plan(reading: Reading, today: dt.date) -> Plan:
    """Compare ``reading`` with the roster as it is now; four queries, whatever their sizes."""
    known = load_known()
    spelling = _Spelling()
    pairs, restored = pair_rows([spelling.spell(row) for row in reading.rows], known)
    pairs, problems, released = refuse_taken_addresses(pairs, known, reading.problems, today)
    sorting = _Sorting(today, reading.fields, _roles_held(today))
    for pair in pairs:
        sorting.take(pair)
    protected = protected_people(known, problems)
    stayed = sorting.take_absent(known, {p.known.pk for p in pairs if p.known}, protected)
    counts = {
        "zeros_restored": restored,
        "already_gone": sorting.already_gone,
        "protected": stayed,
    }
    joined = [pair.row for pair in pairs]
    return Plan(
        reading=reading,
        today=today,
        joining=tuple(sorting.joining),
        changed=tuple(sorting.changed),
        leaving=tuple(sorting.leaving),
        returning=tuple(sorting.returning),
        unchanged=sorting.unchanged,
        released=released,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        notes=(
            *(Note(code, {"count": str(count)}) for code, count in counts.items() if count),
            *reading.notes,
        ),
        new_units=spelling.new_units(joined),
        new_sites=spelling.new_sites(joined),
        employed_before=sum(
            1 for person in known if person.staff_number and not person.has_left(today)
        ),
    )


def _roles_held(today: dt.date) -> dict[int, tuple[Role, ...]]:
    """Roles not yet ended, by person: also those of people who left and may come back."""
    held: defaultdict[int, list[Role]] = defaultdict(list)
    rows = Appointment.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today))
    for person, role in rows.order_by("pk").values_list("person_id", "role"):
        held[person].append(Role(role))
    return {person: tuple(roles) for person, roles in held.items()}


class _Spelling:
    """Units and sites as they are already written: "verpleging " in a file is Verpleging."""

    def __init__(self) -> None:
        self._units = {
            name.casefold(): name for name in Unit.objects.values_list("name", flat=True)
        }
        self._sites = {
            name.casefold(): name for name in Site.objects.values_list("name", flat=True)
        }
        self._old_units = set(self._units.values())
        self._old_sites = set(self._sites.values())

    def spell(self, row: Row) -> Row:
        """``row`` with both names as on record, or as first met in the file."""
        unit = self._units.setdefault(row.unit.casefold(), row.unit) if row.unit else ""
        site = self._sites.setdefault(row.site.casefold(), row.site) if row.site else ""
        return row if (unit, site) == (row.unit, row.site) else replace(row, unit=unit, site=site)

    def new_units(self, rows: Iterable[Row]) -> tuple[str, ...]:
        """Names that are on no record yet, in the order of the file."""
        names = dict.fromkeys(row.unit for row in rows if row.unit)
        return tuple(name for name in names if name not in self._old_units)

    def new_sites(self, rows: Iterable[Row]) -> tuple[str, ...]:
        """See ``new_units``."""
        names = dict.fromkeys(row.site for row in rows if row.site)
        return tuple(name for name in names if name not in self._old_sites)


class _Sorting:
    """Sorts pairs into what happens to them."""

    def __init__(
        self, today: dt.date, fields: frozenset[str], roles: dict[int, tuple[Role, ...]]
    ) -> None:
        self.today = today
        self.compared = tuple(field for field in FIELDS if field in fields)
        self.roles = roles
        self.joining: list[Row] = []
        self.changed: list[Step] = []
        self.leaving: list[Step] = []
        self.returning: list[Step] = []
        self.unchanged = 0
        self.already_gone = 0

    def take(self, pair: Pair) -> None:
        """Sort one row."""
        row, known = pair.row, pair.known
        gone = row.left_on is not None and row.left_on <= self.today
        if known is None:
            if gone:
                self.already_gone += 1
            else:
                self.joining.append(row)
        elif known.has_left(self.today):
            if gone:
                self.unchanged += 1
            else:
                back = Change("left_on", known.left_on, row.left_on)
                others = (c for c in self._changes(pair, known) if c.field != "left_on")
                self.returning.append(self._step(known, row, (*others, back)))
        elif gone:
            self.leaving.append(
                self._step(known, row, (Change("left_on", known.left_on, row.left_on),))
            )
        elif changes := self._changes(pair, known):
            self.changed.append(self._step(known, row, changes))
        else:
            self.unchanged += 1

    def take_absent(self, known: Iterable[Known], present: set[int], protected: set[int]) -> int:
        """Whoever is on the staff list and not in the file leaves; returns how many are spared."""
        spared = 0
        for person in known:
            if not person.staff_number or person.has_left(self.today) or person.pk in present:
                continue
            if person.pk in protected:
                spared += 1
                continue
            leaves = Change("left_on", person.left_on, self.today)
            self.leaving.append(self._step(person, None, (leaves,)))
        return spared

    def _step(self, known: Known, row: Row | None, changes: tuple[Change, ...]) -> Step:
        return Step(known, row, changes, self.roles.get(known.pk, ()))

    def _changes(self, pair: Pair, known: Known) -> tuple[Change, ...]:
        changes = []
        for field in self.compared:
            old: Value = getattr(known, field)
            new: Value = pair.email if field == "email" else getattr(pair.row, field)
            if old != new:
                changes.append(Change(field, old, new))
        return tuple(changes)
