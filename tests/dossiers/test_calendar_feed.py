"""The calendar feed, read with a calendar library."""

from datetime import date
from typing import Any

import icalendar
from django.test import Client
from django.utils import timezone

from dossiers import actions
from dossiers.models import CalendarFeed, Dossier
from people.models import Person
from tests.cast import SignIn
from tests.dossiers.conftest import SECRET


def address_of(sign_in: SignIn, person: Person) -> str:
    page = sign_in(person).post("/dossiers/agenda/")
    return f"/dossiers/agenda/{page.context['token']}.ics"


def events_of(content: bytes) -> list[Any]:
    """The events of a feed, as the library reads them."""
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def day_of(event: Any, name: str) -> date:
    day = event.decoded(name)
    assert type(day) is date, "an event of a whole day"
    return day


def test_a_member_gets_an_address_that_is_shown_once(sign_in: SignIn, fatima: Person) -> None:
    address = address_of(sign_in, fatima)
    token = address.removeprefix("/dossiers/agenda/").removesuffix(".ics")
    assert len(token) >= 40
    assert token not in CalendarFeed.objects.get().token_hash
    assert token not in sign_in(fatima).get("/dossiers/agenda/").content.decode()


def test_the_feed_holds_the_terms_as_all_day_events(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    actions.record_decision(fatima, rosters, received_on=date(2026, 11, 25), agrees=False)
    response = Client().get(address_of(sign_in, fatima))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events = {
        (day_of(event, "DTSTART"), str(event["SUMMARY"]).split(":")[0])
        for event in events_of(response.content)
    }
    assert (date(2026, 12, 28), "beroep bij de Ondernemingskamer") in events
    assert (date(2026, 12, 25), "opschorting van het besluit") in events
    for event in events_of(response.content):
        assert (day_of(event, "DTEND") - day_of(event, "DTSTART")).days == 1
        assert str(event["UID"]).endswith("@orportaal")


def test_uids_are_unique_and_stay_when_a_day_moves(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    address = address_of(sign_in, fatima)

    def uids() -> list[str]:
        return sorted(str(event["UID"]) for event in events_of(Client().get(address).content))

    before = uids()
    assert len(before) == len(set(before)) == 2
    rosters.advice_due_on = date(2027, 2, 1)
    rosters.save()
    assert uids() == before


def test_nothing_secret_is_in_any_feed_not_even_of_the_exempt(
    sign_in: SignIn, joris: Person, rosters: Dossier, secret: Dossier
) -> None:
    content = Client().get(address_of(sign_in, joris)).content.decode()
    assert rosters.title in content.replace("\r\n ", "")
    assert SECRET not in content.replace("\r\n ", "")


def test_a_new_address_ends_the_old_one_and_withdrawing_ends_all(
    sign_in: SignIn, fatima: Person
) -> None:
    first = address_of(sign_in, fatima)
    second = address_of(sign_in, fatima)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    sign_in(fatima).post("/dossiers/agenda/intrekken/")
    assert Client().get(second).status_code == 404


def test_who_leaves_the_council_or_the_organisation_has_no_feed(
    sign_in: SignIn, fatima: Person
) -> None:
    address = address_of(sign_in, fatima)
    fatima.appointments.update(ended_on=timezone.localdate())
    assert Client().get(address).status_code == 404


def test_staff_have_no_calendar(sign_in: SignIn, sanne: Person) -> None:
    assert sign_in(sanne).get("/dossiers/agenda/").status_code == 403
