"""A finding: one thing that was found out, frozen as it was when it was taken."""

import hashlib
import json
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from advice.figures import Figures
from advice.querysets import FindingQuerySet
from dossiers.models import Dossier
from people.models import Person

FROZEN = (
    "number",
    "source",
    "ref",
    "label",
    "url",
    "question",
    "statement",
    "method",
    "since",
    "dated_on",
    "invited",
    "respondents",
    "figures_json",
    "quote",
    "quote_consent",
)
"""The columns that are the finding; what the council thinks of it stands in ``Placement``."""


class FrozenFinding(Exception):
    """A finding's figures were about to change. Take a new finding that supersedes it instead."""


class Finding(models.Model):
    """One piece of evidence in a dossier, written once.

    ``number`` counts within the dossier and is what a citation names: ``[[bevinding:3]]``.
    ``digest`` is over all frozen columns: a row changed behind the portal's back is found out.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="findings")
    number = models.PositiveIntegerField()
    source = models.CharField(_("source"), max_length=30)
    ref = models.CharField(max_length=120, blank=True)
    label = models.CharField(_("where it comes from"), max_length=200)
    url = models.CharField(max_length=300, blank=True)
    question = models.TextField(_("what was asked"), blank=True)
    statement = models.TextField(_("what was found"))
    method = models.CharField(_("method"), max_length=200, blank=True)
    since = models.DateField(_("gathered from"), null=True, blank=True)
    dated_on = models.DateField(_("on"), default=timezone.localdate)
    invited = models.PositiveIntegerField(_("people invited"), null=True, blank=True)
    respondents = models.PositiveIntegerField(_("people who answered"), null=True, blank=True)
    figures_json = models.JSONField(default=dict)
    quote = models.TextField(_("quote"), blank=True)
    quote_consent = models.BooleanField(_("may be quoted"), default=False)
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64, editable=False)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="advice_finding_number"),
            models.CheckConstraint(
                condition=Q(quote="") | Q(quote_consent=True), name="advice_quote_needs_consent"
            ),
            models.CheckConstraint(
                condition=Q(invited=None) | Q(respondents=None) | Q(respondents__lte=F("invited")),
                name="advice_no_more_answers_than_invited",
            ),
        ]

    def __str__(self) -> str:
        return f"B{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once. Raises FrozenFinding for a second time."""
        if not self._state.adding:
            raise FrozenFinding(self.pk)
        self.digest = self.computed_digest
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("advice:finding", args=[self.key])

    @property
    def computed_digest(self) -> str:
        """SHA-256 over the frozen columns as they are now."""
        values = [str(self.dossier_id)]
        for name in FROZEN:
            value = getattr(self, name)
            values.append(json.dumps(value, sort_keys=True, default=str))
        return hashlib.sha256("\n".join(values).encode()).hexdigest()

    @property
    def is_intact(self) -> bool:
        """Whether the row still says what was frozen."""
        return self.digest == self.computed_digest

    @cached_property
    def figures(self) -> Figures:
        """The frozen figures."""
        return Figures.from_json(self.figures_json)

    @property
    def response(self) -> float | None:
        """The response rate from 0 to 1, where both numbers are known."""
        if not self.invited or self.respondents is None:
            return None
        return self.respondents / self.invited


class Theme(models.TextChoices):
    """Where a finding lies on the theme board."""

    UNSORTED = "unsorted", _("not sorted yet")
    ARGUMENT = "argument", _("arguments")
    ALTERNATIVE = "alternative", _("alternatives")
    CONDITION = "condition", _("conditions")
    MINORITY = "minority", _("minority views")
    BACKGROUND = "background", _("background")


class Placement(models.Model):
    """What the council does with a finding: its place on the board and what it makes of it."""

    finding = models.OneToOneField(Finding, models.CASCADE, related_name="placement")
    theme = models.CharField(
        _("theme"), max_length=12, choices=Theme.choices, default=Theme.UNSORTED
    )
    topic = models.CharField(_("topic"), max_length=80, blank=True)
    remark = models.TextField(_("what the council makes of it"), blank=True)
    set_aside = models.BooleanField(_("set aside"), default=False)

    class Meta:
        verbose_name = _("place on the board")
        verbose_name_plural = _("places on the board")

    def __str__(self) -> str:
        return self.get_theme_display()
