"""A survey from the first question to its results in a real browser: built, and answered on a phone
with script and without, by the square on a letter, and in Arabic."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from people.models import Person
from polls.actions.codes import print_codes
from polls.models import Consultation, UrnEntry, Wording
from polls.translating import texts_of
from tests.plugins.browser import DESKTOP, PHONE, BrowseAs, assert_accessible, assert_fits
from tests.polls.ballots import close, make_people, vote

pytestmark = pytest.mark.django_db(transaction=True)


def looks_well(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def build(page: Page) -> Consultation:
    """Three questions of three kinds, put in another order by key, and opened."""
    page.goto(reverse("polls:new_survey"))
    page.get_by_label("Titel").fill("Het nieuwe rooster")
    button(page, "Door naar de vragen")
    for kind, text in (
        ("single", "Hoe bevalt het rooster?"),
        ("long_text", "Wat kan beter?"),
        ("yes_no", "Werk je ook in de nacht?"),
    ):
        page.get_by_label("Soort vraag").select_option(kind)
        button(page, "Vraag toevoegen")
        page.get_by_label("Vraag*", exact=True).fill(text)
        if kind == "single":
            page.get_by_label("Antwoorden om uit te kiezen").fill("Goed\nGaat wel\nSlecht")
        looks_well(page)
        button(page, "Vraag opslaan")
    questions = page.locator("[data-question] h3")
    page.get_by_role("button", name="Kopie vraag 2").press("Enter")
    expect(questions).to_have_count(4)
    page.get_by_text("Haal vraag 3 weg").locator("xpath=..").press("Enter")
    page.get_by_role("button", name="Ja, haal weg").press("Enter")
    expect(questions).to_have_count(3)
    page.get_by_role("button", name="Vraag 3 omhoog").press("Enter")
    expect(questions.nth(1)).to_have_text("2. Werk je ook in de nacht?")
    # And by dragging it back below the other.
    dragged, below = page.locator("#q-q3"), page.locator("#q-q2")
    dragged.drag_to(below, target_position={"x": 40, "y": 70})
    expect(questions.nth(2)).to_have_text("3. Werk je ook in de nacht?")
    looks_well(page)
    page.get_by_role("link", name="Klaar met de vragen").click()
    button(page, "Openen")
    expect(page.get_by_text("Nu sluiten", exact=True)).to_be_visible()
    return Consultation.objects.get()


def test_a_survey_is_built_answered_in_every_way_and_read(
    fatima: Person, joris: Person, sanne: Person, omar: Person, ineke: Person, browse_as: BrowseAs
) -> None:
    lea, *others = make_people(12)
    Person.objects.filter(pk=others[-1].pk).update(email="")
    survey = build(browse_as(fatima, DESKTOP))
    questionnaire = survey.questionnaire
    questionnaire.languages = ["ar"]
    questionnaire.revision += 1
    questionnaire.save()
    Wording.objects.bulk_create(
        Wording(questionnaire=questionnaire, language="ar", ref=text.ref, text=f"نص {n}")
        for n, text in enumerate(texts_of(questionnaire))
    )
    codes = [code for sheet in print_codes(survey, ineke) for code in sheet.codes]
    assert len(codes) == 2

    # On a phone, with script and without.
    for person, script in ((sanne, True), (lea, False)):
        phone = browse_as(person, PHONE, java_script_enabled=script)
        phone.goto(survey.get_absolute_url())
        if script:
            looks_well(phone)
        phone.get_by_label("Gaat wel").check()
        button(phone, "Antwoorden versturen")
        expect(phone.get_by_role("heading", name="Je ontvangstcode")).to_be_visible()

    # By the square on a letter: the code stands behind the "#", and leaves the address at once.
    phone = browse_as(None, PHONE)
    phone.goto("/stem/#%E0%A4%A")
    expect(phone.get_by_label("Code")).to_have_value("")
    phone.goto("/")
    phone.goto(f"/stem/#{codes[0]}")
    expect(phone.get_by_label("Code")).to_have_value(codes[0])
    assert "#" not in phone.url
    looks_well(phone)
    button(phone, "Naar de vragen")
    phone.get_by_label("Goed").check()
    button(phone, "Antwoorden versturen")
    expect(phone.get_by_role("heading", name="Je ontvangstcode")).to_be_visible()

    # Without script the code is typed over; in Arabic, from the right.
    phone = browse_as(None, PHONE, java_script_enabled=False)
    phone.goto(f"/stem/#{codes[1]}")
    expect(phone.get_by_label("Code")).to_have_value("")
    button(phone, "العربية")
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    phone.get_by_label("الرمز").fill(codes[1])
    button(phone, "إلى الأسئلة")
    expect(phone.get_by_role("heading", level=1)).to_have_text("نص 0")
    phone.get_by_role("radio").nth(1).check()
    button(phone, "إرسال إجاباتي")
    expect(phone.get_by_role("heading", name="رمز الإيصال الخاص بك")).to_be_visible()
    assert UrnEntry.objects.count() == 4

    arabic = browse_as(joris, PHONE)
    arabic.goto(f"{survey.get_absolute_url()}?taal=ar")
    looks_well(arabic)

    # The results count them all together.
    for person in others[:6]:
        vote(survey, person, {"q1": "c2"})
    close(survey)
    council = browse_as(joris, DESKTOP)
    council.goto(reverse("polls:results", args=[survey.key]))
    council.get_by_text("Bekijk als tabel").first.click()
    row = council.get_by_role("row").filter(has_text="Gaat wel").first
    expect(row).to_contain_text("9")
    looks_well(council)
