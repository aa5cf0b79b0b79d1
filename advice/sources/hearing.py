"""Evidence from what was heard: signals, and the council's own notes of conversations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advice.evidence import NotDisclosed, Offer, OfferGroup, by_key
from advice.figures import Draft
from advice.letters.compose import LANGUAGE
from dossiers.models import Dossier
from listening.models import ConversationNote, Signal
from people.models import Person


class SignalSource:
    """What lives among staff, as the council paraphrased it."""

    name = "signals"
    label = gettext_lazy("Signals")

    def offers(self, dossier: Dossier, person: Person) -> Iterable[OfferGroup]:
        """Every signal filed under the dossier."""
        rows = Signal.objects.visible_to(person).filter(dossier=dossier)
        offers = tuple(
            Offer(
                str(row.key),
                row.title,
                f"{row.get_source_display()} · {row.get_state_display()}",
                row.noted_on.isoformat(),
            )
            for row in rows
        )
        if offers:
            yield OfferGroup(_("Signals in this dossier"), reverse("listening:signals"), offers)

    def draft(self, ref: str, dossier: Dossier, person: Person) -> Draft:
        """The signal behind ``ref``, with the director's answer where there is one."""
        row = by_key(Signal.objects.visible_to(person).filter(dossier=dossier), ref)
        with translation.override(LANGUAGE):
            return Draft(
                source=self.name,
                ref=ref,
                label=_("Signal “%(title)s”") % {"title": row.title},
                statement=row.text,
                method=_("heard at: %(place)s, paraphrased by the council")
                % {"place": row.get_source_display()},
                url=row.get_absolute_url(),
                dated_on=row.noted_on.isoformat(),
            )


class ConversationSource:
    """What council members heard on walk-rounds and office hours, theme by theme."""

    name = "conversations"
    label = gettext_lazy("Conversations")

    def offers(self, dossier: Dossier, person: Person) -> Iterable[OfferGroup]:
        """One offer for each theme in the dossier's notes."""
        themes = _themes(dossier, person)
        offers = tuple(
            Offer(
                row["theme"],
                row["theme"],
                _("%(notes)d notes, %(people)d people spoken to")
                % {"notes": row["notes"], "people": row["people"]},
                row["last"].isoformat(),
            )
            for row in themes
        )
        if offers:
            yield OfferGroup(_("Themes in conversations"), reverse("listening:notes"), offers)

    def draft(self, ref: str, dossier: Dossier, person: Person) -> Draft:
        """The notes of one theme together: how many, with how many people, between which days."""
        row = next((row for row in _themes(dossier, person) if row["theme"] == ref), None)
        if row is None:
            raise NotDisclosed(_("This theme is not there."))
        with translation.override(LANGUAGE):
            statement = _(
                "In %(notes)d conversations with %(people)d colleagues in all the council heard "
                "about “%(theme)s”."
            ) % {"notes": row["notes"], "people": row["people"], "theme": ref}
            return Draft(
                source=self.name,
                ref=ref,
                label=_("Conversations about “%(theme)s”") % {"theme": ref},
                statement=statement,
                method=_("conversations at work and in office hours, noted without names"),
                url=reverse("listening:notes"),
                since=row["first"].isoformat(),
                dated_on=row["last"].isoformat(),
                respondents=row["people"],
            )


class _Theme(TypedDict):
    theme: str
    notes: int
    people: int
    first: date
    last: date


def _themes(dossier: Dossier, person: Person) -> list[_Theme]:
    notes = ConversationNote.objects.visible_to(person).filter(dossier=dossier).order_by("held_on")
    found: dict[str, _Theme] = {}
    for theme, people, day in notes.values_list("theme", "people_spoken", "held_on"):
        row = found.setdefault(
            theme.casefold(),
            {"theme": theme, "notes": 0, "people": 0, "first": day, "last": day},
        )
        row["notes"] += 1
        row["people"] += people
        row["last"] = day
    return sorted(found.values(), key=lambda row: row["theme"].casefold())
