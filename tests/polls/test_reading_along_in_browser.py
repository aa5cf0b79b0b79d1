"""Colleagues read each other's answers in a real browser, on a phone, also without script."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from people.models import Person
from polls.actions.emptying import empty_urn
from polls.actions.sharing import marks_of
from polls.models import Consultation, OpenAnswer
from tests.plugins.browser import DESKTOP, PHONE, BrowseAs, assert_accessible, assert_fits
from tests.polls.ballots import make_people, vote

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_question_to_agreeing_with_a_colleague(
    fatima: Person, sanne: Person, omar: Person, browse_as: BrowseAs
) -> None:
    people = make_people(20)
    council = browse_as(fatima, DESKTOP)
    council.goto(reverse("polls:new_open_question"))
    council.get_by_label("Je vraag").fill("Wat kan er morgen al beter?")
    council.get_by_label("Laat collega’s elkaars antwoorden lezen").check()
    council.get_by_role("button", name="Openen", exact=True).click()
    question = Consultation.objects.get()

    phone = browse_as(sanne, PHONE)
    for person in people[:10]:  # these stay in until the closing
        vote(question, person, {"q1": "Blijft tot de sluiting", "q1.share": True})
    empty_urn(question.pk)
    phone.goto(question.get_absolute_url())
    phone.get_by_label("Wat kan er morgen al beter?").fill("De overdracht op tijd beginnen")
    phone.get_by_label("Collega’s mogen dit lezen, zonder mijn naam").check()
    assert_accessible(phone)
    assert_fits(phone)
    phone.get_by_role("button", name="Antwoord versturen").click()
    phone.get_by_role("link", name="Lees wat collega’s schreven").click()
    expect(phone.get_by_text("Nog niets te lezen")).to_be_visible()
    for person in people[10:]:
        vote(question, person, {"q1": f"Goed plan van {person.staff_number}", "q1.share": True})
    empty_urn(question.pk)

    council = browse_as(fatima, DESKTOP)
    council.goto(reverse("polls:desk", args=[question.key]))
    council.get_by_role("link", name="Lees wat collega’s willen delen").click()
    article = council.locator("article").filter(has_text="De overdracht op tijd beginnen")
    article.get_by_text("Bepaal wat anderen lezen").click()
    article.get_by_role("button", name="Anderen mogen dit lezen").click()
    expect(article.get_by_text("mag getoond worden")).to_be_visible()
    assert OpenAnswer.objects.shared().count() == 1

    plain = browse_as(omar, PHONE, java_script_enabled=False)
    plain.goto(reverse("polls:colleagues", args=[question.key]))
    item = plain.get_by_role("listitem").filter(has_text="De overdracht op tijd beginnen")
    item.get_by_label("Ik ben het ermee eens").check()
    plain.get_by_role("button", name="Bewaar wat ik aankruiste").click()
    expect(plain.get_by_text("Bewaard.")).to_be_visible()
    expect(item.get_by_label("Ik ben het ermee eens")).to_be_checked()
    liked = OpenAnswer.objects.get(text="De overdracht op tijd beginnen")
    assert marks_of(question, omar) == {liked.pk}

    dark = browse_as(sanne, PHONE, color_scheme="dark")
    dark.goto(reverse("polls:colleagues", args=[question.key]))
    assert_accessible(dark)
    assert_fits(dark)
