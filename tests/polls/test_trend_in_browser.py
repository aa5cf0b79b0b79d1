"""Then and now on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from people.models import Person
from polls.actions.comparing import compare_with
from polls.actions.releasing import release_results
from polls.models import Consultation, ReleaseAudience
from tests.plugins.browser import PHONE, BrowseAs, assert_accessible, assert_fits
from tests.polls.ballots import close, make_open, make_people, vote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def asked(by: Person, people: list[Person], title: str, *, yes: int) -> Consultation:
    consultation = make_open(by, "single", title=title)
    for at, person in enumerate(people):
        vote(consultation, person, {"q1": "c1" if at < yes else "c2"})
    released = close(consultation)
    release_results(released, ReleaseAudience.STAFF, by)
    return released


def test_no_table_scrolls_sideways_and_each_figure_tells_what_it_is(
    fatima: Person, browse_as: BrowseAs
) -> None:
    people = make_people(40)
    then = asked(fatima, people, "Het rooster van vorig jaar", yes=10)
    now = asked(fatima, people, "Het rooster van nu", yes=30)
    compare_with(now, then, fatima)
    page = browse_as(fatima, PHONE)
    page.goto(reverse("polls:trend", args=[now.key]))
    page.get_by_text("Bekijk als tabel").first.click()
    tables = page.locator("main .scroll-x")
    assert tables.count() > 1
    for wide in tables.all():
        assert wide.evaluate("box => box.scrollWidth <= box.clientWidth")
    expect(page.get_by_role("columnheader", name="Verschil").first).to_be_attached()
    first = page.get_by_role("row").filter(has_text="Het rooster van vorig jaar")
    assert first.get_by_role("cell").nth(1).get_attribute("data-label") == "Gevraagd"
    assert_accessible(page)
    assert_fits(page)
