"""Newsletter issues: what they say and to whom they go."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dossiers.models import Dossier
from newsletter.blocks import IMAGE, TEXT
from newsletter.querysets import IssueQuerySet
from outbox.models import Mailing
from people.models import Person, Selection, Site, Unit
from polls.models import Consultation


class IssueState(models.TextChoices):
    """How far an issue has come. Once sent, its mailing tells the rest."""

    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    SENT = "sent", _("sent")


LEAST_WAITING = 10
"""Fewer who have not answered are not written to: the number alone would begin to name them."""


class AudienceRole(models.TextChoices):
    """Groups by what people are, beside where they work."""

    EVERYONE = "everyone", _("all colleagues")
    SUBSCRIBERS = "subscribers", _("those who asked for it")
    COUNCIL = "council", _("the council only")


class Issue(models.Model):
    """One newsletter. Its blocks are its content; English words may stand beside the Dutch.

    The audience's lists and saved selection narrow each other; empty ones leave it at everyone.
    With ``waiting_for`` there are no lists: it goes to those who were asked and have not answered,
    and nobody gets to see who they are (``names_nobody``).
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(_("subject"), max_length=120)
    subject_en = models.CharField(_("subject in English"), max_length=120, blank=True)
    preview = models.CharField(
        _("preview line"),
        max_length=140,
        blank=True,
        help_text=_("Shown beside the subject in the list of mails."),
    )
    preview_en = models.CharField(_("preview line in English"), max_length=140, blank=True)
    greets = models.BooleanField(_("begin with the reader's first name"), default=True)
    asks_useful = models.BooleanField(_("ask readers whether it was useful"), default=True)
    units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("units"))
    sites = models.ManyToManyField(Site, blank=True, related_name="+", verbose_name=_("sites"))
    role = models.CharField(
        _("for"), max_length=12, choices=AudienceRole.choices, default=AudienceRole.EVERYONE
    )
    selection = models.ForeignKey(
        Selection,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("saved selection"),
    )
    waiting_for = models.ForeignKey(
        Consultation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only who has not answered"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=IssueState.choices, default=IssueState.DRAFT
    )
    needs_approval = models.BooleanField(_("a colleague must approve it first"), default=False)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    send_at = models.DateTimeField(_("send at"), null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    mailing = models.OneToOneField(
        Mailing, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    dossiers = models.ManyToManyField(Dossier, related_name="+", editable=False)
    """What it was planned and handed over with: a lock on one of these stops it (``stopping``)."""
    stopped_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When secrecy stopped its sending: halfway, or before it began (then it is a draft again)."""
    rest_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="rests", editable=False
    )
    """The issue whose sending was stopped; this one is for who did not get that one."""
    recurrence = models.ForeignKey(
        "newsletter.Recurrence",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="issues",
        editable=False,
    )
    """What made it a draft, where it was not a person."""

    objects: ClassVar[models.Manager["Issue"]] = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(sent_by__isnull=False, send_at__isnull=False),
                name="newsletter_issue_sent_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="newsletter_issue_sent_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "send_at"], name="newsletter_issue_due")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("newsletter:issue", args=[self.key])

    @property
    def is_draft(self) -> bool:
        return self.state == IssueState.DRAFT

    @property
    def is_sent(self) -> bool:
        return self.state == IssueState.SENT

    @property
    def came_back(self) -> bool:
        """Whether it is a draft again because something in it became secret before it went out."""
        return self.is_draft and self.stopped_at is not None

    @property
    def stopped_halfway(self) -> bool:
        """Whether secrecy stopped it while it went out."""
        return self.is_sent and self.stopped_at is not None

    @property
    def names_nobody(self) -> bool:
        """Whether a list of its recipients would tell who has not answered."""
        return self.waiting_for_id is not None

    @property
    def readers_forgotten_on(self) -> date | None:
        """The day on which it was forgotten who had not answered, and so whom this went to."""
        return self.waiting_for.marks_gone_on if self.waiting_for else None

    def told(self, mails: int) -> int:
        """``mails`` as may be told: whole tens where more would begin to name people."""
        return mails // LEAST_WAITING * LEAST_WAITING if self.names_nobody else mails

    @property
    def is_approved(self) -> bool:
        """Whether nobody else's yes is waited for."""
        return not self.needs_approval or self.approved_by_id is not None

    @property
    def keeps_secret(self) -> bool:
        """Whether something in it is secret for who asks; ``IssueQuerySet.with_secrets`` knows."""
        return bool(getattr(self, "has_secrets", False))

    @property
    def title(self) -> str:
        """The subject; only a day where that could name what is secret for who asks."""
        return self._neutral or self.subject

    @property
    def subject_here(self) -> str:
        """``title`` in the language in force."""
        in_force = self.subject_en if get_language() == "en" and self.subject_en else self.subject
        return self._neutral or in_force

    @property
    def _neutral(self) -> str:
        if not self.keeps_secret:
            return ""
        day = date_format(timezone.localtime(self.sent_at or self.written_at), "DATE_FORMAT")
        return _("Newsletter of %(day)s") % {"day": day}

    @property
    def preview_here(self) -> str:
        """The preview line in the language in force; none where it could name what is secret."""
        if self.keeps_secret:
            return ""
        return self.preview_en if get_language() == "en" and self.preview_en else self.preview


class Trial(models.Model):
    """A test mail of an issue, so that a lock finds it while it waits; gone with its mail."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="trials")
    mailing = models.OneToOneField(Mailing, models.CASCADE, related_name="+")
    dossiers = models.ManyToManyField(Dossier, related_name="+")

    class Meta:
        verbose_name = _("test mail")
        verbose_name_plural = _("test mails")

    def __str__(self) -> str:
        return str(self.mailing_id)


class Block(models.Model):
    """One part of an issue: own text, an image, or something the portal holds (``blocks``).

    ``snapshot`` keeps the words of such a thing as they were sent, per language, so the archive
    shows what readers got; whether it is shown at all is asked of the thing itself, every time.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30)
    object_key = models.CharField(max_length=40, blank=True)
    heading = models.CharField(_("heading"), max_length=160, blank=True)
    heading_en = models.CharField(_("heading in English"), max_length=160, blank=True)
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    text_en = models.TextField(_("text in English"), max_length=20_000, blank=True)
    image = models.FileField(_("image"), upload_to="newsletter/", blank=True)
    image_alt = models.CharField(_("what the image shows"), max_length=250, blank=True)
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dossier")
    )
    """What own words or an own picture are about; behind that dossier's lock from then on."""
    snapshot = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.heading or self.kind

    @property
    def is_own(self) -> bool:
        """Own words or an own picture, not something held elsewhere."""
        return self.kind in (TEXT, IMAGE)

    @property
    def says_something(self) -> bool:
        """Own and not empty."""
        return self.is_own and bool(self.text or self.heading or self.image)

    @property
    def heading_here(self) -> str:
        """The heading in the language in force."""
        return self.heading_en if get_language() == "en" and self.heading_en else self.heading

    @property
    def text_here(self) -> str:
        """The text in the language in force."""
        return self.text_en if get_language() == "en" and self.text_en else self.text

    @cached_property
    def image_url(self) -> str:
        """The path of its image."""
        return reverse("newsletter:image", args=[self.key])
