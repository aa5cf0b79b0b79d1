"""Question hours: announced, asked beforehand, screened, answered live, kept as minutes."""

import secrets
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.models import Dossier
from live.querysets import QuestionHourQuerySet, QuestionQuerySet
from people.models import Person


def random_key() -> int:
    """A 63-bit key without order: it tells neither when nor after whom a row was written."""
    return secrets.randbits(63)


class HourState(models.TextChoices):
    """The life of a question hour; it goes one way, a step at a time."""

    DRAFT = "draft", _("draft")
    ANNOUNCED = "announced", _("announced")
    LIVE = "live", _("going on now")
    FINISHED = "finished", _("over")
    PUBLISHED = "published", _("minutes published")


class QuestionHour(models.Model):
    """A moment at which the council, and guests it invites, answer questions of staff."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    introduction = models.TextField(_("what it is about"), blank=True, max_length=8000)
    place = models.CharField(_("where"), max_length=200, blank=True)
    guests = models.CharField(_("who answers"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    anonymous_allowed = models.BooleanField(_("questions may be asked anonymously"), default=True)
    dossier = models.ForeignKey(
        Dossier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="question_hours",
        verbose_name=_("dossier"),
    )
    state = models.CharField(
        _("status"), max_length=10, choices=HourState.choices, default=HourState.DRAFT
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    """Goes up by one at every change that watchers of the live page should see."""
    minutes = models.TextField(_("minutes"), blank=True, max_length=20000)
    organised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager["QuestionHour"]] = QuestionHourQuerySet.as_manager()

    class Meta:
        verbose_name = _("question hour")
        verbose_name_plural = _("question hours")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="live_question_hour_ends_later"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("live:question_hour", args=[self.key])

    @property
    def takes_questions(self) -> bool:
        """From being announced until it is over."""
        return self.state in {HourState.ANNOUNCED, HourState.LIVE}


class QuestionState(models.TextChoices):
    """What the council does with a question."""

    WAITING = "waiting", _("waits for the council")
    ACCEPTED = "accepted", _("will be dealt with")
    DECLINED = "declined", _("not dealt with")
    ANSWERED = "answered", _("answered")


class Question(models.Model):
    """One question of an employee; asked anonymously it has no author and no time."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question_hour = models.ForeignKey(QuestionHour, models.CASCADE, related_name="questions")
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("your question"), max_length=600)
    state = models.CharField(
        _("status"), max_length=10, choices=QuestionState.choices, default=QuestionState.WAITING
    )
    reason = models.CharField(_("why it is not dealt with"), max_length=300, blank=True)
    answer = models.TextField(_("answer"), blank=True, max_length=8000)
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who finds it out"),
    )
    due_on = models.DateField(_("before"), null=True, blank=True)
    asked_on = models.DateField(default=timezone.localdate)

    objects: ClassVar[models.Manager["Question"]] = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["asked_on", "key"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="live_question_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""),
                name="live_question_answered_with_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Support(models.Model):
    """One person's "I want to know this too"; the person is a keyed digest, see ``supporter``."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="supports")
    supporter = models.CharField(max_length=64)
    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("support")
        constraints = [
            models.UniqueConstraint(fields=["question", "supporter"], name="live_support_once_each")
        ]

    def __str__(self) -> str:
        return self.supporter[:8]
