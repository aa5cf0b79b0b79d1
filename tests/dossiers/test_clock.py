"""The clock against a table of worked dates."""

from datetime import date

import pytest

from dossiers import clock
from dossiers.calendar import (
    holidays_of,
    is_free_day,
    months_after,
    working_day_from,
    working_day_until,
)
from dossiers.clock import Facts, Kind, MeetingFacts, TermKind


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("decision", "counted", "last_day", "why"),
    [
        ("2011-09-15", "2011-10-15", "2011-10-17", "Saturday: Enterprise Chamber, BX0317"),
        ("2026-11-02", "2026-12-02", "2026-12-02", "an ordinary Wednesday"),
        ("2026-01-31", "2026-02-28", "2026-03-02", "no 31 February; the 28th is a Saturday"),
        ("2024-01-31", "2024-02-29", "2024-02-29", "leap year"),
        ("2024-02-29", "2024-03-29", "2024-04-02", "Good Friday, Easter weekend, Easter Monday"),
        ("2026-10-30", "2026-11-30", "2026-11-30", "a Monday"),
        ("2026-08-31", "2026-09-30", "2026-09-30", "a month of thirty days"),
        ("2026-11-25", "2026-12-25", "2026-12-28", "Christmas on Friday and Saturday, then Sunday"),
        ("2026-12-01", "2027-01-01", "2027-01-04", "New Year's Day on a Friday"),
        ("2026-12-31", "2027-01-31", "2027-02-01", "across the year; a Sunday"),
        ("2026-03-06", "2026-04-06", "2026-04-07", "Easter Monday"),
        ("2026-03-03", "2026-04-03", "2026-04-07", "Good Friday is equated (Atw art. 3 lid 2)"),
        ("2026-04-05", "2026-05-05", "2026-05-06", "5 May counts every year, not only the lustra"),
        ("2026-03-27", "2026-04-27", "2026-04-28", "King's Day"),
        ("2025-03-26", "2025-04-26", "2025-04-28", "King's Day on a Saturday, not on the 27th"),
        ("2026-04-14", "2026-05-14", "2026-05-18", "Ascension Day and the decreed Friday after"),
        ("2026-04-25", "2026-05-25", "2026-05-26", "Whit Monday"),
        ("2027-04-07", "2027-05-07", "2027-05-10", "decreed day between Ascension and the weekend"),
        ("2025-12-02", "2026-01-02", "2026-01-05", "decreed Friday after New Year's Day"),
    ],
)
def test_the_appeal_ends_after_a_month_on_a_working_day(
    decision: str, counted: str, last_day: str, why: str
) -> None:
    for term in (clock.appeal_until(d(decision)), clock.nullity_until(d(decision))):
        assert (term.counted, term.last_day) == (d(counted), d(last_day)), why
        assert term.act_by == term.last_day, "a prolonged term always ends on a working day"


def test_the_suspension_is_shown_without_prolongation() -> None:
    term = clock.suspension_end(d("2026-11-25"))
    assert term.last_day == d("2026-12-25")
    assert not term.is_prolonged
    assert term.act_by == d("2026-12-24")


def test_an_agreed_deadline_is_not_prolonged_but_says_by_when_to_act() -> None:
    (term,) = clock.terms(Facts(Kind.FREE, agreed_on=d("2026-12-26")))
    assert (term.last_day, term.act_by) == (d("2026-12-26"), d("2026-12-24"))


@pytest.mark.parametrize(
    ("requested", "last_day"),
    [
        ("2026-11-09", "2026-11-23"),
        ("2026-12-11", "2026-12-28"),
        ("2026-12-18", "2027-01-04"),
        ("2026-03-23", "2026-04-07"),
    ],
)
def test_a_requested_meeting_is_held_within_two_weeks(requested: str, last_day: str) -> None:
    assert clock.requested_meeting_due(d(requested)).last_day == d(last_day)


def test_the_agenda_is_counted_back_and_never_prolonged() -> None:
    term = clock.agenda_due(d("2027-01-01"))
    assert term.last_day == d("2026-12-25")
    assert term.act_by == d("2026-12-24")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-10-31", 4, "2027-02-28"),
        ("2027-02-28", 1, "2027-03-28"),
        ("2026-11-30", 1, "2026-12-30"),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(
    day: str, months: int, expected: str
) -> None:
    assert months_after(d(day), months) == d(expected)


