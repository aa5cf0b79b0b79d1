"""The dashboard in a browser: on a phone, in the dark, and on paper with all that is folded."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from listening.models import ConversationNote, Signal
from people.models import Person
from tests.plugins.browser import DESKTOP, PHONE, BrowseAs, assert_accessible, assert_fits
from tests.polls.ballots import close, make_open, make_people, vote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lively(fatima: Person) -> None:
    nurses = make_people(20)
    make_people(20, unit="Facilitair")
    running = make_open(fatima, "single", breakdown="unit")
    close(make_open(fatima, "single"))
    for person in nurses[:6]:
        vote(running, person, {"q1": "c1"})
    Signal.objects.create(title="Te weinig rust", text="x", source="walk_round", noted_by=fatima)
    ConversationNote.objects.create(
        theme="Werkdruk", people_spoken=12, noted_by=fatima, text="x", held_on=timezone.localdate()
    )


@pytest.mark.usefixtures("lively")
@pytest.mark.parametrize("device", [PHONE, {**DESKTOP, "color_scheme": "dark"}])
def test_it_is_accessible_and_fits(
    device: dict[str, object], browse_as: BrowseAs, fatima: Person
) -> None:
    page = browse_as(fatima, device=device)
    page.goto("/advies/")
    expect(page.get_by_role("heading", name="Waar medewerkers over praten")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.usefixtures("lively")
def test_on_paper_everything_that_is_folded_is_open(browse_as: BrowseAs, fatima: Person) -> None:
    page = browse_as(fatima)
    page.goto("/advies/")
    tables = page.locator(".page details table")
    assert tables.count() >= 3
    response = page.locator("details.more td").first
    assert response.count() == 1
    expect(response).to_be_hidden()
    page.emulate_media(media="print")
    for at in range(tables.count()):
        expect(tables.nth(at)).to_be_visible()
    expect(response).to_be_visible()
    expect(page.locator(".sitenav")).to_be_hidden()
