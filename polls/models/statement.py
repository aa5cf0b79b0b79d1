"""Statements to agree or disagree with, how a round of them is set, and what was found in it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polls.models.consultation import LOWEST_THRESHOLD, Consultation
from polls.models.keys import RandomKeyField
from polls.querysets import StatementQuerySet

MAX_STATEMENT = 140
"""So many characters: one thought, read at a glance on a phone (Polis has the same limit)."""
MAX_SHOWN = 200
"""So many statements a round can put to people; the envelope's one length is made for it."""


class StatementState(models.TextChoices):
    """What the council has done with a statement."""

    WAITING = "waiting", _("not read yet")
    SHOWN = "shown", _("put to colleagues")
    REFUSED = "refused", _("not shown")
    MERGED = "merged", _("same as another")


class StatementRound(models.Model):
    """How one round of statements is set, beside what it shares with every consultation."""

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="round")
    takes_statements = models.BooleanField(_("colleagues may add statements"), default=True)
    added_each = models.PositiveSmallIntegerField(
        _("statements that one person may add"), default=3
    )
    least_group = models.PositiveSmallIntegerField(
        _("smallest opinion group that is shown"), default=2 * LOWEST_THRESHOLD
    )

    class Meta:
        verbose_name = _("round of statements")
        verbose_name_plural = _("rounds of statements")
        constraints = [
            models.CheckConstraint(
                condition=Q(least_group__gte=LOWEST_THRESHOLD),
                name="polls_round_least_group_not_below_5",
            )
        ]

    def __str__(self) -> str:
        return str(self.consultation)


class Statement(models.Model):
    """One statement of a round: the council's own, or put in by a colleague nobody knows.

    What a colleague adds travels in the ballot's envelope and becomes a row here only when the urn
    is emptied: with those of at least a batch, in random order, under random keys, without a time.
    """

    id = RandomKeyField()
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="statements")
    code = models.CharField(_("code"), max_length=40)
    """``s1``, ``s2`` ...: what it is called in ballots, tallies and files."""
    number = models.PositiveIntegerField(default=0)
    """The number in ``code``, to put them in order."""
    text = models.CharField(_("statement"), max_length=MAX_STATEMENT)
    is_seed = models.BooleanField(_("put by the council"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=StatementState.choices, default=StatementState.WAITING
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    refusal = models.CharField(_("reason"), max_length=300, blank=True)
    shown_after = models.PositiveIntegerField(default=0)
    """How many had taken part when it was first put to people. With how many have by now it says
    how often it was on offer: the least offered comes first, and no vote is looked at for that."""

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "code"], name="polls_statement_code_unique"
            ),
            models.CheckConstraint(
                condition=Q(state="merged") | Q(merged_into=None),
                name="polls_statement_merged_into_only_when_merged",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class OpinionMap(models.Model):
    """What the worker found in the votes of a closed round, kept once: ``Opinions.to_json``.

    Groups and where they lie on the map, never a single person; see docs/statements.md.
    """

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="opinion_map")
    payload = models.JSONField()

    class Meta:
        verbose_name = _("opinion map")
        verbose_name_plural = _("opinion maps")

    def __str__(self) -> str:
        return str(self.consultation)
