"""Filing open answers under themes in a browser: by keyboard, on a phone, and without script."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from people.models import Person
from polls.actions import suggesting, theming
from polls.models import Consultation, OpenAnswer, Theme
from tests.plugins.browser import DESKTOP, PHONE, BrowseAs, assert_accessible, assert_fits
from tests.polls.ballots import close, make_open, make_people, vote
from tests.polls.test_themes import TEXTS

pytestmark = pytest.mark.django_db(transaction=True)
DARK = {**DESKTOP, "color_scheme": "dark"}


@pytest.fixture
def closed(fatima: Person) -> Consultation:
    """Eighteen texts about three things."""
    people = make_people(20)
    consultation = make_open(fatima, "long_text")
    for text, person in zip(TEXTS, people, strict=False):
        vote(consultation, person, {"q1": text})
    return close(consultation)


def themes_page(consultation: Consultation) -> str:
    return reverse("polls:themes", args=[consultation.key])


def boxes(page: Page) -> Any:
    return page.locator('[data-coding] input[name="answer"]')


def test_by_keyboard(closed: Consultation, fatima: Person, browse_as: BrowseAs) -> None:
    night = theming.add_theme(closed, "q1", "Nacht", fatima)
    heavy = theming.add_theme(closed, "q1", "Zwaar", fatima)
    page = browse_as(fatima)
    page.goto(themes_page(closed))
    page.keyboard.press("j")
    expect(boxes(page).nth(0)).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_text("2 aangevinkt")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_text("2 antwoorden ingedeeld.")).to_be_visible()
    assert night.answers.count() == 2
    # The answer filed last has the focus, so the next is one key away.
    expect(boxes(page).nth(1)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("2")
    expect(page.get_by_text("1 antwoord ingedeeld.")).to_be_visible()
    assert heavy.answers.count() == 1
    page.get_by_label("Zoek in de antwoorden").fill("1")
    assert heavy.answers.count() == 1


@pytest.mark.parametrize("device", [PHONE, DARK])
def test_in_bulk_and_with_a_suggestion(
    closed: Consultation, fatima: Person, browse_as: BrowseAs, device: dict[str, Any]
) -> None:
    page = browse_as(fatima, device)
    page.goto(themes_page(closed))
    assert_fits(page)
    assert_accessible(page)
    boxes(page).nth(0).check()
    boxes(page).nth(3).check()
    page.get_by_label("Nieuw thema", exact=True).last.fill("Nacht")
    page.get_by_role("button", name="Deel in", exact=True).click()
    expect(page.get_by_text("2 antwoorden ingedeeld.")).to_be_visible()
    suggesting.find_themes(suggesting.ask_for_themes(closed, "q1", fatima).pk)
    page.reload()
    page.get_by_text("3 voorgestelde thema").wait_for()
    first = page.locator(".suggestions > details").first
    first.locator("summary").first.click()
    assert_fits(page)
    assert_accessible(page)
    first.get_by_label("Naam").fill("Eten")
    first.get_by_role("checkbox").first.uncheck()
    first.get_by_role("button", name="Maak er een thema van").click()
    expect(page.locator(".theme-list").get_by_text("Eten")).to_be_visible()
    assert Theme.objects.get(name="Eten").answers.count() == 5
    page.locator(".theme-list").get_by_text("Eten").click()
    expect(boxes(page)).to_have_count(5)
    page.get_by_text("Hernoem dit thema").click()
    assert_fits(page)
    assert_accessible(page)


def test_without_script(closed: Consultation, fatima: Person, browse_as: BrowseAs) -> None:
    page = browse_as(fatima, PHONE, java_script_enabled=False)
    page.goto(themes_page(closed))
    expect(page.get_by_text("Met het toetsenbord")).to_be_hidden()
    boxes(page).nth(0).check()
    page.get_by_label("Nieuw thema", exact=True).last.fill("Nacht")
    page.get_by_role("button", name="Deel in", exact=True).click()
    expect(page.get_by_text("1 antwoord ingedeeld.")).to_be_visible()
    boxes(page).nth(1).check()
    page.get_by_label("Thema", exact=True).select_option(label="1. Nacht")
    page.get_by_role("button", name="Deel in", exact=True).click()
    expect(page.get_by_text("1 antwoord ingedeeld.")).to_be_visible()
    assert Theme.objects.get(name="Nacht").answers.count() == 2
    assert OpenAnswer.objects.count() == 18
