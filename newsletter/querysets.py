"""How newsletter issues are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from dossiers.querysets import unlocked
from people import rules

if TYPE_CHECKING:
    from newsletter.models import Issue, Recurrence  # noqa: F401
    from people.models import Person


def meant_for(person: Person) -> Q:
    """Issues that ``person`` belongs to the audience of; as ``audience.meant``, turned round.

    A saved selection and an electorate are asked as they are today.
    """
    from newsletter.models import AudienceRole, Subscription
    from people.selections import holding
    from polls.models import Elector

    named = Elector.objects.filter(person=person, by_code=False).values("consultation")
    lists = (
        (Q(units=None) | Q(units=person.unit_id))
        & (Q(sites=None) | Q(sites=person.site_id))
        & (Q(selection=None) | Q(selection__in=holding(person)))
        & (Q(waiting_for=None) | Q(waiting_for__in=named))
    )
    if Subscription.objects.filter(person=person).exists():
        return lists
    return lists & ~Q(role=AudienceRole.SUBSCRIBERS)


def _secrets(person: Person | None) -> Q:
    """What an issue was sent on its way with, or what own words in it are about, is secret."""
    from newsletter.models import Block, Issue

    locked = ~unlocked(person)
    sent_with = Issue.dossiers.through._default_manager.filter(locked, issue=OuterRef("pk"))
    about = Block.objects.filter(locked, issue=OuterRef("pk"), dossier__isnull=False)
    return Q(Exists(sent_with)) | Q(Exists(about))


class IssueQuerySet(models.QuerySet["Issue"]):
    """Issues in the field's words."""

    def visible_to(self, person: Person) -> IssueQuerySet:
        """The one door: the council sees drafts too, everyone else what was sent.

        Each knows whether it keeps something secret from ``person``.
        """
        if rules.is_council(person):
            return self.with_secrets(person)
        if rules.may_read_portal(person):
            meant = self.model._default_manager.filter(meant_for(person)).values("pk")
            sent = self.filter(pk__in=meant, state="sent").exclude(role="council")
            return sent.with_secrets(person)
        return self.none()

    def with_secrets(self, person: Person | None) -> IssueQuerySet:
        """Each with whether something in it is secret for ``person`` (None: for anyone)."""
        return self.annotate(has_secrets=_secrets(person))

    def without_secrets(self, person: Person | None) -> IssueQuerySet:
        """Those in which nothing is secret for ``person`` (None: for anyone)."""
        return self.exclude(_secrets(person))

    def due(self, now: datetime) -> IssueQuerySet:
        """Those whose moment has come and that nobody has handed to the outbox yet."""
        return self.filter(state="scheduled", send_at__lte=now)

    def came_back(self) -> IssueQuerySet:
        """Drafts again, because something in them became secret before they went out."""
        return self.filter(state="draft", stopped_at__isnull=False)

    def gone_out(self) -> IssueQuerySet:
        """Those that a person has sent, or has given a moment to go out."""
        return self.filter(state__in=["scheduled", "sent"])

    def to_all(self) -> IssueQuerySet:
        """Those for all colleagues, narrowed by nothing."""
        return self.filter(
            role="everyone",
            units=None,
            sites=None,
            selection=None,
            waiting_for=None,
            rest_of=None,
            stopped_at=None,
        )


class RecurrenceQuerySet(models.QuerySet["Recurrence"]):
    """Newsletters that come again."""

    def visible_to(self, person: Person) -> RecurrenceQuerySet:
        """The one door: the council."""
        return self if rules.is_council(person) else self.none()

    def running(self) -> RecurrenceQuerySet:
        """Those that are not paused."""
        return self.filter(is_paused=False)

    def with_last(self) -> RecurrenceQuerySet:
        """Each with the day it last came (``last_on``) and how much was new (``last_found``)."""
        from newsletter.models import Occurrence

        last = Occurrence.objects.filter(recurrence=OuterRef("pk")).order_by("-on")
        return self.annotate(
            last_on=Subquery(last.values("on")[:1]), last_found=Subquery(last.values("found")[:1])
        )
