"""The days of a newsletter that comes again: nth weekdays, holidays, and clocks put forward."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from newsletter import days
from newsletter.models import Recurrence

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(year: int, month: int, day: int, hour: int = 12) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=AMSTERDAM)


def series(**changes: object) -> Recurrence:
    values: dict[str, object] = {
        "rhythm": "monthly",
        "ordinal": 1,
        "weekday": 0,
        "hour": 8,
        "begins_on": dt.date(2026, 1, 1),
        "counts_from": at(2026, 1, 1),
    }
    return Recurrence(**{**values, **changes})


def coming(recurrence: Recurrence, now: dt.datetime, count: int = 3) -> list[str]:
    moments = days.next_moments(recurrence, now, count)
    return [f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" for moment in moments]


def test_every_first_monday() -> None:
    assert coming(series(), at(2026, 6, 15)) == [
        "2026-07-06 08:00",
        "2026-08-03 08:00",
        "2026-09-07 08:00",
    ]


def test_every_last_friday() -> None:
    last = series(ordinal=-1, weekday=4)
    assert coming(last, at(2026, 10, 1), 2) == ["2026-10-30 08:00", "2026-11-27 08:00"]


def test_a_holiday_gives_way_to_the_next_working_day() -> None:
    assert coming(series(), at(2026, 3, 20), 1) == ["2026-04-07 08:00"]  # Easter Monday is the 6th
    fridays = series(rhythm="weekly", weekday=4)
    assert coming(fridays, at(2026, 12, 19), 1) == ["2026-12-28 08:00"]  # Christmas, then a weekend


def test_every_other_week_is_counted_from_the_first_day() -> None:
    one = series(rhythm="fortnightly", begins_on=dt.date(2026, 6, 1))
    other = series(rhythm="fortnightly", begins_on=dt.date(2026, 6, 8))
    assert coming(one, at(2026, 6, 2), 2) == ["2026-06-15 08:00", "2026-06-29 08:00"]
    assert coming(other, at(2026, 6, 2), 2) == ["2026-06-08 08:00", "2026-06-22 08:00"]


def test_it_is_eight_on_the_clock_in_summer_and_in_winter() -> None:
    sundays = series(rhythm="weekly", weekday=6)
    moments = days.next_moments(sundays, at(2026, 3, 16), 2)
    assert [moment.astimezone(dt.UTC).hour for moment in moments] == [7, 6]
    moments = days.next_moments(sundays, at(2026, 10, 12), 2)
    assert [moment.astimezone(dt.UTC).hour for moment in moments] == [6, 7]


@pytest.mark.parametrize(("hour", "due"), [(7, None), (8, dt.date(2026, 12, 7))])
def test_it_is_due_from_its_hour_on(hour: int, due: dt.date | None) -> None:
    one = series(counts_from=at(2026, 12, 1))
    assert days.last_due(one, at(2026, 12, 7, hour)) == due


def test_a_shifted_day_is_due_on_the_day_it_was_shifted_to() -> None:
    one = series(counts_from=at(2026, 4, 1))
    assert days.last_due(one, at(2026, 4, 6)) is None
    assert days.last_due(one, at(2026, 4, 7)) == dt.date(2026, 4, 6)


def test_after_a_long_standstill_only_the_last_day_is_due() -> None:
    assert days.last_due(series(), at(2026, 6, 20)) == dt.date(2026, 6, 1)


def test_what_came_before_it_was_set_up_is_not_made_up_for() -> None:
    assert days.last_due(series(counts_from=at(2026, 6, 2)), at(2026, 6, 20)) is None


def test_a_subject_takes_the_words_of_its_day() -> None:
    words = days.filled_in("OR-nieuws {maand} {jaar}, week {week}, {dag}", dt.date(2026, 12, 7))
    assert words == "OR-nieuws december 2026, week 50, 7 december"
