"""What came of an issue, counted without anybody's name (docs/newsletter.md)."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.models.issue import Issue


def _link_code() -> str:
    return secrets.token_urlsafe(9)


class Link(models.Model):
    """A link in an issue, and how often it was followed. Nobody's name, address or time.

    ``readers`` is in how many mails it stands; too few, and it is not counted. ``is_for_all``: it
    stands in every mail of the issue, so it counts for the readers' group too.
    """

    code = models.CharField(max_length=16, unique=True, default=_link_code, editable=False)
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="links")
    target = models.CharField(max_length=2000)
    readers = models.PositiveIntegerField(default=0)
    is_for_all = models.BooleanField(default=False)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(fields=["issue", "target"], name="newsletter_link_unique")
        ]

    def __str__(self) -> str:
        return self.target


class ReaderGroup(models.Model):
    """A unit, or several small ones together (no name), large enough to count clicks of.

    Made when an issue is handed over, with as many readers as it has then. Its code stands in the
    links of all of them alike.
    """

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="reader_groups")
    code = models.CharField(max_length=16, unique=True, default=_link_code, editable=False)
    name = models.CharField(max_length=120, blank=True)
    readers = models.PositiveIntegerField()
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("group of readers")
        verbose_name_plural = _("groups of readers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Usefulness(models.Model):
    """What readers answered to "was this useful?". An issue without one does not ask."""

    issue = models.OneToOneField(Issue, models.CASCADE, related_name="usefulness")
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("usefulness")
        verbose_name_plural = _("usefulness")

    def __str__(self) -> str:
        return f"{self.yes}/{self.no}"


class Said(models.Model):
    """That somebody answered for an issue: a mark that takes a key outside the database to make."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("mark of an answer")
        verbose_name_plural = _("marks of answers")
        constraints = [
            models.UniqueConstraint(fields=["issue", "mark"], name="newsletter_said_once")
        ]

    def __str__(self) -> str:
        return self.mark


class SlipKind(models.TextChoices):
    """What a slip is about."""

    CLICK = "click", _("a link that was followed")
    USEFUL = "useful", _("an answer whether it was useful")


class Slip(models.Model):
    """A click or an answer that waits, sealed, until enough others wait to count it among."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="slips", db_index=False)
    kind = models.CharField(max_length=6, choices=SlipKind.choices)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("slip")
        verbose_name_plural = _("slips")
        indexes = [models.Index(fields=["issue", "kind"], name="newsletter_slip_waiting")]

    def __str__(self) -> str:
        return self.kind
