"""The days of a dossier beside its own: meetings, own deadlines, reminders sent, feeds."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.clock import MeetingFacts, TermKind
from dossiers.models.dossier import Dossier
from people.models import Person


class Meeting(models.Model):
    """A meeting on a dossier: asked for, planned, held."""

    class With(models.TextChoices):
        DIRECTOR = "director", _("consultation meeting with the director")
        COUNCIL = "council", _("meeting of the council")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="meetings")
    with_whom = models.CharField(
        _("kind of meeting"), max_length=10, choices=With.choices, default=With.DIRECTOR
    )
    requested_on = models.DateField(_("asked for on"), null=True, blank=True)
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "-planned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(requested_on__isnull=False)
                | Q(planned_on__isnull=False)
                | Q(held_on__isnull=False),
                name="dossiers_meeting_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(requested_on=None)
                | Q(held_on=None)
                | Q(held_on__gte=F("requested_on")),
                name="dossiers_meeting_held_after_asked",
            ),
        ]

    def __str__(self) -> str:
        return self.get_with_whom_display()

    @property
    def facts(self) -> MeetingFacts:
        """What the clock needs to know."""
        return MeetingFacts(
            requested_on=self.requested_on,
            planned_on=self.planned_on,
            held_on=self.held_on,
            with_director=self.with_whom == self.With.DIRECTOR,
        )


class Deadline(models.Model):
    """A deadline the council sets itself within a dossier."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="deadlines")
    title = models.CharField(_("what"), max_length=160)
    due_on = models.DateField(_("last day"))
    owner = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Reminder(models.Model):
    """A reminder that went out: one per term, last day and distance, whatever runs twice."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="reminders")
    term = models.CharField(max_length=12, choices=TermKind.choices)
    title = models.CharField(max_length=160, blank=True)
    last_day = models.DateField()
    days_before = models.SmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "term", "title", "last_day", "days_before"],
                name="dossiers_reminder_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_term_display()} {self.last_day}"


class CalendarFeed(models.Model):
    """A member's calendar feed. The address holds a secret; only its hash is kept."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return str(_("calendar feed"))
