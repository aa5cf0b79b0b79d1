"""What was counted, what was released of it, and what came of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Person
from polls.models.consultation import Consultation


class Tally(models.Model):
    """How many gave one answer to one question, in the whole or in one group.

    ``attribute`` is empty for the whole, ``group`` for the roster's group, else the code of a
    background question; ``group`` is the label or choice code within it. ``item`` is the question's
    code, or ``code:row`` for a matrix row. ``cell`` is the answer (a choice code, a number, a date,
    ``<choice>@<place>`` in a ranking) or ``*`` for how many answered the item at all.

    Written at closing, and then already as disclosure control allows it: small groups are folded
    together, and where nearly all of a group answered alike ``count`` is None and ``bound`` says
    how far it is known (``over95``, ``under5``, ``hidden``). What is not stored cannot leak. Read
    by ``polls.disclosure`` only.
    """

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="tallies", db_index=False
    )
    attribute = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=120, blank=True)
    item = models.CharField(max_length=90)
    cell = models.CharField(max_length=90)
    count = models.PositiveIntegerField(null=True)
    bound = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "attribute", "group", "item", "cell"],
                name="polls_tally_unique",
            ),
            models.CheckConstraint(
                condition=Q(count__isnull=False, bound="") | (Q(count=None) & ~Q(bound="")),
                name="polls_tally_count_or_bound",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.cell}: {self.count}"


class Turnout(models.Model):
    """How many of a group were invited and took part; written at closing, small groups folded."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="turnouts")
    group = models.CharField(_("group"), max_length=120, blank=True)
    is_rest = models.BooleanField(_("groups taken together"), default=False)
    invited = models.PositiveIntegerField(_("invited"))
    took_part = models.PositiveIntegerField(_("took part"))

    class Meta:
        verbose_name = _("turnout")
        verbose_name_plural = _("turnout")
        ordering = ["is_rest", "group"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "group"], name="polls_turnout_unique")
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.took_part}/{self.invited}"


class ReleaseAudience(models.TextChoices):
    """Who reads a released result; the council reads it from the closing on."""

    COUNCIL = "council", _("the council")
    DIRECTOR = "director", _("the director")
    STAFF = "staff", _("staff")


class Release(models.Model):
    """Results as they were released: frozen with their numbers and shown as such ever after."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="releases")
    audience = models.CharField(_("for"), max_length=10, choices=ReleaseAudience.choices)
    payload = models.JSONField()
    """By property ("" for the whole): ``polls.disclosure.Disclosure.to_json``."""
    texts = models.JSONField(default=list)
    """The open answers cleared for reading, as they were: question, text, group, may_quote,
    and the keys of the themes it stands under."""
    released_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    """None: the portal itself, at closing, as was set before the opening."""
    released_on = models.DateField(_("released on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "audience"], name="polls_release_once_per_audience"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation} ({self.get_audience_display()})"


class Outcome(models.Model):
    """What was done with it: "u zei / wij deden". Mailed once to those who were invited."""

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="outcome")
    heard = models.TextField(_("what you said"), help_text=_("Markdown"))
    done = models.TextField(_("what we did"), help_text=_("Markdown"))
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_on = models.DateField(_("published on"), null=True, blank=True)
    mailed_on = models.DateField(_("mailed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def __str__(self) -> str:
        return str(self.consultation)
