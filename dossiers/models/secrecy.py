"""Secrecy on a dossier (WOR art. 20), and the history of imposing and lifting it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.models.dossier import Dossier
from people.models import Person


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

    @property
    def in_force(self) -> bool:
        return self.lifted_at is None


class SecrecyChange(models.Model):
    """One act on a dossier's secrecy; rows are added, never changed."""

    class What(models.TextChoices):
        IMPOSED = "imposed", _("secrecy imposed")
        CHANGED = "changed", _("secrecy changed")
        LIFTED = "lifted", _("secrecy lifted")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="secrecy_changes")
    what = models.CharField(max_length=10, choices=What.choices)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    imposed_by = models.CharField(max_length=160, blank=True)
    scope = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("change of secrecy")
        verbose_name_plural = _("changes of secrecy")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_what_display()
