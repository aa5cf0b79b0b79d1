"""The database's clock, when somebody sets it back.

That clock alone rules leases, attempts and outages, so hosts whose clocks differ agree. Once it ran
ahead and is set back, rows speak of moments that far away: mail would wait, and a dead worker would
hold its rows, until the clock is there again. So the sweep keeps when it last looked, and where
that is in the future, such moments move back by as much.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from outbox import claims
from outbox.models import ClockLook, Delivery, Outage, State

MARGIN = timedelta(seconds=2)
"""Below this nothing is put right: time servers correct clocks by little all day long."""


@transaction.atomic
def look() -> timedelta:
    """Look at the clock, and undo what it did to the rows; by how much it was set back."""
    ClockLook.objects.get_or_create(pk=1, defaults={"at": claims.database_now()})
    last = ClockLook.objects.select_for_update().get(pk=1)
    now = claims.database_now()
    back = last.at - now
    last.at = now
    last.save(update_fields=["at"])
    if back <= MARGIN:
        return timedelta(0)
    Outage.objects.filter(retry_at__gt=Now()).update(retry_at=F("retry_at") - back)
    held = Delivery.objects.filter(state=State.SENDING, lease_until__gt=Now() + claims.LEASE)
    held.update(lease_until=F("lease_until") - back)
    Delivery.objects.filter(state=State.QUEUED, next_attempt_at__gt=Now()).update(
        next_attempt_at=F("next_attempt_at") - back
    )
    Delivery.objects.filter(first_tried_at__gt=Now()).exclude(
        state__in=[State.SENT, State.CANCELLED]
    ).update(first_tried_at=F("first_tried_at") - back)
    return back
