"""What somebody of a unit would get, before anybody gets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Max
from django.http import QueryDict
from django.utils.translation import gettext as _

from newsletter.audience import meant
from newsletter.editions import Edition, Part, Reader, edition, parts_of
from newsletter.mailing import TRIAL_TOKEN, seen_if
from newsletter.models import Issue
from people.models import Person, Unit

LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}


@dataclass(frozen=True)
class Choice:
    """As whom to look: a language, and a unit or (None) someone who gets every block."""

    language: str
    unit: Unit | None

    @classmethod
    def from_query(cls, query: QueryDict | Mapping[str, str]) -> Choice:
        """What the address asks for; what it asks wrongly is left at the default."""
        language = query.get("taal", "nl")
        wanted = query.get("afdeling", "")
        unit = Unit.objects.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
        return cls(language if language in LANGUAGE_NAMES else "nl", unit)

    @property
    def units(self) -> list[Unit]:
        """All there is to choose."""
        return list(Unit.objects.all())

    @property
    def languages(self) -> dict[str, str]:
        """Both, each in its own words."""
        return LANGUAGE_NAMES

    @property
    def query(self) -> str:
        """The same choice as the end of an address."""
        unit = f"&afdeling={self.unit.pk}" if self.unit else ""
        return f"taal={self.language}{unit}"


def previewed(issue: Issue, choice: Choice, person: Person) -> Edition:
    """The edition that this choice gets."""
    parts = parts_of(issue)
    if choice.unit is not None:
        parts = parts_for_unit(issue, parts, choice.unit)
    name = person.get_short_name() or _("colleague")
    return edition(issue, parts, choice.language, reader=Reader(name, TRIAL_TOKEN))


def parts_for_unit(issue: Issue, parts: list[Part], unit: Unit) -> list[Part]:
    """The blocks that at least somebody of the unit gets."""
    flags = {
        f"sees_{part.block.pk}": Max(seen_if(part.readers))
        for part in parts
        if part.readers is not None
    }
    if not flags:
        return parts
    seen = meant(issue).filter(unit=unit).order_by().aggregate(**flags)
    return [part for part in parts if seen.get(f"sees_{part.block.pk}", 1)]
