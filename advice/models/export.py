"""A letter on its way to becoming a file, made by a worker for the one who asked."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.models.letter import Letter
from advice.querysets import ExportQuerySet
from people.models import Person


class ExportStep(models.TextChoices):
    """How far a file is."""

    WAITING = "waiting", _("waiting for its turn")
    GATHERING = "gathering", _("the letter and its findings are being gathered")
    WRITING = "writing", _("tables, charts and footnotes are being written")
    READY = "ready", _("ready")
    FAILED = "failed", _("not made")


UNDER_WAY = (ExportStep.WAITING, ExportStep.GATHERING, ExportStep.WRITING)


class LetterExport(models.Model):
    """One file of one letter, for one person, for a day.

    The row is the truth. A worker claims it with a token and a lease; every write names the token,
    so who lost the lease changes nothing. ``text_digest`` is that of the text the file was made of.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="exports")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    suffix = models.CharField(_("kind of file"), max_length=4)
    step = models.CharField(
        _("how far it is"), max_length=10, choices=ExportStep.choices, default=ExportStep.WAITING
    )
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    text_digest = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(default=b"")

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter as a file")
        verbose_name_plural = _("letters as files")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.key}.{self.suffix}"

    def get_absolute_url(self) -> str:
        return reverse("advice:export", args=[self.key])

    @property
    def is_ready(self) -> bool:
        return self.step == ExportStep.READY

    @property
    def has_failed(self) -> bool:
        return self.step == ExportStep.FAILED

    @property
    def steps_done(self) -> int:
        """Of the three steps that a file takes."""
        return {ExportStep.GATHERING: 1, ExportStep.WRITING: 2, ExportStep.READY: 3}.get(
            ExportStep(self.step), 0
        )
