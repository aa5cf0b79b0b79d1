"""Asking all sources at once, and putting what they found in one order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import BooleanField, F, QuerySet, Value
from django.utils import timezone

from dossiers.search import plain, sources
from dossiers.search.excerpts import Marker
from dossiers.search.fulltext import Matches, Rank
from dossiers.search.sources import Kind, Shown, Source
from dossiers.search.words import Question
from people.models import Person

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

ENOUGH = 200
"""How many of one source are weighed: those with the words in their title, then the newest.

Whoever finds more than this adds a word; weighing 50,000 comments would keep everyone waiting.
"""


@dataclass(frozen=True)
class Found:
    """A thing that answers, before it is fetched to be shown."""

    source: Source
    pk: int
    thing: int
    on: date | None
    rank: float

    @property
    def _day(self) -> int:
        return self.on.toordinal() if self.on else 0

    @property
    def best_first(self) -> tuple[float, int]:
        """The order of the page: the best answer first, of equals the newest."""
        return (-round(self.rank, 3), -self._day)

    @property
    def newest_first(self) -> tuple[int, float]:
        """The other order of the page."""
        return (-self._day, -self.rank)


@dataclass(frozen=True)
class Count:
    """How much there is of a kind; ``is_more``: at least that."""

    kind: Kind
    number: int
    is_more: bool


@dataclass(frozen=True)
class Hit:
    """One result in the reader's words, with what was asked for marked."""

    kind: Kind
    title: SafeString
    excerpt: SafeString
    url: str
    label: str
    detail: str
    on: date | None


@dataclass(frozen=True)
class Findings:
    """All that was found: things in their order, and how much of each kind."""

    things: list[Found]
    counts: list[Count]

    def of(self, kind_key: str) -> list[Found]:
        """Those of one kind, or all where none is named."""
        return [each for each in self.things if kind_key in ("", each.source.kind.key)]


def find(person: Person, question: Question, *, newest: bool = False) -> Findings:
    """Everything that answers ``question`` and that ``person`` may see; a query per source."""
    if not question:
        return Findings([], [])
    best: dict[tuple[str, int], Found] = {}
    filled: set[str] = set()
    for source in sources.every():
        rows = _rows(source, person, question)
        if len(rows) > ENOUGH:
            filled.add(source.kind.key)
        for found in rows[:ENOUGH]:
            known = best.get((source.kind.key, found.thing))
            if known is None or found.rank > known.rank:
                best[source.kind.key, found.thing] = found
    order = "newest_first" if newest else "best_first"
    things = sorted(best.values(), key=lambda each: getattr(each, order))
    return Findings(things, _counts(things, filled))


def show(person: Person, question: Question, page: Iterable[Found]) -> list[Hit]:
    """What stands on one page, fetched through the same doors; a query per source on it."""
    wanted: dict[int, tuple[Source, list[Found]]] = {}
    order = list(page)
    for found in order:
        wanted.setdefault(id(found.source), (found.source, []))[1].append(found)
    rows: dict[tuple[int, int], Any] = {}
    for source, of_it in wanted.values():
        here = source.door(person).filter(pk__in=[found.pk for found in of_it])
        for row in here.select_related(*source.related) if source.related else here:
            rows[id(source), row.pk] = row
    marker = Marker(question)
    return [
        _hit(marker, found, found.source.show(rows[id(found.source), found.pk], person))
        for found in order
        if (id(found.source), found.pk) in rows
    ]


def _rows(source: Source, person: Person, question: Question) -> list[Found]:
    title, text = source.title, source.text
    here: QuerySet[Any] = source.door(person).order_by()
    in_title: Any = Value(False, output_field=BooleanField())
    if connection.vendor == "postgresql":
        here = here.filter(Matches(title, text, question))
        if question.phrases:
            here = here.filter(plain.matches((*title, *text), Question(question.phrases)))
        rank: Any = Rank(title, text, question)
        if title:
            in_title = Matches(title, (), question)
    else:
        here = here.filter(plain.matches((*title, *text), question))
        rank = plain.rank(title, question)
        if title:
            in_title = plain.in_title(title, question)
    at = F(source.at) if isinstance(source.at, str) else source.at
    rows = (
        here.annotate(_in_title=in_title, _at=at, _rank=rank)
        .order_by("-_in_title", "-_at", "-pk")
        .values_list("pk", source.thing, "_at", "_rank")[: ENOUGH + 1]
    )
    return [Found(source, pk, thing, _day(at), rank) for pk, thing, at, rank in rows]


def _counts(things: list[Found], filled: set[str]) -> list[Count]:
    numbers: dict[Kind, int] = defaultdict(int)
    for found in things:
        numbers[found.source.kind] += 1
    known = {source.kind.key: source.kind for source in sources.every()}
    counts = [
        Count(kind, numbers[kind], kind.key in filled) for kind in known.values() if numbers[kind]
    ]
    return sorted(counts, key=lambda count: -count.number)


def _hit(marker: Marker, found: Found, shown: Shown) -> Hit:
    return Hit(
        kind=found.source.kind,
        title=marker.mark(shown.title),
        excerpt=marker.excerpt(shown.text),
        url=shown.url,
        label=shown.label,
        detail=shown.detail,
        on=found.on,
    )


def _day(at: datetime | date | None) -> date | None:
    return timezone.localdate(at) if isinstance(at, datetime) else at
