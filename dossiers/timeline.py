"""The timeline of a dossier: everything filed under it, whichever app it lives in.

An app above registers itself at start-up, in its ``AppConfig.ready``::

    from dossiers import timeline

    timeline.register("polls", polls_timeline)

where the source is a function of ``(dossier, person)`` that yields ``Item``s. A source

- yields only what ``person`` may see (``X.objects.visible_to(person)``): the page is also read by
  staff, and trusts its sources;
- takes a constant number of queries, however much is filed;
- does no harm when the dossier is closed or under secrecy: who cannot see the dossier never
  reaches this page, and it is not called.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from dossiers.models import Dossier
from people.models import Person


@dataclass(frozen=True)
class Item:
    """One line of the timeline.

    ``at`` is an aware datetime; ``label`` names the sort of thing ("Poll"), ``title`` the thing
    itself, ``detail`` is one short plain-text line below it, ``url`` a path of the portal or empty.
    """

    at: datetime
    label: str
    title: str
    url: str = ""
    detail: str = ""
    source: str = ""


Source = Callable[[Dossier, Person], Iterable[Item]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Show what ``source`` yields on every dossier's timeline; ``name`` is the app's."""
    _sources[name] = source


def of(dossier: Dossier, person: Person) -> list[Item]:
    """All that ``person`` may see of what happened in ``dossier``, newest first."""
    items = [item for source in _sources.values() for item in source(dossier, person)]
    return sorted(items, key=lambda item: item.at, reverse=True)
