"""What people wrote, apart from what they ticked, and the themes the council finds in it."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polls.models.consultation import Consultation
from polls.models.keys import RandomKeyField
from polls.querysets import OpenAnswerQuerySet


class Theme(models.Model):
    """A theme in the answers to one open question, named by the council."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="themes")
    question = models.CharField(_("question"), max_length=40)
    """The code of the question."""
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("what it says"), blank=True)
    position = models.PositiveIntegerField(default=0)
    is_suggested = models.BooleanField(_("suggested, not yet confirmed"), default=False)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "question", "name"], name="polls_theme_name_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ThemeRequest(models.Model):
    """That the council asked for themes to be suggested in the answers to one question.

    The row is the truth: a worker claims it, and one that was claimed too long ago is free again.
    """

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="theme_requests", db_index=False
    )
    question = models.CharField(_("question"), max_length=40)
    asked_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    found = models.PositiveIntegerField(_("themes found"), default=0)

    class Meta:
        verbose_name = _("request for themes")
        verbose_name_plural = _("requests for themes")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "question"], name="polls_theme_request_one_per_question"
            )
        ]

    def __str__(self) -> str:
        return self.question


class Review(models.TextChoices):
    """What the council has done with a text before others read it."""

    WAITING = "waiting", _("not read yet")
    CLEARED = "cleared", _("may be shown")
    HELD = "held", _("not shown")


class OpenAnswer(models.Model):
    """One text, tied to nothing else that its writer answered.

    ``group`` is kept only where at least the group threshold of texts to this question came from
    it. ``shown_text`` is what others read: the text with what identifies people taken out.
    """

    id = RandomKeyField()
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="open_answers")
    question = models.CharField(_("question"), max_length=40)
    """The code of the question; ``<code>.other`` for the text beside "other, namely"."""
    group = models.CharField(_("group"), max_length=120, blank=True)
    text = models.TextField(_("text"))
    may_quote = models.BooleanField(_("may be quoted"), default=False)
    review = models.CharField(
        _("review"), max_length=10, choices=Review.choices, default=Review.WAITING
    )
    redacted_text = models.TextField(_("text without names"), blank=True)
    is_shared = models.BooleanField(_("colleagues may read it"), default=False)
    """Its writer let colleagues read it, in the words the council allows (docs/urn.md)."""
    agreed = models.PositiveIntegerField(_("colleagues who agree"), default=0)
    """Counted at the closing; 0 where fewer than the total threshold marked it."""
    agreed_is_least = models.BooleanField(default=False)
    """Nearly everyone who marked anything marked this: ``agreed`` is a lower bound."""
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="answers", verbose_name=_("themes")
    )

    objects = OpenAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("open answer")
        verbose_name_plural = _("open answers")
        # By the random key: an order, so that pages do not overlap, and one that says nothing.
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["consultation", "question", "review"], name="polls_open_review")
        ]

    def __str__(self) -> str:
        return self.shown_text

    @property
    def shown_text(self) -> str:
        """The redacted text where there is one, else the text as written."""
        return self.redacted_text or self.text


class AgreeSlip(models.Model):
    """With which shared answers one colleague agrees: sealed, of one length for everyone.

    ``lookup`` follows from person and consultation under a key outside the database, so a dump says
    neither whose slip it is nor what is on it. Gone at the closing, once all are counted.
    """

    id = RandomKeyField()
    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="agree_slips", db_index=False
    )
    lookup = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("slip of agreement")
        verbose_name_plural = _("slips of agreement")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "lookup"], name="polls_agree_slip_one_each"
            )
        ]

    def __str__(self) -> str:
        return str(_("slip of agreement"))
