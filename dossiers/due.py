"""What is due for the council, over all dossiers and apps, soonest first.

The clock of every open dossier is one source. An app above may register more at start-up::

    from dossiers import due

    due.register("live", lambda person, today: [...])

A source takes a constant number of queries and yields only what ``person`` may see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dossiers.clock import ENDS_BY_TIME
from dossiers.models import Dossier
from people import rules
from people.models import Person


@dataclass(frozen=True)
class Due:
    """One thing that is due: the last day, what, of what, and where it is done.

    ``act_by`` is the last working day not after ``last_day``. ``mine`` tells whether it is up to
    this person in particular.
    """

    last_day: date
    act_by: date
    what: str
    of: str
    url: str
    mine: bool = False

    def days_left(self, today: date) -> int:
        """Days from ``today`` to the last day; negative where it is overdue."""
        return (self.last_day - today).days


Source = Callable[[Person, date], Iterable[Due]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Count what ``source`` yields among what is due; ``name`` is the app's."""
    _sources[name] = source


def of(person: Person, today: date, within_days: int = 60) -> list[Due]:
    """What is due for ``person`` until ``within_days`` from ``today``, the overdue first."""
    horizon = today + timedelta(days=within_days)
    found = [due for source in _sources.values() for due in source(person, today)]
    return sorted(
        (due for due in found if due.last_day <= horizon),
        key=lambda due: (due.last_day, not due.mine, due.of),
    )


def clock_source(person: Person, today: date) -> Iterable[Due]:
    """The terms of every open dossier this council member sees; four queries."""
    if not rules.is_council(person):
        return
    for dossier in Dossier.objects.visible_to(person).open().with_clock():
        for term in dossier.terms:
            if term.last_day < today and term.kind in ENDS_BY_TIME:
                continue
            yield Due(
                last_day=term.last_day,
                act_by=term.act_by,
                what=term.title or str(term.kind.label),
                of=dossier.title,
                url=dossier.get_absolute_url(),
            )
