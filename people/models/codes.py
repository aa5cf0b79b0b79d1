"""Printed activation codes: the way in for people without a mailbox."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.roster import Person
from people.querysets import ActivationCodeQuerySet


class ActivationCode(models.Model):
    """One single-use code on paper. Only its hash is kept; days, never times.

    Usable until used, revoked, or ``expires_on`` has come.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="activation_codes")
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_on = models.DateField(_("made on"), default=timezone.localdate)
    expires_on = models.DateField(_("expires on"))
    used_on = models.DateField(_("used on"), null=True, blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)

    objects: ClassVar[models.Manager["ActivationCode"]] = ActivationCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("activation code")
        verbose_name_plural = _("activation codes")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_on=None, revoked_on=None),
                name="people_activation_code_one_open",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("made_on")),
                name="people_activation_code_expires_later",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)
