"""What became of a letter: the director's decision, conditions, and what staff were told."""

import uuid
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.models import Document, Dossier
from people.models import Person


class Follows(models.TextChoices):
    """How the decision relates to what the council said."""

    FOLLOWS = "follows", _("follows the council")
    PARTLY = "partly", _("deviates in part")
    DEVIATES = "deviates", _("deviates")
    UNJUDGED = "unjudged", _("not judged yet")


class Decision(models.Model):
    """The director's written decision on a dossier."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="decision")
    received_on = models.DateField(_("received on"), null=True, blank=True)
    carried_out_on = models.DateField(_("the council saw it carried out on"), null=True, blank=True)
    follows = models.CharField(
        _("compared with the council's position"),
        max_length=10,
        choices=Follows.choices,
        default=Follows.UNJUDGED,
    )
    reasons = models.TextField(_("reasons given for deviating"), blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the decision itself"),
    )
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("decision of the director")
        verbose_name_plural = _("decisions of the director")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received_on__isnull=False)
                | models.Q(carried_out_on__isnull=False),
                name="advice_decision_known_somehow",
            )
        ]

    def __str__(self) -> str:
        return self.get_follows_display()

    @property
    def known_on(self) -> date:
        """The day it was told, or failing that the day the council saw it carried out."""
        day = self.received_on or self.carried_out_on
        assert day is not None  # held by the constraint
        return day


class ConditionState(models.TextChoices):
    """How a condition fares."""

    OPEN = "open", _("not answered yet")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")
    DONE = "done", _("met")


class Condition(models.Model):
    """A condition the council set, followed until it is met."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="conditions")
    text = models.TextField(_("condition"))
    state = models.CharField(
        _("how far it is"),
        max_length=8,
        choices=ConditionState.choices,
        default=ConditionState.OPEN,
    )
    owner = models.CharField(_("who does it"), max_length=120, blank=True)
    due_on = models.DateField(_("met by"), null=True, blank=True)
    remark = models.TextField(_("how it stands"), blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
