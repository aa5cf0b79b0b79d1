"""Steps at law after a decision: appeal (art. 26), nullity and the subdistrict court (art. 27)."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.clock import Kind
from dossiers.models import Document, Dossier
from people.models import Person


class LegalStep(models.Model):
    """One step that council or director took at law over a decision."""

    class What(models.TextChoices):
        """Which step; the articles are of the WOR."""

        APPEAL = "appeal", _("appeal lodged at the Enterprise Chamber (art. 26)")
        RULING = "ruling", _("the Enterprise Chamber ruled (art. 26 lid 5)")
        NULLITY = "nullity", _("nullity invoked in writing (art. 27 lid 5)")
        ASKED = "asked", _("the director asked the court for consent (art. 27 lid 4)")
        GRANTED = "granted", _("the court consented in the council's place (art. 27 lid 4)")
        REFUSED = "refused", _("the court refused consent (art. 27 lid 4)")
        STOP = "stop", _("the court was asked to forbid carrying it out (art. 27 lid 6)")

    OF_KIND = {
        Kind.ADVICE: (What.APPEAL, What.RULING),
        Kind.CONSENT: (What.NULLITY, What.ASKED, What.GRANTED, What.REFUSED, What.STOP),
    }
    """What can be recorded for which kind of dossier; no other kind knows such steps."""

    CONTESTS = (What.APPEAL, What.NULLITY)
    """The steps of the council itself that the law gives it a month for."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="legal_steps")
    what = models.CharField(_("what happened"), max_length=8, choices=What.choices)
    on = models.DateField(_("on the day"))
    remark = models.TextField(_("remark"), blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step at law")
        verbose_name_plural = _("steps at law")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.get_what_display()
