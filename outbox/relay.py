"""Whether the mail server can be used at all: a circuit breaker kept in a row."""

import random
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from outbox.models import Outage

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0


def report(reason: str) -> None:
    """No mail could be handed over; leave the server alone for a while."""
    with transaction.atomic():
        outage = Outage.objects.select_for_update().filter(pk=1).first()
        attempts = outage.attempts + 1 if outage else 1
        pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)
        pause *= random.uniform(0.75, 1.25)  # noqa: S311  (jitter, no secret)
        Outage.objects.update_or_create(
            pk=1,
            defaults={
                "reason": reason[:500],
                "attempts": attempts,
                "retry_at": Now() + timedelta(seconds=pause),
            },
        )


def cleared() -> None:
    """A mail was handed over: the outage, if there was one, is past."""
    Outage.objects.filter(pk=1).delete()
