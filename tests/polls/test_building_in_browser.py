"""Dragging questions in the builder, in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

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
