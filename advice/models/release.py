"""A released letter: frozen with its files. And what stands at the head of every letter."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.models.letter import Letter
from advice.querysets import ReleaseQuerySet
from people.models import Person


def _stored_at(release: "LetterRelease", filename: str) -> str:
    """Under the release's key; ``filename`` is one of ours and only lends its extension."""
    return f"advice/{release.key}/{filename}"


class LetterRelease(models.Model):
    """A letter as it left the council, to the director first and to staff later, never changed.

    ``document`` is the whole letter as the tree that pages and files are made from
    (``advice.letters.tree``); the files are those very bytes.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="release")
    document = models.JSONField()
    docx = models.FileField(upload_to=_stored_at, max_length=200)
    pdf = models.FileField(upload_to=_stored_at, max_length=200)
    odt = models.FileField(upload_to=_stored_at, max_length=200, blank=True)
    released_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(default=timezone.now)
    to_staff_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    to_staff_at = models.DateTimeField(null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("released letter")
        verbose_name_plural = _("released letters")
        ordering = ["-released_at", "-pk"]

    def __str__(self) -> str:
        return str(self.letter)

    def get_absolute_url(self) -> str:
        return reverse("advice:released", args=[self.key])


class Receipt(models.Model):
    """That the director opened a released letter, and when first."""

    release = models.ForeignKey(LetterRelease, models.CASCADE, related_name="receipts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.UniqueConstraint(fields=["release", "person"], name="advice_receipt_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class Letterhead(models.Model):
    """What stands at the head and foot of every letter; one row."""

    sender = models.CharField(_("sender"), max_length=120, blank=True)
    address = models.TextField(_("address"), blank=True)
    place = models.CharField(_("place of signing"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    signatory = models.CharField(_("signed by"), max_length=120, blank=True)
    signatory_role = models.CharField(_("as"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="advice_letterhead_is_one")
        ]

    def __str__(self) -> str:
        return self.sender
