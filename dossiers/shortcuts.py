"""What one can go and do from a dossier's page in the apps above: ask, tell, conclude.

An app above registers itself at start-up, in its ``AppConfig.ready``::

    from dossiers import shortcuts

    shortcuts.register("polls", lambda dossier, person: [Shortcut(_("Ask staff"), url)])

The function is given a dossier the person sees, and answers with what that person may do; it takes
no query that grows with the portal.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dossiers.models import Dossier
from people.models import Person


@dataclass(frozen=True)
class Shortcut:
    """One thing to do: its words and the path of the page where it is done."""

    label: str
    url: str
    hint: str = ""
    is_primary: bool = False
    """Whether it is what a dossier is for: at most one of all is."""


Source = Callable[[Dossier, Person], Iterable[Shortcut]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Offer what ``source`` yields on every dossier's page; ``name`` is the app's."""
    _sources[name] = source


def of(dossier: Dossier, person: Person) -> list[Shortcut]:
    """What ``person`` can go and do from ``dossier``, in order of registration."""
    return [shortcut for source in _sources.values() for shortcut in source(dossier, person)]
