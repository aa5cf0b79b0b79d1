"""The communication plan: what is said to whom through which channel, by whom, at what cost."""

import uuid
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.models.dossier import Dossier
from dossiers.querysets import PlanStepQuerySet
from people.models import Person


class Channel(models.TextChoices):
    """Where something is said or asked, in the portal and outside it."""

    POST = "post", _("post in the portal")
    CONSULTATION = "consultation", _("question or survey in the portal")
    GROUP = "group", _("closed group")
    QUESTION_HOUR = "question_hour", _("question hour")
    NEWSLETTER = "newsletter", _("newsletter")
    POSTER = "poster", _("poster or letter")
    WALK_ROUND = "walk_round", _("walk-round or office hour")
    LINKEDIN = "linkedin", _("LinkedIn")
    FACEBOOK = "facebook", _("Facebook")
    X = "x", _("X")
    OTHER = "other", _("another forum")


class StepState(models.TextChoices):
    """How far a step of the plan is."""

    IDEA = "idea", _("idea")
    PLANNED = "planned", _("planned")
    DOING = "doing", _("being done")
    DONE = "done", _("has been done")


class PlanStep(models.Model):
    """One step of the communication plan, of a dossier or of the council's year.

    ``became`` names what it became in the portal (``channel:key``, see ``dossiers.brought``), which
    then tells its own reach and reactions; for other channels they are filled in by hand.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(
        Dossier,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="plan_steps",
        verbose_name=_("dossier"),
    )
    goal = models.CharField(_("what for"), max_length=200)
    message = models.TextField(_("the message"), blank=True)
    audience = models.CharField(_("for whom"), max_length=160)
    channel = models.CharField(_("through which channel"), max_length=16, choices=Channel.choices)
    owner = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    planned_on = models.DateField(_("on which day"), null=True, blank=True)
    state = models.CharField(
        _("how far"), max_length=8, choices=StepState.choices, default=StepState.PLANNED
    )
    hours_budgeted = models.DecimalField(
        _("hours budgeted"),
        max_digits=6,
        decimal_places=1,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
    )
    hours_spent = models.DecimalField(
        _("hours spent"),
        max_digits=6,
        decimal_places=1,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
    )
    became = models.CharField(_("what it became in the portal"), max_length=60, blank=True)
    reach = models.PositiveIntegerField(_("people reached"), null=True, blank=True)
    reactions = models.PositiveIntegerField(_("reactions"), null=True, blank=True)
    remark = models.TextField(_("stakeholders, and what to mind"), blank=True)

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of the plan")
        verbose_name_plural = _("steps of the plan")
        ordering = [models.F("planned_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_budgeted__gte=0) & Q(hours_spent__gte=0),
                name="dossiers_plan_hours_not_negative",
            )
        ]

    def __str__(self) -> str:
        return self.goal
