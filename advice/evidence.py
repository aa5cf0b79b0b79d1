"""Where findings come from: a registry of sources, one per sort of thing that was gathered.

A source says what a dossier holds that can be taken (``offers``), and gives one of those as a
``Draft`` (``draft``). It asks for nothing that the person may not see, reads results through the
app's own disclosure only, and takes a constant number of queries for ``offers``. A quote it gives
only with the consent of who wrote it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from advice.figures import Draft
from dossiers.models import Dossier
from people.models import Person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class NotDisclosed(Exception):
    """The thing asked for cannot be taken; the message says why, in the reader's language."""


@dataclass(frozen=True)
class Offer:
    """One thing that can be taken: ``ref`` finds it again, ``detail`` is one line about it."""

    ref: str
    title: str
    detail: str = ""
    dated_on: str = ""


@dataclass(frozen=True)
class OfferGroup:
    """Offers that belong together, such as the questions of one survey."""

    title: str
    url: str
    offers: tuple[Offer, ...]
    detail: str = ""


class Source(Protocol):
    """One sort of evidence."""

    @property
    def name(self) -> str:
        """What it is registered as."""

    @property
    def label(self) -> StrOrPromise:
        """What the page calls it."""

    def offers(self, dossier: Dossier, person: Person) -> Iterable[OfferGroup]:
        """What can be taken from this source in ``dossier``."""

    def draft(self, ref: str, dossier: Dossier, person: Person) -> Draft:
        """The thing behind ``ref``; raises NotDisclosed."""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Offer what ``source`` has on every dossier's evidence page."""
    _sources[source.name] = source


def sources() -> list[Source]:
    """All sources in order of registration."""
    return list(_sources.values())


def source_named(name: str) -> Source:
    """The source of that name. Raises NotDisclosed for an unknown one."""
    if name not in _sources:
        raise NotDisclosed(name)
    return _sources[name]


T = TypeVar("T", bound=Model)


def by_key(rows: QuerySet[T], ref: str) -> T:
    """The row with ``ref`` for its key. Raises NotDisclosed for what is no key, or not there."""
    try:
        found = rows.filter(key=uuid.UUID(ref)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotDisclosed(_("This is not there any more."))
    return found
