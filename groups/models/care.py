"""Care for a group: reports to its moderators, opening from outside, and what may leave it."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models.groups import Group
from groups.models.talking import Message
from people.models import Person


class Report(models.Model):
    """A member points the moderators to a message; ``tag`` keeps it to one each, without a name."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="reports")
    tag = models.CharField(max_length=64)
    reason = models.CharField(_("what is wrong with it"), max_length=500)
    reported_on = models.DateField(default=timezone.localdate)
    handled_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["reported_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "tag"], name="groups_report_one_each")
        ]

    def __str__(self) -> str:
        return str(_("report"))


class Opening(models.Model):
    """A group opened from outside: two council members, a written reason, for a limited time.

    Shown to the group from the moment the second one agrees, and it stays shown.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="openings")
    reason = models.TextField(_("why it must be opened"), max_length=1_000)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    seconded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    seconded_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seconded_by=None) | ~Q(seconded_by=F("asked_by")),
                name="groups_opening_by_two",
            ),
            models.CheckConstraint(
                condition=Q(seconded_by=None, seconded_at=None, ends_at=None)
                | Q(seconded_by__isnull=False, seconded_at__isnull=False, ends_at__isnull=False),
                name="groups_opening_has_its_end",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="groups_opening_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(_("opening"))

    def is_in_force(self, now: datetime | None = None) -> bool:
        """Whether the two may read today."""
        return self.ends_at is not None and self.ends_at > (now or timezone.now())


class QuoteState(models.TextChoices):
    """Whether a writer's own words may leave the group."""

    NONE = "none", _("paraphrase only")
    ASKED = "asked", _("the writer was asked")
    ALLOWED = "allowed", _("with the writer's yes")
    REFUSED = "refused", _("the writer said no")


class Signal(models.Model):
    """What leaves a group: a paraphrase by a member; a quote only with its writer's yes.

    Until the writer answered, nothing is sent. ``sent_at`` is when the council got it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="signals")
    paraphrase = models.TextField(_("in your own words"), max_length=2_000)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_on = models.DateField(default=timezone.localdate)
    quoted = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="quotations"
    )
    quote = models.TextField(_("literal words"), max_length=1_000, blank=True)
    quote_state = models.CharField(
        max_length=10, choices=QuoteState.choices, default=QuoteState.NONE
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("signal")
        verbose_name_plural = _("signals")
        ordering = ["-written_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | ~Q(quote_state=QuoteState.ASKED),
                name="groups_signal_waits_for_the_writer",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(quote="") | Q(quote_state=QuoteState.ALLOWED),
                name="groups_signal_quotes_with_a_yes",
            ),
        ]

    def __str__(self) -> str:
        return str(_("signal"))
