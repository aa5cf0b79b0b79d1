"""A closed group, who sits in it, and the ways in."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.querysets import GroupQuerySet, MembershipQuerySet
from people.models import Person


class Listing(models.TextChoices):
    """Who may know that the group exists."""

    LISTED = "listed", _("everyone can see that the group exists")
    UNLISTED = "unlisted", _("secret: only members and those invited know of it")


class Joining(models.TextChoices):
    """How somebody becomes a member."""

    OPEN = "open", _("everyone may join")
    REQUEST = "request", _("ask, and a moderator decides")
    INVITATION = "invitation", _("by invitation only")


class History(models.TextChoices):
    """What a new member reads of what was written before."""

    SHARED = "shared", _("a new member reads everything")
    FROM_JOINING = "from_joining", _("a new member reads from joining on")


class Seniority(models.TextChoices):
    """What a member is in the group."""

    MEMBER = "member", _("member")
    MODERATOR = "moderator", _("moderator")


class Notify(models.TextChoices):
    """When a member gets mail that there is something new."""

    DIRECT = "direct", _("soon after something is written")
    DAILY = "daily", _("once a day")
    NONE = "none", _("never")


class Group(models.Model):
    """A closed group: its members read, nobody else does, whatever their role.

    ``history`` and ``alias_allowed`` are chosen once: members wrote trusting them.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("what it is for"), max_length=1_000)
    listing = models.CharField(
        _("who knows of it"), max_length=10, choices=Listing.choices, default=Listing.LISTED
    )
    joining = models.CharField(
        _("how to join"), max_length=10, choices=Joining.choices, default=Joining.REQUEST
    )
    history = models.CharField(
        _("what new members read"),
        max_length=12,
        choices=History.choices,
        default=History.FROM_JOINING,
    )
    alias_allowed = models.BooleanField(_("members may write under an alias"), default=False)
    started_on = models.DateField(default=timezone.localdate)
    closed_on = models.DateField(null=True, blank=True)
    mailed_upto = models.DateTimeField(default=timezone.now)
    """With aliases: up to which message all members were mailed, all at one moment."""

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(listing=Listing.LISTED) | Q(joining=Joining.INVITATION),
                name="groups_group_secret_is_by_invitation",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("groups:group", args=[self.key])

    @property
    def is_closed(self) -> bool:
        """Whether nothing new is written here."""
        return self.closed_on is not None


class Membership(models.Model):
    """A person sits in a group."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    seniority = models.CharField(
        _("part in the group"),
        max_length=10,
        choices=Seniority.choices,
        default=Seniority.MEMBER,
    )
    notify = models.CharField(
        _("mail about this group"), max_length=10, choices=Notify.choices, default=Notify.DAILY
    )
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["person__family_name", "person__given_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="groups_membership_once")
        ]

    def __str__(self) -> str:
        return str(_("membership"))

    @property
    def is_moderator(self) -> bool:
        """Whether this member keeps the house rules of the group."""
        return self.seniority == Seniority.MODERATOR


class JoinRequest(models.Model):
    """Somebody asks to join; kept, with its answer, until they ask again or are let in."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="requests")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    words = models.CharField(_("why would you like to join"), max_length=500, blank=True)
    asked_on = models.DateField(default=timezone.localdate)
    declined_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="groups_request_once")
        ]

    def __str__(self) -> str:
        return str(_("request to join"))


class Invitation(models.Model):
    """A moderator asks somebody to join; gone once answered."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    invited_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    invited_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["invited_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="groups_invitation_once")
        ]

    def __str__(self) -> str:
        return str(_("invitation"))
