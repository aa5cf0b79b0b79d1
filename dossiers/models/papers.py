"""The papers of a dossier: the director's request, what it must contain, documents, notes."""

import uuid
from datetime import date
from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.models.dossier import Dossier
from dossiers.querysets import DocumentQuerySet, RequestQuerySet
from people.models import Person


class Part(models.TextChoices):
    """What a request must state (art. 25 lid 3, art. 27 lid 2, art. 30 lid 3)."""

    DECISION = "decision", _("the intended decision")
    REASONS = "reasons", _("the reasons for it")
    CONSEQUENCES = "consequences", _("what it means for staff")
    MEASURES = "measures", _("the measures in response to that")
    PERSON = "person", _("facts about the person concerned")


class PartState(models.TextChoices):
    """How complete a part of the request is, to the council's judgement."""

    UNKNOWN = "unknown", _("not judged yet")
    MISSING = "missing", _("missing")
    PARTLY = "partly", _("incomplete")
    COMPLETE = "complete", _("complete")


class Request(models.Model):
    """What the director handed in through the portal, kept word for word."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="request")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(default=timezone.now)
    title = models.CharField(_("title"), max_length=160)
    decision = models.TextField(_("the intended decision"))
    reasons = models.TextField(_("the reasons for it"))
    consequences = models.TextField(_("what it means for staff"))
    measures = models.TextField(_("the measures in response to that"), blank=True)
    wished_by = models.DateField(_("answer wished by"), null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request of the director")
        verbose_name_plural = _("requests of the director")
        ordering = ["-handed_in_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dossiers:request", args=[self.key])

    @property
    def steps(self) -> list[tuple[str, date | None]]:
        """Where it stands, for who handed it in: each step with its day, None while it waits."""
        dossier = self.dossier
        held = [meeting.held_on for meeting in dossier.meetings.all() if meeting.held_on]
        return [
            (str(_("received by the council")), dossier.received_on),
            (str(_("discussed in a consultation meeting")), min(held, default=None)),
            (str(_("position of the council")), dossier.advice_given_on),
            (str(_("your decision")), dossier.decision_received_on),
            (str(_("closed")), dossier.closed_on),
        ]


class RequestPart(models.Model):
    """The council's judgement of one part that a request must contain."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="parts")
    part = models.CharField(max_length=12, choices=Part.choices)
    state = models.CharField(max_length=10, choices=PartState.choices, default=PartState.UNKNOWN)
    remark = models.TextField(blank=True)

    class Meta:
        verbose_name = _("part of the request")
        verbose_name_plural = _("parts of the request")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "part"], name="dossiers_part_once")
        ]

    def __str__(self) -> str:
        return self.get_part_display()


def _stored_at(document: "Document", _filename: str) -> str:
    """Under the dossier's key, without the name that was uploaded."""
    return f"dossiers/{document.dossier.key}/{document.key}"


class Document(models.Model):
    """A file in a dossier. Its content leaves through one guarded view, as a download."""

    class What(models.TextChoices):
        ANNEX = "annex", _("annex to the request")
        MINUTES = "minutes", _("minutes")
        DECISION = "decision", _("decision of the director")
        OTHER = "other", _("other document")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="documents")
    what = models.CharField(_("kind"), max_length=10, choices=What.choices, default=What.OTHER)
    name = models.CharField(_("name"), max_length=160)
    file = models.FileField(_("file"), upload_to=_stored_at, max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    request = models.ForeignKey(
        Request, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    shared_with_staff = models.BooleanField(_("staff may read it"), default=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="dossiers_document_not_empty")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("dossiers:document", args=[self.key])

    @property
    def suffix(self) -> str:
        """The file's extension in capitals: PDF."""
        return PurePath(self.name).suffix.lstrip(".").upper()


class Note(models.Model):
    """A note of a council member in a dossier; the council reads it, nobody else."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="notes")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("note"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]
