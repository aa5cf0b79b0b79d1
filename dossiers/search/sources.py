"""What can be found: sources, registered by the apps that hold the things.

An app above registers itself at start-up, in its ``AppConfig.ready``::

    from dossiers.search import sources

    sources.register("blogs", POSTS, COMMENTS)

A source searches columns of its own table only. What belongs to a thing but lives in a table of its
own (the questions of a survey, the sections of a letter) is a source beside it with the same
``kind``; ``thing`` leads to the thing both speak of, which is then found once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from people.models import Person

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Shown:
    """One thing as the page of results shows it.

    ``text`` is plain or Markdown, and what the excerpt is taken from; ``label`` and ``detail`` are
    short and plain; ``url`` is a path of the portal. Never a name behind an alias, nor an hour.
    """

    title: str
    url: str
    text: str = ""
    label: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Kind:
    """A sort of thing, as the filter names it."""

    key: str
    label: StrOrPromise


@dataclass(frozen=True)
class Source:
    """Where to look.

    ``door``: what the person may see, the ``visible_to`` of the model, never wider. ``title``
    weighs more than ``text``; both name columns of the table. ``at``: the column or expression with
    the day or moment it is from. ``related`` is selected along for ``show``.
    """

    kind: Kind
    door: Callable[[Person], QuerySet[Any]]
    text: tuple[str, ...]
    at: str | Combinable
    show: Callable[[Any, Person], Shown]
    title: tuple[str, ...] = ()
    thing: str = "pk"
    related: tuple[str, ...] = field(default_factory=tuple)


_sources: dict[str, tuple[Source, ...]] = {}


def register(name: str, *sources: Source) -> None:
    """Let ``sources`` be searched; ``name`` is the app's."""
    _sources[name] = sources


def every() -> list[Source]:
    """All that was registered."""
    return [source for sources in _sources.values() for source in sources]
