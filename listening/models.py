"""What the council hears, and the signals that come of it."""

import secrets
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.models import Dossier
from listening.querysets import (
    ConversationNoteQuerySet,
    MessageQuerySet,
    OfficeHourQuerySet,
    SignalQuerySet,
)
from people.models import Person, Site, Unit


def random_key() -> int:
    """A 63-bit key without order: it tells neither when nor after whom a row was written."""
    return secrets.randbits(63)


class MessageState(models.TextChoices):
    """How far the council is with a message."""

    NEW = "new", _("new")
    HANDLING = "handling", _("being handled")
    ANSWERED = "answered", _("answered")


class Message(models.Model):
    """What an employee wrote to the council, under their name or anonymously.

    An anonymous message has no author, and nothing else that leads to one: no time (a date only),
    no ascending key. Its writer reads the answer with a receipt code, of which only the digest is
    kept.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("from")
    )
    receipt_digest = models.CharField(max_length=64, blank=True, editable=False)
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("your message"), max_length=8000)
    state = models.CharField(
        _("status"), max_length=10, choices=MessageState.choices, default=MessageState.NEW
    )
    handled_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handled by"),
    )
    dossier = models.ForeignKey(
        Dossier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("dossier"),
    )
    received_on = models.DateField(_("received on"), default=timezone.localdate)
    council_told = models.BooleanField(default=False, editable=False)

    objects: ClassVar[models.Manager["Message"]] = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-received_on", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=False, receipt_digest="")
                | (Q(author=None) & ~Q(receipt_digest="")),
                name="listening_message_author_or_receipt",
            ),
            models.UniqueConstraint(
                fields=["receipt_digest"],
                condition=~Q(receipt_digest=""),
                name="listening_message_receipt_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("listening:message", args=[self.key])

    @property
    def is_anonymous(self) -> bool:
        """Whether no author is known; an author who left is still an author."""
        return self.author_id is None


class Reply(models.Model):
    """A further line in the conversation: by a council member, or by who wrote the message."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="replies")
    position = models.PositiveIntegerField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("reply"), max_length=8000)
    written_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "position"], name="listening_reply_position_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.position}"

    @property
    def is_from_council(self) -> bool:
        """Whether a council member wrote it, rather than who wrote the message."""
        return self.answered_by_id is not None


class OfficeHour(models.Model):
    """A time and place where members of the council can be spoken to without appointment."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.CharField(_("where"), max_length=160)
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    subject = models.CharField(_("what about"), max_length=160, blank=True)
    hosts = models.ManyToManyField(Person, related_name="+", verbose_name=_("who is there"))
    cancelled_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager["OfficeHour"]] = OfficeHourQuerySet.as_manager()

    class Meta:
        verbose_name = _("office hour")
        verbose_name_plural = _("office hours")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="listening_office_hour_ends_later"
            )
        ]

    def __str__(self) -> str:
        return self.place


class Source(models.TextChoices):
    """Where something was heard."""

    WALK_ROUND = "walk_round", _("walk-round")
    OFFICE_HOUR = "office_hour", _("office hour")
    MESSAGE = "message", _("message to the council")
    GROUP = "group", _("closed group")
    COMMENT = "comment", _("comment")
    QUESTION_HOUR = "question_hour", _("question hour")
    MENTION = "mention", _("mention elsewhere")
    CONSULTATION = "consultation", _("consultation")


class ConversationNote(models.Model):
    """What a council member heard in a conversation, in their own words and without names."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.CharField(
        _("heard at"), max_length=20, choices=Source.choices, default=Source.WALK_ROUND
    )
    held_on = models.DateField(_("on"), default=timezone.localdate)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    people_spoken = models.PositiveSmallIntegerField(_("number of people spoken to"), default=1)
    theme = models.CharField(_("theme"), max_length=80)
    text = models.TextField(_("what was said"), max_length=8000)
    dossier = models.ForeignKey(
        Dossier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conversation_notes",
        verbose_name=_("dossier"),
    )
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[models.Manager["ConversationNote"]] = ConversationNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation note")
        verbose_name_plural = _("conversation notes")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people_spoken__gte=1), name="listening_note_spoke_with_someone"
            )
        ]

    def __str__(self) -> str:
        return self.theme


class SignalState(models.TextChoices):
    """The way of a signal: from the council to the director and back to staff."""

    NOTED = "noted", _("noted")
    PASSED_ON = "passed_on", _("passed on to the director")
    ANSWERED = "answered", _("answered by the director")
    FED_BACK = "fed_back", _("reported back to staff")


class Signal(models.Model):
    """Something that lives among staff, paraphrased by the council: never a raw quote.

    It goes one way, a step at a time: noted, passed on, answered, reported back.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("the signal in one line"), max_length=160)
    text = models.TextField(_("what we hear"), max_length=8000)
    source = models.CharField(_("heard at"), max_length=20, choices=Source.choices)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    dossier = models.ForeignKey(
        Dossier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signals",
        verbose_name=_("dossier"),
    )
    state = models.CharField(
        _("status"), max_length=10, choices=SignalState.choices, default=SignalState.NOTED
    )
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_on = models.DateField(default=timezone.localdate)
    passed_on_on = models.DateField(null=True, editable=False)
    director_answer = models.TextField(_("the director's answer"), blank=True, max_length=8000)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True, editable=False)
    feedback = models.TextField(_("what came of it"), blank=True, max_length=8000)
    fed_back_on = models.DateField(null=True, editable=False)

    objects: ClassVar[models.Manager["Signal"]] = SignalQuerySet.as_manager()

    class Meta:
        verbose_name = _("signal")
        verbose_name_plural = _("signals")
        ordering = ["-noted_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("listening:signal", args=[self.key])
