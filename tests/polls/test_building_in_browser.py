"""Dragging questions in the builder, and what it does for a keyboard, in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from people.models import Person
from tests.plugins.browser import DESKTOP, BrowseAs, assert_accessible
from tests.polls.ballots import make_consultation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_a_question_is_dragged_to_another_place(fatima: Person, browse_as: BrowseAs) -> None:
    draft = make_consultation(fatima, "single", "yes_no", "long_text")
    page = browse_as(fatima, DESKTOP)
    page.goto(reverse("polls:build", args=[draft.key]))
    questions = page.locator("[data-question]")
    expect(questions.first).to_have_attribute("draggable", "true")
    with page.expect_response(lambda response: response.url.endswith("/zet/")):
        questions.nth(2).drag_to(questions.nth(0), target_position={"x": 20, "y": 2})
    expect(questions.nth(0)).to_contain_text("Vraag q3?")
    page.reload()
    expect(questions.nth(0)).to_contain_text("Vraag q3?")
    assert_accessible(page)


def change(page: Page, button: Locator) -> Locator:
    """Press a button by key; what has the focus once the parts were put on the page anew."""
    with page.expect_response(lambda response: "/or/vragen/" in response.url):
        button.press("Enter")
    return page.locator("#builder :focus")


def test_after_a_change_the_focus_stands_where_the_work_goes_on(
    fatima: Person, browse_as: BrowseAs
) -> None:
    draft = make_consultation(fatima, "single", "yes_no", "long_text")
    page = browse_as(fatima, DESKTOP)
    page.goto(reverse("polls:build", args=[draft.key]))
    up = page.get_by_role("button", name="Vraag 2 omhoog")
    # At the top the button it was moved with is of no use any more; the other one has the focus.
    expect(change(page, up)).to_have_accessible_name("Vraag 1 omlaag")
    copy = page.get_by_role("button", name="Kopie vraag 1")
    expect(change(page, copy)).to_have_accessible_name("2. Vraag q2?")
    page.locator("#q-q4 summary").press("Enter")
    gone = page.get_by_role("button", name="Ja, haal weg")
    expect(change(page, gone)).to_have_accessible_name("2. Vraag q1?")
    added = page.get_by_role("button", name="Deel toevoegen")
    expect(change(page, added)).to_have_id("soort-1")
    part = page.get_by_role("button", name="Deel 1 omlaag")
    expect(change(page, part)).to_have_accessible_name("Deel 2 omhoog")
    assert_accessible(page)
