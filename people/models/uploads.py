"""A staff list between its preview and its import."""

import uuid
import zlib
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.roster import Person
from people.querysets import RosterUploadQuerySet
from people.roster.rows import Reading


class RosterUpload(models.Model):
    """One uploaded list. The database keeps what was read from it, never the file itself.

    So columns that the portal does not use (and HR should not have sent) are gone at once, every
    web process and worker finds it, and it goes with its row: the people in it are forgotten when
    the import is done or the preview expires.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", _("preview")
        QUEUED = "queued", _("waiting to be imported")
        RUNNING = "running", _("being imported")
        DONE = "done", _("imported")
        CHANGED = "changed", _("stopped: the roster changed after the preview")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uploaded_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    packed = models.BinaryField(blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PREVIEW
    )
    confirmed_digest = models.CharField(max_length=64, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    joined = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    left = models.PositiveIntegerField(_("left"), default=0)
    returned = models.PositiveIntegerField(_("returned"), default=0)
    unreadable = models.PositiveIntegerField(_("unreadable rows"), default=0)

    objects: ClassVar[models.Manager["RosterUpload"]] = RosterUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff list")
        verbose_name_plural = _("staff lists")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state="running"),
                name="people_roster_upload_one_running",
            )
        ]

    def __str__(self) -> str:
        return self.file_name or str(self.key)

    def get_absolute_url(self) -> str:
        return reverse("people:roster_preview", args=[self.key])

    @property
    def reading(self) -> Reading:
        """What was read from the file; only while it waits for import."""
        return Reading.from_json(zlib.decompress(self.packed).decode())

    @reading.setter
    def reading(self, reading: Reading) -> None:
        self.packed = zlib.compress(reading.to_json().encode(), level=3)

    @property
    def is_waiting(self) -> bool:
        """Whether a worker still has to finish it."""
        return self.state in {self.State.QUEUED, self.State.RUNNING}
