"""How the mail stands, for who runs the machinery: counts and times, no addresses, no subjects."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q
from django.db.models.functions import Now
from django.utils.timezone import localtime

from outbox.models import Delivery, Lane, Mailing, MailingState, Outage, State

LATE = {Lane.URGENT: timedelta(minutes=2), Lane.NORMAL: timedelta(minutes=15)}
"""Mail that waits longer than this while it could go tells that no worker carries it."""


@dataclass(frozen=True)
class LaneStatus:
    """One lane. ``oldest_due`` is the moment since which the first mail could have gone."""

    lane: Lane
    waiting: int
    due: int
    sending: int
    streams: int
    oldest_due: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether mail is left lying."""
        limit = LATE.get(self.lane)
        if limit is None or self.oldest_due is None:
            return False
        return localtime() - self.oldest_due > limit


@dataclass(frozen=True)
class Status:
    """All of it."""

    lanes: list[LaneStatus]
    outage: Outage | None
    sent_last_hour: int
    failed_last_day: int
    unknown: int
    paused: int
    goes_to_files: bool

    @property
    def is_well(self) -> bool:
        """Nothing that somebody should look at."""
        return self.outage is None and not any(lane.is_late for lane in self.lanes)


def status_of_mail() -> Status:
    """A look at the rows; a handful of questions, each on a small part of them."""
    recent = Delivery.objects.filter(settled_at__gt=Now() - timedelta(hours=1))
    day = Delivery.objects.filter(settled_at__gt=Now() - timedelta(days=1), state=State.FAILED)
    return Status(
        lanes=[status_of(lane) for lane in Lane],
        outage=Outage.objects.first(),
        sent_last_hour=recent.filter(state=State.SENT).count(),
        failed_last_day=day.count(),
        unknown=Delivery.objects.filter(state=State.UNKNOWN).count(),
        paused=Mailing.objects.filter(state=MailingState.PAUSED).count(),
        goes_to_files=not settings.SMTP_URL,
    )


def status_of(lane: Lane) -> LaneStatus:
    """One lane, of the mailings that may send."""
    active = Mailing.objects.active().filter(lane=lane).values("pk")
    rows = Delivery.objects.filter(lane=lane, state=State.QUEUED, mailing__in=active)
    found = rows.aggregate(
        waiting=Count("pk"),
        due=Count("pk", filter=Q(next_attempt_at__lte=Now())),
        oldest=Min("next_attempt_at", filter=Q(next_attempt_at__lte=Now())),
    )
    held = Delivery.objects.filter(lane=lane, state=State.SENDING)
    return LaneStatus(
        lane=lane,
        waiting=found["waiting"],
        due=found["due"],
        sending=held.count(),
        streams=held.values("claimed_by").distinct().count(),
        oldest_due=found["oldest"],
    )
