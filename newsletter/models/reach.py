"""What came of an issue, counted without anybody's name."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.models.issue import Issue


def _link_code() -> str:
    return secrets.token_urlsafe(9)


class Link(models.Model):
    """A link in an issue, and how often it was followed. Nobody's name, address or time."""

    code = models.CharField(max_length=16, unique=True, default=_link_code, editable=False)
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="links")
    target = models.CharField(max_length=2000)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(fields=["issue", "target"], name="newsletter_link_unique")
        ]

    def __str__(self) -> str:
        return self.target
