"""What a step of the communication plan became in the portal, and what that brought.

An app above registers its channel at start-up, in its ``AppConfig.ready``::

    from dossiers import brought

    brought.register(Channel.POST, PostSource())

A source names only what the person may see (``visible_to``), takes a constant number of queries,
and gives no number that disclosure control would not: it leaves such a number out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from dossiers.models import Channel, Dossier, PlanStep
from people.models import Person

OFFERED = 30
"""How many things of one channel are offered for a step, the newest first."""


@dataclass(frozen=True)
class Group:
    """The response of one group that is large enough to be shown."""

    name: str
    invited: int
    took_part: int


@dataclass(frozen=True)
class Brought:
    """One thing in the portal: its title and path, whom it reached and how many reacted.

    None where it is not known, not known yet, or too few to be told.
    """

    title: str
    url: str
    reach: int | None = None
    reactions: int | None = None
    groups: tuple[Group, ...] = ()


class Source(Protocol):
    """What an app holds of one channel. Things are named by their key, as text."""

    def choices(self, person: Person, dossier: Dossier | None) -> Iterable[tuple[str, str]]:
        """Key and title of what a step can have become: of ``dossier``, or of any."""

    def brought(self, person: Person, keys: set[str]) -> Mapping[str, Brought]:
        """What those of ``keys`` that ``person`` sees have brought."""


_sources: dict[Channel, Source] = {}


def register(channel: Channel, source: Source) -> None:
    """Let ``source`` tell what became of steps in ``channel``."""
    _sources[channel] = source


def choices(person: Person, step: PlanStep) -> list[tuple[str, Any]]:
    """What ``step`` can be linked to: nothing, what it is linked to now, and what each app has."""
    found: list[tuple[str, Any]] = [("", _("nothing in the portal (yet)"))]
    found.extend((reference, row.title) for reference, row in of(person, [step.became]).items())
    for channel, source in _sources.items():
        rows = [
            (f"{channel.value}:{key}", title)
            for key, title in source.choices(person, step.dossier)
            if f"{channel.value}:{key}" != step.became
        ]
        if rows:
            found.append((str(channel.label).capitalize(), rows))
    return found


def of(person: Person, references: Iterable[str]) -> dict[str, Brought]:
    """What each of ``references`` (``channel:key``) brought, as far as ``person`` sees it."""
    wanted: dict[str, set[str]] = {}
    for reference in references:
        channel, _colon, key = reference.partition(":")
        if key:
            wanted.setdefault(channel, set()).add(key)
    found = {}
    for channel, source in _sources.items():
        keys = wanted.get(channel.value)
        if keys:
            for key, row in source.brought(person, keys).items():
                found[f"{channel.value}:{key}"] = row
    return found
