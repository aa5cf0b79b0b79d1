"""How mail is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

if TYPE_CHECKING:
    from outbox.models import Delivery, Lane, Mailing  # noqa: F401


class MailingQuerySet(models.QuerySet["Mailing"]):
    """Mailings in the field's words."""

    def active(self) -> MailingQuerySet:
        """Those that may send now."""
        return self.filter(state__in=["queued", "sending"])

    def half_withdrawn(self) -> MailingQuerySet:
        """Of those that were stopped: still held, or cancelled and not forgotten yet."""
        return self.filter(Q(state="paused") | Q(state="cancelled") & ~Q(label=""))


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Mails in the field's words."""

    def due(self, *lanes: Lane | int) -> DeliveryQuerySet:
        """Those of these lanes that may be sent now, by the database's clock."""
        ours = Q(lane=lanes[0]) if len(lanes) == 1 else Q(lane__in=lanes)
        return self.filter(ours, state="queued", next_attempt_at__lte=Now())

    def held_by(self, token: str) -> DeliveryQuerySet:
        """Those that a batch holds, or held when its outcome was given up as unknown."""
        return self.filter(claimed_by=token, state__in=["sending", "unknown"])
