"""Statements to agree or disagree with, and the map of opinion groups found in the votes."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from polls.models.consultation import Consultation
from polls.models.keys import RandomKeyField


class StatementState(models.TextChoices):
    """What the council has done with a statement."""

    WAITING = "waiting", _("not read yet")
    SHOWN = "shown", _("put to colleagues")
    REFUSED = "refused", _("not shown")
    MERGED = "merged", _("same as another")


class Statement(models.Model):
    """One statement of a round: the council's own seed, or put in by a colleague nobody knows."""

    id = RandomKeyField()
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="statements")
    code = models.CharField(_("code"), max_length=40)
    text = models.CharField(_("statement"), max_length=280)
    is_seed = models.BooleanField(_("put by the council"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=StatementState.choices, default=StatementState.WAITING
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    refusal = models.CharField(_("reason"), max_length=300, blank=True)
    shown_count = models.PositiveIntegerField(default=0)
    """How often it was counted in emptied ballots: the least seen is put forward first."""

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-is_seed", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "code"], name="polls_statement_code_unique"
            )
        ]

    def __str__(self) -> str:
        return self.text


class OpinionMap(models.Model):
    """The opinion groups of a closed round, as found once by the worker and kept."""

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="opinion_map")
    payload = models.JSONField()

    class Meta:
        verbose_name = _("opinion map")
        verbose_name_plural = _("opinion maps")

    def __str__(self) -> str:
        return str(self.consultation)
