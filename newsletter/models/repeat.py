"""Newsletters that come again: on which days a draft is made, and for which day one was."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from newsletter.models.issue import AudienceRole
from newsletter.querysets import RecurrenceQuerySet
from people.models import Person, Selection, Site, Unit

EARLIEST, LATEST = 6, 20
"""Hours at which drafts are made: when people work, and no clock is put forward or back."""


class Rhythm(models.TextChoices):
    """How often."""

    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY = "monthly", _("every month")


class Ordinal(models.IntegerChoices):
    """Which of a month's Mondays, Tuesdays and so on."""

    FIRST = 1, _("first")
    SECOND = 2, _("second")
    THIRD = 3, _("third")
    FOURTH = 4, _("fourth")
    LAST = -1, _("last")


class Recurrence(models.Model):
    """A newsletter that comes again: a draft by itself, sent by a person or not at all.

    ``counts_from`` is when it was set up, changed or taken up again; what was due before that is
    not made up for.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(
        _("subject"),
        max_length=100,
        help_text=_("{maand}, {jaar}, {week} and {dag} become those of the day itself."),
    )
    subject_en = models.CharField(_("subject in English"), max_length=100, blank=True)
    rhythm = models.CharField(
        _("how often"), max_length=12, choices=Rhythm.choices, default=Rhythm.MONTHLY
    )
    ordinal = models.SmallIntegerField(
        _("which one of the month"), choices=Ordinal.choices, default=Ordinal.FIRST
    )
    weekday = models.PositiveSmallIntegerField(
        _("day"), choices=[(number, WEEKDAYS[number]) for number in range(7)], default=0
    )
    hour = models.PositiveSmallIntegerField(
        _("hour"),
        choices=[(hour, f"{hour}:00") for hour in range(EARLIEST, LATEST + 1)],
        default=8,
    )
    begins_on = models.DateField(_("starting on"), default=timezone.localdate)
    role = models.CharField(
        _("for"), max_length=12, choices=AudienceRole.choices, default=AudienceRole.EVERYONE
    )
    units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("units"))
    sites = models.ManyToManyField(Site, blank=True, related_name="+", verbose_name=_("sites"))
    selection = models.ForeignKey(
        Selection,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("saved selection"),
    )
    told = models.ManyToManyField(Person, related_name="+", verbose_name=_("who is told"))
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_paused = models.BooleanField(default=False)
    counts_from = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Recurrence"]] = RecurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("recurring newsletter")
        verbose_name_plural = _("recurring newsletters")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6) & Q(hour__gte=EARLIEST, hour__lte=LATEST),
                name="newsletter_recurrence_day_and_hour",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("newsletter:repeat", args=[self.key])


class Occurrence(models.Model):
    """A day of a recurring newsletter that was dealt with; one row, so one draft, a day.

    ``found`` is how many new things went into the draft; 0: nothing was new and none was made.
    """

    recurrence = models.ForeignKey(Recurrence, models.CASCADE, related_name="occurrences")
    on = models.DateField()
    found = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("day of a recurring newsletter")
        verbose_name_plural = _("days of recurring newsletters")
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(
                fields=["recurrence", "on"], name="newsletter_occurrence_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recurrence} {self.on}"
