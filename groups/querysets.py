"""How groups and what is in them are asked for. Only members read; a role opens no group."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people import rules
from people.models import Person

if TYPE_CHECKING:
    from groups.models import Group, Membership, Message, Thread  # noqa: F401


def opened_to(person: Person, now: datetime | None = None) -> models.QuerySet[Any, Any]:
    """The keys of groups that two council members, ``person`` one of them, opened until later."""
    from groups.models import Opening

    if not rules.is_council(person):
        return Opening.objects.none().values("group")
    theirs = Q(asked_by=person) | Q(seconded_by=person)
    open_now = Opening.objects.filter(theirs, ends_at__gt=now or timezone.now())
    return open_now.values("group")


class GroupQuerySet(models.QuerySet["Group"]):
    """Groups in the field's words."""

    def mine(self, person: Person) -> GroupQuerySet:
        """Those the person sits in."""
        from groups.models import Membership

        if not rules.may_read_portal(person):
            return self.none()
        return self.filter(Exists(Membership.objects.filter(group=OuterRef("pk"), person=person)))

    def readable_by(self, person: Person) -> GroupQuerySet:
        """The one door to what is in a group: its members, and who opened it with a second."""
        from groups.models import Membership

        if not rules.may_read_portal(person):
            return self.none()
        sits = Exists(Membership.objects.filter(group=OuterRef("pk"), person=person))
        return self.filter(sits | Q(pk__in=opened_to(person)))

    def visible_to(self, person: Person) -> GroupQuerySet:
        """The one door to a group's front page: listed ones, one's own, and who is invited."""
        from groups.models import Invitation, Membership

        if not rules.may_read_portal(person):
            return self.none()
        sits = Exists(Membership.objects.filter(group=OuterRef("pk"), person=person))
        invited = Exists(Invitation.objects.filter(group=OuterRef("pk"), person=person))
        listed = Q(listing="listed", closed_on=None)
        return self.filter(listed | sits | invited | Q(pk__in=opened_to(person)))


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships in the field's words."""

    def current(self) -> MembershipQuerySet:
        """Of people who have access today."""
        today = timezone.localdate()
        return self.filter(Q(person__left_on=None) | Q(person__left_on__gt=today))

    def moderators(self) -> MembershipQuerySet:
        """Those who keep the house rules of the group."""
        return self.filter(seniority="moderator")


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Threads in the field's words."""

    def readable_by(self, person: Person) -> ThreadQuerySet:
        """The one door: threads that hold something this person may read."""
        if not rules.may_read_portal(person):
            return self.none()
        return self.filter(_in_sight(person, "group", "last_at"))

    def with_details(self) -> ThreadQuerySet:
        """All that a list shows, in one query."""
        return self.select_related("group", "starter", "starter_alias")

    def new_for(self, person: Person) -> ThreadQuerySet:
        """Those with something newer than the person's marker; for groups without aliases."""
        from groups.models import ReadMarker

        seen = ReadMarker.objects.filter(
            thread=OuterRef("pk"), person=person, seen_upto__gte=OuterRef("last_at")
        )
        return self.filter(~Exists(seen))


class TalkQuerySet(models.QuerySet["Message"]):
    """Messages in the field's words."""

    def readable_by(self, person: Person) -> TalkQuerySet:
        """The one door: what was written in the person's groups, since joining where so agreed."""
        if not rules.may_read_portal(person):
            return self.none()
        return self.filter(_in_sight(person, "thread__group", "at"))

    def with_details(self) -> TalkQuerySet:
        """All that a thread shows, in a constant number of queries."""
        return self.select_related("author", "alias", "picture", "hidden_by").defer(
            "picture__content"
        )


def _in_sight(person: Person, path: str, at: str) -> Q:
    """Whether something from ``at`` is in sight in the group that ``path`` leads to."""
    from groups.models import Membership

    seat = Membership.objects.filter(group=OuterRef(path), person=person).filter(
        Q(group__history="shared") | Q(joined_at__lte=OuterRef(at))
    )
    return Q(Exists(seat)) | Q(**{f"{path}__in": opened_to(person)})
