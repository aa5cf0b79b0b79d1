"""What staff talk about, month by month: themes in released answers and in conversations, signals.

Every number here has passed a threshold: themes in answers are those of a release, frozen with
their numbers; a theme of conversations counts the people spoken to, and fewer than the threshold
in a month are not told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, F, Sum
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import TruncMonth

from listening.models import ConversationNote, Signal
from people.models import Person
from polls.models import Consultation, Release

MONTHS = 6
MOST_TOPICS = 8


@dataclass(frozen=True)
class Month:
    """One month of one topic. ``count`` is None where it may not be told or nothing was heard."""

    first_day: date
    count: int | None
    place: int
    height: float
    """Of its bar, 0 to 1: its part of the highest month of all topics beside it."""

    @property
    def top(self) -> float:
        """Where the bar begins, from above."""
        return 1 - self.height


@dataclass(frozen=True)
class Topic:
    """What one thing was heard, each month."""

    name: str
    months: tuple[Month, ...]

    @property
    def known(self) -> int:
        """All that may be told of it together."""
        return sum(month.count or 0 for month in self.months)


@dataclass(frozen=True)
class Talk:
    """The months, the oldest first, and what was heard in them."""

    months: tuple[date, ...]
    answers: tuple[Topic, ...]
    conversations: tuple[Topic, ...]
    signals: tuple[Topic, ...]

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.answers or self.conversations or self.signals)


def months_until(today: date, count: int = MONTHS) -> tuple[date, ...]:
    """The first days of the last ``count`` months, this one included."""
    at = today.year * 12 + today.month - 1
    return tuple(date(each // 12, each % 12 + 1, 1) for each in range(at - count + 1, at + 1))


def talk_of(person: Person, today: date) -> Talk:
    """What ``person``, a council member, may read of it; three queries."""
    months = months_until(today)
    return Talk(
        months=months,
        answers=_topics(months, _answers(person, months[0])),
        conversations=_topics(months, _conversations(person, months[0])),
        signals=_topics(months, _signals(person, months[0])),
    )


Counts = Mapping[str, Mapping[date, int]]


def _answers(person: Person, since: date) -> Counts:
    """Themes of one name count together; of two releases of a consultation the last one does."""
    themes = KeyTransform("themes", KeyTransform("", "payload"))
    rows = (
        Release.objects.filter(
            consultation__in=Consultation.objects.visible_to(person),
            consultation__closed_on__gte=since,
        )
        .order_by("pk")
        .annotate(themes=themes, closed_on=F("consultation__closed_on"))
        .values_list("consultation", "closed_on", "themes")
    )
    last = {row[0]: row[1:] for row in rows}
    found: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    names: dict[str, str] = {}
    for closed_on, told in last.values():
        for theme in told or ():
            if theme["count"]:
                name = names.setdefault(theme["name"].casefold(), theme["name"])
                found[name][closed_on.replace(day=1)] += theme["count"]
    return found


def _conversations(person: Person, since: date) -> Counts:
    rows = (
        ConversationNote.objects.visible_to(person)
        .filter(held_on__gte=since)
        .order_by()
        .annotate(month=TruncMonth("held_on"))
        .values_list("theme", "month")
        .annotate(spoken=Sum("people_spoken"))
    )
    found: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    names: dict[str, str] = {}
    for theme, month, spoken in rows:
        found[names.setdefault(theme.strip().casefold(), theme.strip())][month] += spoken
    least = settings.TOTAL_THRESHOLD
    return {
        name: {month: spoken for month, spoken in counts.items() if spoken >= least}
        for name, counts in found.items()
    }


def _signals(person: Person, since: date) -> Counts:
    """By where they were heard. Signals are the council's own words, so each may be counted."""
    rows = (
        Signal.objects.visible_to(person)
        .filter(noted_on__gte=since)
        .order_by()
        .annotate(month=TruncMonth("noted_on"))
        .values_list("source", "month")
        .annotate(heard=Count("pk"))
    )
    labels = dict(Signal._meta.get_field("source").flatchoices)
    found: dict[str, dict[date, int]] = defaultdict(dict)
    for source, month, heard in rows:
        found[str(labels[source])][month] = heard
    return found


def _topics(months: tuple[date, ...], counts: Counts) -> tuple[Topic, ...]:
    """Those heard most first, the first few."""
    told = {name: of for name, of in counts.items() if any(of.values())}
    highest = max((max(of.values()) for of in told.values()), default=1)
    topics = [Topic(name, tuple(_months(months, of, highest))) for name, of in told.items()]
    return tuple(sorted(topics, key=lambda topic: (-topic.known, topic.name))[:MOST_TOPICS])


def _months(months: tuple[date, ...], counts: Mapping[date, int], highest: int) -> Iterable[Month]:
    for place, month in enumerate(months):
        count = counts.get(month)
        yield Month(month, count, place, (count or 0) / highest)
