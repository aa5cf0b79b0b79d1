"""Which results a person reads: the council's own, or what was released to them, frozen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from people import rules
from people.models import Person
from polls.disclosure.reading import disclose
from polls.disclosure.shapes import Disclosure
from polls.models import Breakdown as RosterBreakdown
from polls.models import Consultation, Release, ReleaseAudience
from polls.tally import GROUP


@dataclass(frozen=True)
class Shown:
    """Results as one person reads them; ``release`` is None for the council's own reading."""

    disclosure: Disclosure
    release: Release | None = None


def shown_to(
    person: Person, consultation: Consultation, by: str | None = None, language: str = ""
) -> Shown | None:
    """The results that ``person`` may read, or None where none were released to them (yet).

    The council reads what is kept, from the closing on. Everyone else reads a release: the same
    figures whenever they look, whatever was edited or deleted since.
    """
    if rules.is_council(person):
        return Shown(disclose(consultation, by, language)) if consultation.is_closed else None
    releases = Release.objects.filter(consultation=consultation, audience__in=readable_by(person))
    release = releases.defer("texts").order_by("pk").first()
    if release is None:
        return None
    return Shown(released(release, by), release)


def readable_by(person: Person) -> list[ReleaseAudience]:
    """Releases to whom ``person`` reads: the council all, staff theirs, the director both."""
    if rules.is_council(person):
        return list(ReleaseAudience)
    if rules.is_constituent(person):
        return [ReleaseAudience.STAFF]
    if rules.is_director(person):
        return [ReleaseAudience.DIRECTOR, ReleaseAudience.STAFF]
    return []


def released(release: Release, by: str | None = None) -> Disclosure:
    """A release as figures, in the whole or by one property; an unknown one is left out.

    The roster's property is named in the reader's language, not in that of whoever released it.
    """
    payload: dict[str, Any] = release.payload
    found = Disclosure.from_json(payload.get(by or "", payload[""]))
    group = str(RosterBreakdown(release.consultation.breakdown).label)
    named = [
        replace(each, label=group) if each.code == GROUP else each for each in found.breakdowns
    ]
    return replace(found, breakdowns=tuple(named))


def released_texts(release: Release, question: str) -> list[dict[str, Any]]:
    """The open answers to ``question`` as they were released: text, group, may_quote."""
    return [text for text in release.texts if text["question"] == question]
