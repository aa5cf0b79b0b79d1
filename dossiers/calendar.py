"""The Dutch calendar as the law on terms reads it (Algemene termijnenwet, "Atw").

Pure functions over dates; nothing here reads the clock or the database.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import holidays

DECREED_DAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2023-04-28",
        "2023-05-19",
        "2024-05-10",
        "2024-12-27",
        "2025-05-30",
        "2026-01-02",
        "2026-05-15",
        "2027-05-07",
        "2028-04-28",
        "2028-05-26",
    )
)
"""Days a royal decree puts on a par with holidays (Atw art. 3 lid 3), for 2023-2025 and 2026-2028.

After the last decreed year an unknown day is counted as a working day. That shows a last day that
may be too early, never one that is too late.
"""

LAST_DECREED_YEAR = 2028


@lru_cache(maxsize=64)
def holidays_of(year: int) -> dict[date, str]:
    """The generally recognised holidays of ``year`` with their Dutch names (Atw art. 3).

    New Year's Day, Good Friday, Easter Monday, King's Day, 5 May (every year), Ascension Day, Whit
    Monday and both days of Christmas, the two Sundays among them, and the decreed days.
    """
    found = holidays.country_holidays(
        "NL", years=year, categories=("public", "optional"), language="nl"
    )
    named = {day: str(name) for day, name in found.items() if day.year == year}
    return named | {
        day: "gelijkgestelde dag" for day in DECREED_DAYS if day.year == year and day not in named
    }


def holiday_name(day: date) -> str:
    """The Dutch name of the holiday on ``day``, or an empty string."""
    return holidays_of(day.year).get(day, "")


def is_free_day(day: date) -> bool:
    """Whether ``day`` is a Saturday, a Sunday or a generally recognised holiday."""
    return day.weekday() >= 5 or day in holidays_of(day.year)


def working_day_from(day: date) -> date:
    """``day``, or the first working day after it (what Atw art. 1 lid 1 prolongs to)."""
    while is_free_day(day):
        day += timedelta(days=1)
    return day


def working_day_until(day: date) -> date:
    """``day``, or the last working day before it: for what must be done no later than ``day``."""
    while is_free_day(day):
        day -= timedelta(days=1)
    return day


def months_after(day: date, months: int) -> date:
    """The last day of a term of ``months`` that begins with an event on ``day``.

    It is the day with the same number in the last month, or that month's last day where it has no
    such day (Supreme Court, 1 September 2017, ECLI:NL:HR:2017:2225): 31 January gives 28 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
