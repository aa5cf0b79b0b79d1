"""A letter of the council in the making: sections, their versions, what members say of them."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.querysets import LetterQuerySet
from dossiers.clock import Kind
from dossiers.models import Dossier
from people.models import Person


class LetterState(models.TextChoices):
    """How far a letter has come."""

    DRAFT = "draft", _("draft")
    VOTING = "voting", _("before the council")
    ADOPTED = "adopted", _("adopted by the council")
    RELEASED = "released", _("released")


class Verdict(models.TextChoices):
    """What the council says, in one word."""

    NONE = "", _("not decided yet")
    POSITIVE = "positive", _("positive")
    CONDITIONAL = "conditional", _("positive under conditions")
    NEGATIVE = "negative", _("negative")
    CONSENT = "consent", _("consents")
    NO_CONSENT = "no_consent", _("does not consent")


class Letter(models.Model):
    """One letter to the director about a dossier."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="letters")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    subject = models.CharField(_("subject"), max_length=200)
    recipient = models.CharField(_("addressed to"), max_length=200)
    reference = models.CharField(_("our reference"), max_length=60, blank=True)
    verdict = models.CharField(
        _("verdict"), max_length=12, choices=Verdict.choices, default=Verdict.NONE, blank=True
    )
    state = models.CharField(
        _("how far it is"), max_length=10, choices=LetterState.choices, default=LetterState.DRAFT
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("advice:letter", args=[self.key])

    @property
    def is_open_for_writing(self) -> bool:
        """Whether its text may still change."""
        return self.state == LetterState.DRAFT

    @property
    def is_released(self) -> bool:
        return self.state == LetterState.RELEASED


class Section(models.Model):
    """One section of a letter. ``version`` counts its versions, for finding edit conflicts."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="sections")
    slug = models.SlugField(max_length=40)
    position = models.PositiveIntegerField()
    heading = models.CharField(_("heading"), max_length=120)
    body = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "slug"], name="advice_section_slug")
        ]

    def __str__(self) -> str:
        return self.heading


class SectionVersion(models.Model):
    """One version of a section: who wrote what when. Rows are added, never changed."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    heading = models.CharField(max_length=120)
    body = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version of a section")
        verbose_name_plural = _("versions of a section")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="advice_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.heading} ({self.number})"


class Comment(models.Model):
    """What a member says of a section; a suggestion holds the text that should stand there."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(Section, models.CASCADE, related_name="comments")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("comment"), blank=True)
    suggestion = models.TextField(_("suggested text"), blank=True)
    on_version = models.PositiveIntegerField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    taken_over = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
