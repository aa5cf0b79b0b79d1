"""How messages, office hours, notes and signals are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dossiers.querysets import unlocked
from people import rules

if TYPE_CHECKING:
    from listening.models import (  # noqa: F401
        ConversationNote,
        Message,
        OfficeHour,
        Signal,
    )
    from people.models import Person


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages to the council."""

    def visible_to(self, person: Person) -> MessageQuerySet:
        """The council reads all that secrecy allows it; who wrote under their name reads theirs.

        An anonymous message is opened by its code (``actions.open_with_code``), never by a person.
        """
        own = Q(author=person)
        if rules.is_council(person):
            return self.filter(unlocked(person) | own)
        if person.is_active:
            return self.filter(own)
        return self.none()

    def unanswered(self) -> MessageQuerySet:
        """Those that wait for the council."""
        return self.exclude(state="answered")


class OfficeHourQuerySet(models.QuerySet["OfficeHour"]):
    """Office hours."""

    def visible_to(self, person: Person) -> OfficeHourQuerySet:
        """Everyone who may read the portal; a cancelled one stays visible as cancelled."""
        return self if rules.may_read_portal(person) else self.none()

    def coming(self) -> OfficeHourQuerySet:
        """Not over yet."""
        return self.filter(ends_at__gt=timezone.now())


class ConversationNoteQuerySet(models.QuerySet["ConversationNote"]):
    """Notes of conversations."""

    def visible_to(self, person: Person) -> ConversationNoteQuerySet:
        """The council, as far as secrecy allows."""
        return self.filter(unlocked(person)) if rules.is_council(person) else self.none()


class SignalQuerySet(models.QuerySet["Signal"]):
    """Signals on their way to the director and back."""

    def visible_to(self, person: Person) -> SignalQuerySet:
        """The council: all. The director: from being passed on. Staff: once reported back."""
        open_here = self.filter(unlocked(person))
        if rules.is_council(person):
            return open_here
        if rules.is_director(person):
            return open_here.exclude(state="noted")
        if rules.is_constituent(person):
            return open_here.filter(state="fed_back")
        return self.none()

    def unanswered(self) -> SignalQuerySet:
        """Passed on to the director, without an answer yet."""
        return self.filter(state="passed_on")
