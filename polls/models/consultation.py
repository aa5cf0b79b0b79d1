"""A consultation: who is asked, what, when, and how far it has come."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.models import Dossier
from people.models import Person, Selection, Site, Unit
from polls.models.questionnaire import Questionnaire
from polls.querysets import ConsultationQuerySet

if TYPE_CHECKING:
    from polls.models.result import Outcome

LOWEST_THRESHOLD = 5
"""No threshold can be set below this (docs/trust.md)."""


class ConsultationKind(models.TextChoices):
    """The instrument."""

    POLL = "poll", _("poll")
    SURVEY = "survey", _("survey")
    OPEN_QUESTION = "open_question", _("open question")
    STATEMENTS = "statements", _("statements")


class Mode(models.TextChoices):
    """Whether answers stand under a name; told before the first question."""

    ANONYMOUS = "anonymous", _("anonymous")
    NAMED = "named", _("named")


class State(models.TextChoices):
    """How far a consultation has come; ``TRANSITIONS`` says what may follow."""

    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    OPEN = "open", _("open")
    CLOSING = "closing", _("being counted")
    CLOSED = "closed", _("closed")


TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SCHEDULED, State.OPEN}),
    State.SCHEDULED: frozenset({State.DRAFT, State.OPEN}),
    State.OPEN: frozenset({State.CLOSING}),
    State.CLOSING: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}


class Breakdown(models.TextChoices):
    """The one property of the roster that results may be broken down by."""

    NONE = "", _("no breakdown")
    UNIT = "unit", _("department")
    SITE = "site", _("location")
    SHIFT = "shift", _("shift")


class Joiners(models.TextChoices):
    """What happens with those who come into the audience after the opening."""

    LEFT_OUT = "left_out", _("are not asked: the electorate stays as it was at the opening")
    ADDED = "added", _("are added every day until the closing")


class Consultation(models.Model):
    """One time of asking: a poll, a survey, an open question or a round of statements.

    The thresholds, the electorate and the questions are frozen at the opening. Answers are taken
    while ``is_open`` and never outside it, whatever the beat is late with.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        _("kind"), max_length=20, choices=ConsultationKind.choices, default=ConsultationKind.SURVEY
    )
    title = models.CharField(_("title"), max_length=200)
    dossier = models.ForeignKey(
        Dossier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("dossier"),
    )
    questionnaire = models.OneToOneField(
        Questionnaire, models.PROTECT, related_name="consultation", verbose_name=_("questionnaire")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False
    )
    mode = models.CharField(_("mode"), max_length=12, choices=Mode.choices, default=Mode.ANONYMOUS)
    named_readers = models.ManyToManyField(
        Person, blank=True, related_name="+", verbose_name=_("who reads the answers")
    )
    """In named mode: exactly those who see who answered what; named on the form."""

    units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("units"))
    sites = models.ManyToManyField(Site, blank=True, related_name="+", verbose_name=_("sites"))
    shifts = models.JSONField(_("shifts"), default=list, blank=True)
    selection = models.ForeignKey(
        Selection,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("saved selection"),
    )
    """A selection of the council's, as it is at the opening; protected, since without it everyone
    would be asked."""
    long_leave_included = models.BooleanField(_("also those on long leave"), default=False)
    joiners = models.CharField(
        _("those who join later"), max_length=10, choices=Joiners.choices, default=Joiners.LEFT_OUT
    )
    breakdown = models.CharField(
        _("break results down by"),
        max_length=10,
        choices=Breakdown.choices,
        default=Breakdown.NONE,
        blank=True,
    )
    shows_response = models.BooleanField(_("show the response while it is open"), default=True)
    mails_invitation = models.BooleanField(_("mail an invitation at the opening"), default=False)
    released_at_closing = models.BooleanField(
        _("show staff the results at once when it closes"), default=False
    )

    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    reminded_on = models.DateField(null=True, blank=True, editable=False)

    compared_with = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("compared with"),
    )
    """An earlier time of asking the same; compared by what was released of both."""

    total_threshold = models.PositiveIntegerField(default=LOWEST_THRESHOLD, editable=False)
    group_threshold = models.PositiveIntegerField(default=2 * LOWEST_THRESHOLD, editable=False)
    envelope_size = models.PositiveIntegerField(default=1024, editable=False)
    """The one length of every sealed envelope, in bytes; follows from the questions."""
    electorate_size = models.PositiveIntegerField(default=0, editable=False)
    """N: how many were invited; kept after the electorate itself is gone."""
    participants = models.PositiveIntegerField(default=0, editable=False)
    """How many took part, written at closing."""
    counted = models.PositiveIntegerField(default=0, editable=False)
    """How many ballots were counted (withdrawn ones are not), written at closing."""
    texts_kept = models.PositiveIntegerField(default=0, editable=False)
    """How many texts that colleagues may read stay in the urn until the closing."""
    paper_entered = models.PositiveIntegerField(default=0, editable=False)
    """How many ballots came from paper forms typed in twice."""
    marks_gone_on = models.DateField(null=True, blank=True, editable=False)
    """The day on which who took part was forgotten."""
    answers_gone_on = models.DateField(null=True, blank=True, editable=False)
    """The day on which single answers were deleted."""

    created_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total_threshold__gte=LOWEST_THRESHOLD)
                & Q(group_threshold__gte=LOWEST_THRESHOLD),
                name="polls_consultation_thresholds_not_below_5",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(opens_at=None) | Q(closes_at__gt=F("opens_at")),
                name="polls_consultation_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.SCHEDULED]) | ~Q(opened_at=None),
                name="polls_consultation_opened_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "closes_at"], name="polls_state_closes")]

    outcome: "Outcome"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("polls:consultation", args=[self.key])

    def is_open_at(self, now: datetime) -> bool:
        """Whether answers are taken at ``now``."""
        return self.state == State.OPEN and (self.closes_at is None or now < self.closes_at)

    @property
    def is_open(self) -> bool:
        """Whether answers are taken at this moment."""
        return self.is_open_at(timezone.now())

    @property
    def is_anonymous(self) -> bool:
        return self.mode == Mode.ANONYMOUS

    @property
    def is_closed(self) -> bool:
        """Closed and counted: results exist."""
        return self.state == State.CLOSED

    @property
    def is_small(self) -> bool:
        """Whether so few are asked that the screen says "confidential" instead of "anonymous"."""
        return self.electorate_size < 2 * self.group_threshold

    @property
    def batch(self) -> int:
        """How many first ballots wait in the urn before it is emptied."""
        return max(self.group_threshold, 10)

    @property
    def wave(self) -> str:
        """The months it ran in, for captions: ``2026-09`` or ``2026-09/2026-11``."""
        if self.opened_at is None:
            return ""
        began = timezone.localtime(self.opened_at).strftime("%Y-%m")
        ended = self.closed_on.strftime("%Y-%m") if self.closed_on else began
        return began if began == ended else f"{began}/{ended}"
