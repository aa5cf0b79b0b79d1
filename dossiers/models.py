"""The dossier: the file that all work is filed under, its clock's dates, and its secrecy."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dossiers.querysets import DossierQuerySet
from people.models import Person


class Kind(models.TextChoices):
    """What the law calls the matter (WOR articles 23, 24, 25, 27, 30, 31)."""

    ADVICE = "art25", _("request for advice (art. 25)")
    CONSENT = "art27", _("request for consent (art. 27)")
    INITIATIVE = "art23", _("initiative proposal (art. 23)")
    CONSULTATION = "art24", _("general course of business (art. 24)")
    APPOINTMENT = "art30", _("appointing or dismissing a director (art. 30)")
    INFORMATION = "art31", _("request for information (art. 31)")
    FREE = "free", _("own subject")


class Dossier(models.Model):
    """One matter before the council, from the first question to what came of it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.ADVICE)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("what it is about"), blank=True, help_text=_("Markdown"))
    shared_with_staff = models.BooleanField(
        _("staff may see that this dossier exists"), default=True
    )
    received_on = models.DateField(_("received on"), null=True, blank=True)
    advice_due_on = models.DateField(_("agreed deadline"), null=True, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects: ClassVar[models.Manager["Dossier"]] = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["closed_on", F("advice_due_on").asc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on=None)
                | Q(advice_due_on=None)
                | Q(advice_due_on__gte=F("received_on")),
                name="dossiers_dossier_due_after_received",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dossiers:dossier", args=[self.key])

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None


class Secrecy(models.Model):
    """Secrecy imposed on a dossier (WOR art. 20): by whom, what, until when, who is exempt.

    In force until it is lifted; the end date reminds the council, it does not lift by itself,
    because publishing too early is the breach.
    """

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="secrecy")
    imposed_by = models.CharField(_("imposed by"), max_length=160)
    scope = models.TextField(_("what it covers"))
    until = models.DateField(_("until"), null=True, blank=True)
    exempt = models.ManyToManyField(Person, verbose_name=_("exempt persons"), related_name="+")
    imposed_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("secrecy")
        verbose_name_plural = _("secrecy")

    def __str__(self) -> str:
        return str(_("secrecy"))

    @cached_property
    def in_force(self) -> bool:
        return self.lifted_at is None
