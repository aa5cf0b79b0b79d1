"""A link to one answer of a poll, in a browser: ticked and said, and told to nobody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from people.models import Person, Session
from polls.models import Consultation, Elector
from polls.views import preprinted
from tests.plugins.browser import PHONE, BrowseAs, assert_accessible
from tests.polls.ballots import make_open, make_people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

SAID = "Het antwoord dat je in de mail koos, is aangekruist."


@pytest.fixture
def poll(fatima: Person, sanne: Person) -> Consultation:
    make_people(12)
    return make_open(fatima, "single", kind="poll")


@pytest.fixture
def told() -> Iterator[list[str]]:
    """Everything that browsers of a test sent to the portal."""
    sent: list[str] = []
    yield sent
    assert sent
    assert not [words for words in sent if "q1-c2" in words]


def listen(page: Page, told: list[str]) -> Page:
    def note(request: Request) -> None:
        headers = request.all_headers()
        told.append(f"{request.url.partition('#')[0]} {headers} {request.post_data}")

    page.on("request", note)
    return page


def test_it_is_ticked_and_counts_once_it_is_sent(
    poll: Consultation, sanne: Person, browse_as: BrowseAs, told: list[str]
) -> None:
    page = listen(browse_as(sanne, PHONE), told)
    page.goto(f"{poll.get_absolute_url()}#q1-c2")
    expect(page.get_by_label("Antwoord 2")).to_be_checked()
    expect(page.get_by_text(SAID)).to_be_visible()
    assert_accessible(page)
    assert page.url.endswith(poll.get_absolute_url())  # nor does the browser's history keep it
    assert not Elector.objects.filter(took_part=True).exists()
    page.get_by_label("Antwoord 3").check()
    page.locator(".answer-actions").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Dank je")).to_be_visible()
    assert Elector.objects.get(took_part=True).person == sanne


def test_it_comes_along_through_signing_in_without_the_portal_knowing(
    poll: Consultation, sanne: Person, browse_as: BrowseAs, told: list[str]
) -> None:
    sanne.set_password("een lang wachtwoord")
    sanne.save()
    page = listen(browse_as(None), told)
    page.goto(f"{poll.get_absolute_url()}#q1-c2")
    page.locator("input[name=login]:visible").fill(sanne.email)
    page.locator("input[name=password]:visible").fill("verkeerd")
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.locator("[aria-invalid=true], .alert, .error-summary").first).to_be_visible()
    page.locator("input[name=login]:visible").fill(sanne.email)
    page.locator("input[name=password]:visible").fill("een lang wachtwoord")
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_label("Antwoord 2")).to_be_checked()
    expect(page.get_by_text(SAID)).to_be_visible()
    assert not [one for one in Session.objects.all() if "q1-c2" in str(one.get_decoded())]


def test_an_answer_that_is_not_there_is_left_alone(
    poll: Consultation, sanne: Person, browse_as: BrowseAs
) -> None:
    page = browse_as(sanne)
    for place in ("q1-c9", "own-device", "vraag-q1", "%3Cimg%3E", "answer-form"):
        page.goto("about:blank")
        page.goto(f"{poll.get_absolute_url()}#{place}")
        expect(page.get_by_label("Antwoord 2")).to_be_visible()
        assert page.locator("input:checked").count() == 0
        expect(page.get_by_text(SAID)).to_be_hidden()


def test_with_more_questions_nothing_is_ticked(
    fatima: Person, sanne: Person, browse_as: BrowseAs
) -> None:
    make_people(12)
    survey = make_open(fatima, "single", "single")
    page = browse_as(sanne)
    page.goto(f"{survey.get_absolute_url()}#q1-c2")
    expect(page.locator("#q1-c2")).to_be_visible()
    assert page.locator("input:checked").count() == 0


def test_without_script_the_answer_is_marked_and_the_words_fit(
    poll: Consultation, sanne: Person, browse_as: BrowseAs
) -> None:
    page = browse_as(sanne, PHONE, java_script_enabled=False)
    page.goto(f"{poll.get_absolute_url()}#q1-c2")
    expect(page.get_by_text("Het antwoord dat je in de mail koos, is hieronder")).to_be_visible()
    expect(page.get_by_text(SAID)).to_be_hidden()
    expect(page.get_by_label("Antwoord 2")).not_to_be_checked()


def test_the_page_kept_for_everyone_holds_nobodys_choice(
    poll: Consultation, sanne: Person, fatima: Person, browse_as: BrowseAs
) -> None:
    browse_as(sanne).goto(f"{poll.get_absolute_url()}#q1-c2")
    for pieces in preprinted._kept.values():
        page = b"".join(piece for piece in pieces if isinstance(piece, bytes))
        assert b" checked" not in page
    other = browse_as(fatima)
    other.goto(poll.get_absolute_url())
    expect(other.get_by_label("Antwoord 2")).not_to_be_checked()
    expect(other.get_by_text(SAID)).to_be_hidden()
