"""Aliases and the letterbox: nothing here leads to a person without the server's key.

The design, and what the holder of the key could do, is in docs/aliases.md.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models.groups import Group


class Alias(models.Model):
    """A name of the group's own. ``tag`` is a keyed hash of group and person; there is no link.

    Made when the first letter under it leaves the letterbox, among the shuffled others.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="aliases")
    tag = models.CharField(max_length=64)
    name = models.CharField(_("alias"), max_length=80)
    is_muted = models.BooleanField(default=False)
    """A moderator ended writing under this alias; its writer may go on under their name."""

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.UniqueConstraint(fields=["group", "tag"], name="groups_alias_one_each"),
            models.UniqueConstraint(fields=["group", "name"], name="groups_alias_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SealedLetter(models.Model):
    """Something written under an alias that waits for the next round; unreadable without the key.

    All have the same length and none says which group it is for, who wrote it or when.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("sealed letter")
        verbose_name_plural = _("sealed letters")

    def __str__(self) -> str:
        return str(_("sealed letter"))


class LetterboxRound(models.Model):
    """A moment at which the letterbox was emptied; making the row is the claim on doing it."""

    at = models.DateTimeField(primary_key=True)

    class Meta:
        verbose_name = _("letterbox round")
        verbose_name_plural = _("letterbox rounds")

    def __str__(self) -> str:
        return self.at.isoformat()
