"""How the sending of an issue goes: counts, rate, time left, and why mails failed."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outbox.models import Delivery, Mailing, MailingState, Outage, State

WINDOW = 20.0
"""Seconds over which the rate is measured."""
VARYING = re.compile(r"<?[^\s<>]+@[^\s<>]+>?|\b[0-9A-F]{8,}\b|\b\d{6,}\b", re.IGNORECASE)
MOST_REASONS = 200
MANY_FAILED = 2000
REASONS_KEPT = 15
"""Seconds that the reasons of so many failures are kept: a look every other second stays cheap."""


@dataclass(frozen=True)
class Progress:
    """One look at a mailing. ``rate`` is in mails a second; ``left`` is None while unknown."""

    mailing: Mailing
    sending: int
    waiting: int
    rate: float
    left: timedelta | None
    outage: Outage | None

    @property
    def is_going(self) -> bool:
        """Whether it may still change by itself."""
        return self.mailing.state in (MailingState.QUEUED, MailingState.SENDING) or bool(
            self.sending
        )

    @property
    def is_paused(self) -> bool:
        return self.mailing.state == MailingState.PAUSED

    @property
    def percent(self) -> int:
        """Of all mails, those with a final state; 100 only when that is every one."""
        if not self.mailing.total:
            return 100
        return self.mailing.settled * 100 // self.mailing.total

    @property
    def tens_of_percent(self) -> int:
        """``percent`` as it may be told of few: finer steps would tell of how many."""
        return self.percent // 10 * 10

    @property
    def rate_words(self) -> str:
        """Mails a second, or a minute where it goes slowly."""
        if self.rate >= 2:
            return _("%(n)s mails a second") % {"n": round(self.rate)}
        a_minute = round(self.rate * 60)
        if not a_minute:
            return ""
        return ngettext("%(n)s mail a minute", "%(n)s mails a minute", a_minute) % {"n": a_minute}

    @property
    def left_words(self) -> str:
        """The time left, roughly, in words."""
        if self.left is None:
            return ""
        minutes = round(self.left.total_seconds() / 60)
        if minutes < 1:
            return _("less than a minute")
        if minutes < 90:
            return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
        hours = round(minutes / 60)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}

    @property
    def not_received(self) -> int:
        """How many did not get it, or may not have."""
        return self.mailing.failed + self.mailing.unknown + self.mailing.cancelled


def progress_of(mailing: Mailing) -> Progress:
    """Where a mailing stands now, in three short questions whatever its size."""
    sending = Delivery.objects.filter(mailing=mailing, state=State.SENDING).count()
    rate = measured_rate(mailing)
    remaining = mailing.remaining
    return Progress(
        mailing=mailing,
        sending=sending,
        waiting=max(remaining - sending, 0),
        rate=rate,
        left=timedelta(seconds=round(remaining / rate)) if rate and remaining else None,
        outage=Outage.objects.first() if remaining else None,
    )


def measured_rate(mailing: Mailing) -> float:
    """Mails a second over the last looks, or over all of it while there were too few looks."""
    key = f"newsletter.rate.{mailing.pk}"
    now = time.time()
    looks: list[tuple[float, int]] = [
        look for look in cache.get(key, []) if 0 <= now - look[0] <= WINDOW
    ]
    looks.append((now, mailing.settled))
    cache.set(key, looks[-40:], timeout=120)
    if mailing.state not in (MailingState.QUEUED, MailingState.SENDING):
        return 0.0
    began, before = looks[0]
    if now - began >= 1.5:
        return max(mailing.settled - before, 0) / (now - began)
    if mailing.started_at is None:
        return 0.0
    return mailing.settled / max((timezone.now() - mailing.started_at).total_seconds(), 0.5)


def failures_of(mailing: Mailing) -> list[tuple[str, int]]:
    """The servers' reasons with how often each was given; of many failures some seconds old."""
    if mailing.failed < MANY_FAILED:
        return reasons_of(mailing)
    key = f"newsletter.failures.{mailing.pk}"
    kept: list[tuple[str, int]] | None = cache.get(key)
    if kept is None:
        kept = reasons_of(mailing)
        cache.set(key, kept, timeout=REASONS_KEPT)
    return kept


def reasons_of(mailing: Mailing) -> list[tuple[str, int]]:
    """The servers' reasons, addresses and numbers taken out, with how often each was given."""
    counted = (
        Delivery.objects.filter(mailing=mailing, state=State.FAILED)
        .order_by()
        .values_list("last_response")
        .annotate(times=Count("pk"))
        .order_by("-times")[:MOST_REASONS]
    )
    reasons: Counter[str] = Counter()
    for text, times in counted:
        reasons[VARYING.sub("…", text)] += times
    return reasons.most_common(20)
