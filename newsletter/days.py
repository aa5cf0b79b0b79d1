"""The days of a newsletter that comes again, and the moments at which they are due.

The days come from ``dateutil``; a day that is a Dutch holiday gives way to the first working day
after it. An hour is one on the clock of the portal's time zone, in summer and in winter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from dateutil import rrule
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dossiers.calendar import holiday_name, working_day_from

if TYPE_CHECKING:
    from newsletter.models import Recurrence

LONGEST = timedelta(days=75)
"""Longer than any two days of a recurrence lie apart, with a holiday between."""
PERIODS = {"weekly": 7, "fortnightly": 14, "monthly": 31}


def rule_of(recurrence: Recurrence) -> rrule.rrule:
    """The days by the calendar alone."""
    begin = datetime.combine(recurrence.begins_on, time())
    if recurrence.rhythm == "monthly":
        on = rrule.weekday(recurrence.weekday, recurrence.ordinal)
        return rrule.rrule(rrule.MONTHLY, dtstart=begin, byweekday=on)
    weeks = 2 if recurrence.rhythm == "fortnightly" else 1
    return rrule.rrule(
        rrule.WEEKLY, dtstart=begin, interval=weeks, byweekday=rrule.weekday(recurrence.weekday)
    )


def moved(day: date) -> date:
    """``day``, or the first working day after it where it is a holiday."""
    return working_day_from(day) if holiday_name(day) else day


def moment_of(recurrence: Recurrence, day: date) -> datetime:
    """When the draft for ``day`` is made."""
    return timezone.make_aware(datetime.combine(moved(day), time(recurrence.hour)))


def last_due(recurrence: Recurrence, now: datetime) -> date | None:
    """The last day whose moment has come; days before it that were missed are not made up for."""
    today = datetime.combine(timezone.localtime(now).date(), time())
    days = rule_of(recurrence).between(today - LONGEST, today, inc=True)
    for day in reversed(days):
        moment = moment_of(recurrence, day.date())
        if moment <= now:
            return day.date() if moment > recurrence.counts_from else None
    return None


def coming(recurrence: Recurrence, now: datetime) -> Iterator[datetime]:
    """The moments still to come, soonest first."""
    begin = datetime.combine(timezone.localtime(now).date() - timedelta(days=10), time())
    for day in rule_of(recurrence).xafter(begin, inc=True):
        moment = moment_of(recurrence, day.date())
        if moment > now:
            yield moment


def next_moments(recurrence: Recurrence, now: datetime, count: int = 3) -> list[datetime]:
    """The first few to come."""
    return list(islice(coming(recurrence, now), count))


def period_of(recurrence: Recurrence) -> timedelta:
    """How long lies between two of its days, about."""
    return timedelta(days=PERIODS[recurrence.rhythm])


def in_words(recurrence: Recurrence) -> str:
    """When it comes, in the language in force."""
    words = {"weekday": WEEKDAYS[recurrence.weekday], "hour": f"{recurrence.hour}:00"}
    if recurrence.rhythm == "monthly":
        words["ordinal"] = str(recurrence.get_ordinal_display())
        return _("every %(ordinal)s %(weekday)s of the month at %(hour)s") % words
    if recurrence.rhythm == "fortnightly":
        return _("every other %(weekday)s at %(hour)s") % words
    return _("every %(weekday)s at %(hour)s") % words


def day_words(moment: datetime) -> str:
    """A moment's day, in the language in force."""
    return date_format(timezone.localtime(moment), "l j F")


def filled_in(pattern: str, day: date) -> str:
    """A subject with the words of its day, in the language in force."""
    words = {
        "{maand}": date_format(day, "F"),
        "{jaar}": str(day.year),
        "{week}": str(day.isocalendar().week),
        "{dag}": date_format(day, "j F"),
    }
    for name, word in words.items():
        pattern = pattern.replace(name, word)
    return pattern
