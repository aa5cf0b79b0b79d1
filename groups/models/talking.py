"""Threads and messages, the pictures in them, and what a member has read."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models.aliases import Alias
from groups.models.groups import Group, Membership
from groups.querysets import TalkQuerySet, ThreadQuerySet
from people.models import Person


class Thread(models.Model):
    """One conversation in a group, started under a name or under an alias."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="threads")
    title = models.CharField(_("title"), max_length=160)
    starter = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    starter_alias = models.ForeignKey(
        Alias, models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_at = models.DateTimeField(default=timezone.now)
    """When the newest message appeared; the order of the list."""
    is_closed = models.BooleanField(default=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        ordering = ["-last_at", "-pk"]
        indexes = [models.Index(fields=["group", "-last_at"], name="groups_thread_recent")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starter=None, starter_alias__isnull=False)
                | Q(starter__isnull=False, starter_alias=None),
                name="groups_thread_name_or_alias",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("groups:thread", args=[self.key])


class MessageState(models.TextChoices):
    """Where a message stands."""

    VISIBLE = "visible", _("visible")
    HIDDEN = "hidden", _("hidden by a moderator")
    DELETED = "deleted", _("deleted by its writer")


class Message(models.Model):
    """What one member wrote: under their name, or under an alias, never both.

    Under an alias ``at`` is the round in which the letterbox was emptied, not the moment of
    writing, and ``place`` orders the messages of one round, which were shuffled.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    alias = models.ForeignKey(Alias, models.PROTECT, null=True, blank=True, related_name="messages")
    body = models.TextField(_("message"), max_length=10_000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    place = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MessageState.choices, default=MessageState.VISIBLE
    )
    hidden_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "place", "pk"]
        indexes = [models.Index(fields=["thread", "at", "place"], name="groups_message_in_thread")]
        constraints = [
            models.CheckConstraint(
                condition=Q(author=None, alias__isnull=False) | Q(author__isnull=False, alias=None),
                name="groups_message_name_or_alias",
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.HIDDEN) | ~Q(hidden_reason=""),
                name="groups_message_hidden_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(_("message"))


class Picture(models.Model):
    """A picture in a message; kept in the database, so that no folder of the server shows it."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="picture")
    content = models.BinaryField()
    alt = models.CharField(_("what the image shows"), max_length=250)

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def __str__(self) -> str:
        return str(_("image"))


class ReadMarker(models.Model):
    """Up to which message a member has read a thread; holds no time of visit.

    In groups with aliases there are none: who has not opened a thread cannot have written in it,
    so a marker would tell who did. There the member's own device remembers (``groups.devices``).
    """

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="markers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    seen_upto = models.DateTimeField()

    class Meta:
        verbose_name = _("read marker")
        verbose_name_plural = _("read markers")
        constraints = [
            models.UniqueConstraint(fields=["thread", "person"], name="groups_marker_once")
        ]

    def __str__(self) -> str:
        return str(_("read marker"))


class Notice(models.Model):
    """A mail that a member will get about a group, unless everything is read before it is due.

    One a member: whatever is written meanwhile joins it. Claimed by deleting it in the transaction
    that puts the mail in the outbox.
    """

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="notice")
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return str(_("notice"))
