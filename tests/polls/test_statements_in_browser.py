"""A round from first question to report in a real browser, on a phone, also without script."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from people.models import Person
from polls.actions.closing import count_ballots
from polls.actions.emptying import empty_urn
from polls.models import Consultation, Statement, UrnEntry
from tests.plugins.browser import DESKTOP, PHONE, BrowseAs, assert_accessible, assert_fits
from tests.polls.ballots import make_people
from tests.polls.rounds import SEEDS, cast, conversation, make_open_round

pytestmark = pytest.mark.django_db(transaction=True)


def looks_well(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_from_question_to_report(
    fatima: Person, joris: Person, sanne: Person, omar: Person, browse_as: BrowseAs
) -> None:
    ballots, _codes, _camps = conversation((18, 16), 6, loyal=0.85, answered=1.0, opposed=True)
    people = make_people(len(ballots))

    # A council member makes and opens it from one page.
    council = browse_as(fatima, DESKTOP)
    council.goto(reverse("polls:new_round"))
    council.get_by_label("Waar gaat het over?").fill("Hoe maken we de roosters beter?")
    council.get_by_label("Stellingen om mee te beginnen").fill("\n".join(SEEDS))
    looks_well(council)
    button(council, "Openen")
    expect(council.get_by_role("heading", level=1)).to_have_text("Hoe maken we de roosters beter?")
    round_ = Consultation.objects.get()

    # On a phone, with keys and taps, and a statement of one's own.
    phone = browse_as(sanne, PHONE)
    phone.goto(round_.get_absolute_url())
    looks_well(phone)
    heading = phone.locator("#statement-text")
    first = heading.inner_text()
    button(phone, "Eens")
    expect(phone.get_by_text("1 van de 6 stellingen")).to_be_visible()
    expect(heading).not_to_have_text(first)
    expect(heading).to_be_focused()
    phone.keyboard.press("2")
    expect(phone.get_by_text("2 van de 6 stellingen")).to_be_visible()
    phone.get_by_text("Mis je iets? Voeg een stelling toe").click()
    phone.get_by_label("Jouw stelling").press_sequentially("Nachten verdienen een hogere toeslag")
    expect(phone.get_by_text("Dit lijkt op wat er al staat:")).to_be_visible()
    phone.get_by_label("Jouw stelling").fill("De pauzes moeten niet uit de diensttijd")
    looks_well(phone)
    button(phone, "Deze stelling toevoegen")
    expect(phone.get_by_text("1 toegevoegd")).to_be_visible()
    button(phone, "Mijn stemmen bekijken")
    looks_well(phone)
    assert UrnEntry.objects.count() == 0
    phone.get_by_role("button", name=re.compile("2 stemmen insturen")).click()
    expect(phone.get_by_role("heading", name="Je ontvangstcode")).to_be_visible()
    assert UrnEntry.objects.count() == 1

    # Without JavaScript it is the same round.
    plain = browse_as(omar, PHONE, java_script_enabled=False)
    plain.goto(round_.get_absolute_url())
    for number in range(1, 7):
        button(plain, "Geen mening" if number % 2 else "Oneens")
        expect(plain.get_by_text(f"{number} van de 6 stellingen")).to_be_visible()
    expect(plain.get_by_role("heading", name="Je hebt ze allemaal gehad")).to_be_visible()
    plain.get_by_role("button", name=re.compile("6 stemmen insturen")).click()
    assert UrnEntry.objects.count() == 2

    # The others vote; the council reads what was added, and puts it to everyone.
    for person, votes in zip(people, ballots, strict=True):
        cast(round_, person, votes)
    empty_urn(round_.pk)
    council = browse_as(fatima, DESKTOP)
    council.goto(reverse("polls:statements", args=[round_.key]))
    looks_well(council)
    expect(council.locator("article")).to_contain_text("De pauzes moeten niet uit de diensttijd")
    council.get_by_role("button", name=re.compile("Aan collega’s voorleggen")).click()
    expect(council.get_by_text("Collega’s kunnen er nu op stemmen.")).to_be_visible()
    assert Statement.objects.get(is_seed=False).state == "shown"

    # Closed, counted, read.
    council.goto(reverse("polls:desk", args=[round_.key]))
    looks_well(council)
    council.get_by_text("Nu sluiten").first.click()
    button(council, "Ja, nu sluiten")
    count_ballots(round_.pk)
    council.goto(reverse("polls:results", args=[round_.key]))
    expect(council.get_by_role("heading", name="Alle stellingen")).to_be_visible()
    expect(council.get_by_role("img", name="Kaart van de meningsgroepen")).to_be_visible()
    looks_well(council)
    small = browse_as(joris, PHONE, color_scheme="dark")
    small.goto(reverse("polls:results", args=[round_.key]))
    looks_well(small)


def test_votes_are_kept_on_the_own_device_and_forgotten_once_sent(
    fatima: Person, sanne: Person, browse_as: BrowseAs
) -> None:
    make_people(6)
    round_ = make_open_round(fatima)
    phone = browse_as(sanne, PHONE)
    phone.goto(round_.get_absolute_url())
    phone.get_by_label("Bewaar mijn stemmen op dit apparaat").check()
    button(phone, "Eens")
    expect(phone.get_by_text("1 van de 6 stellingen")).to_be_visible()
    button(phone, "Oneens")
    expect(phone.get_by_text("2 van de 6 stellingen")).to_be_visible()
    phone.goto(reverse("polls:index"))
    phone.goto(round_.get_absolute_url())
    expect(phone.get_by_text("2 van de 6 stellingen")).to_be_visible()
    phone.get_by_role("button", name=re.compile("2 stemmen insturen")).click()
    expect(phone.get_by_role("heading", name="Je ontvangstcode")).to_be_visible()
    phone.wait_for_load_state("load")
    assert phone.evaluate("localStorage.length") == 0
