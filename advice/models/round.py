"""The council's vote on the text of a letter."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.models.letter import Letter
from people.models import Person


class Choice(models.TextChoices):
    """What a member votes."""

    FOR = "for", _("in favour")
    AGAINST = "against", _("against")
    ABSTAIN = "abstain", _("abstains")


class Round(models.Model):
    """One vote on one text: ``text_digest`` is over the sections as they were put to the vote.

    ``seats`` and ``quorum`` are frozen when it opens. Members vote under their names, as in a
    meeting; this is no secret ballot and says so.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="rounds")
    seats = models.PositiveIntegerField(_("members"))
    quorum = models.PositiveIntegerField(_("votes needed for a valid vote"))
    text_digest = models.CharField(max_length=64)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    adopted = models.BooleanField(_("adopted"), null=True, blank=True)

    class Meta:
        verbose_name = _("vote of the council")
        verbose_name_plural = _("votes of the council")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(closed_at=None), name="advice_round_one_open"
            ),
            models.CheckConstraint(
                condition=Q(quorum__gte=1) & Q(quorum__lte=F("seats")), name="advice_quorum_fits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}"


class Vote(models.Model):
    """One member's vote in a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    choice = models.CharField(_("vote"), max_length=8, choices=Choice.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="advice_vote_one_each")
        ]

    def __str__(self) -> str:
        return self.get_choice_display()