def test_the_holidays_of_a_year_are_those_of_the_law() -> None:
    assert sorted(holidays_of(2026)) == [
        d(day)
        for day in (
            "2026-01-01",
            "2026-01-02",
            "2026-04-03",
            "2026-04-05",
            "2026-04-06",
            "2026-04-27",
            "2026-05-05",
            "2026-05-14",
            "2026-05-15",
            "2026-05-24",
            "2026-05-25",
            "2026-12-25",
            "2026-12-26",
        )
    ]


def test_working_days_are_found_both_ways_over_christmas() -> None:
    assert is_free_day(d("2026-12-26"))
    assert working_day_from(d("2026-12-25")) == d("2026-12-28")
    assert working_day_until(d("2026-12-27")) == d("2026-12-24")


def test_suggested_deadlines_are_working_days() -> None:
    weeks = dict(clock.suggested_deadlines(d("2026-11-20")))
    assert weeks == {4: d("2026-12-18"), 5: d("2026-12-28"), 6: d("2027-01-04")}


ADVICE = Facts(Kind.ADVICE, received_on=d("2026-11-02"), agreed_on=d("2026-12-14"))


def kinds(facts: Facts) -> list[TermKind]:
    return [term.kind for term in clock.terms(facts)]


def test_an_advice_wants_a_consultation_meeting_before_the_deadline() -> None:
    assert set(kinds(ADVICE)) == {TermKind.AGREED, TermKind.MEETING}


def test_a_held_meeting_with_the_director_ends_that_want_and_one_of_the_council_does_not() -> None:
    held = MeetingFacts(held_on=d("2026-11-20"))
    own = MeetingFacts(held_on=d("2026-11-20"), with_director=False)
    before = Facts(Kind.ADVICE, agreed_on=d("2026-12-14"), meetings=(own,))
    after = Facts(Kind.ADVICE, agreed_on=d("2026-12-14"), meetings=(own, held))
    assert TermKind.MEETING in kinds(before)
    assert TermKind.MEETING not in kinds(after)


def test_a_decision_that_deviates_or_is_not_judged_yet_starts_suspension_and_appeal() -> None:
    for agrees in (False, None):
        facts = Facts(
            Kind.ADVICE,
            agreed_on=d("2026-12-14"),
            decision_received_on=d("2026-12-21"),
            decision_agrees=agrees,
        )
        assert set(kinds(facts)) == {TermKind.SUSPENSION, TermKind.APPEAL}


def test_a_decision_that_follows_starts_nothing() -> None:
    facts = Facts(Kind.ADVICE, decision_received_on=d("2026-12-21"), decision_agrees=True)
    assert kinds(facts) == []


def test_a_decision_without_consent_starts_the_nullity_term_only() -> None:
    facts = Facts(Kind.CONSENT, decision_received_on=d("2026-12-21"), decision_agrees=False)
    assert kinds(facts) == [TermKind.NULLITY]


def test_an_appointment_knows_no_appeal() -> None:
    facts = Facts(Kind.APPOINTMENT, decision_received_on=d("2026-12-21"), decision_agrees=False)
    assert kinds(facts) == []


def test_the_agreed_deadline_stops_once_the_council_spoke() -> None:
    facts = Facts(Kind.ADVICE, agreed_on=d("2026-12-14"), advice_given_on=d("2026-12-10"))
    assert kinds(facts) == []


def test_terms_come_soonest_first_and_secrecy_and_own_deadlines_are_among_them() -> None:
    facts = Facts(
        Kind.ADVICE,
        agreed_on=d("2026-12-14"),
        meetings=(
            MeetingFacts(requested_on=d("2026-11-23")),
            MeetingFacts(planned_on=d("2026-12-10")),
        ),
        secrecy_until=d("2026-11-30"),
        own=((d("2026-11-25"), "Vragen stellen"),),
    )
    assert kinds(facts) == [
        TermKind.OWN,
        TermKind.SECRECY,
        TermKind.AGENDA,
        TermKind.REQUESTED_MEETING,
        TermKind.AGREED,
        TermKind.MEETING,
    ]
