"""What a council member does around the questions, in a browser: a jump, a try-out by somebody
else, a template, and a typing error found after the opening."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from people.models import Act, Person
from polls.actions.opening import open_consultation
from polls.models import Consultation, Question, Section, UrnEntry
from tests.plugins.browser import DESKTOP, PHONE, BrowseAs, assert_accessible, assert_fits
from tests.polls.ballots import add_question, make_consultation, make_people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def draft(fatima: Person, sanne: Person) -> Consultation:
    """Three parts with a question each: yes or no, and two to tell more in."""
    make_people(20)
    draft = make_consultation(fatima, "yes_no", title="Nieuwe roosters")
    for position in (1, 2):
        part = Section.objects.create(questionnaire=draft.questionnaire, position=position)
        add_question(part, f"q{position + 1}", "short_text", position=position + 1)
    return draft


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).first.click()
    assert_accessible(page)
    assert_fits(page)


def skip_part_two_after_yes(page: Page, draft: Consultation) -> None:
    page.goto(reverse("polls:edit_section", args=[draft.key, 0]))
    page.locator("select[name=jump0-to]").select_option(label="deel 3")
    # The list names the question, also once it is closed and its groups are out of sight.
    page.locator("select[name=jump0-test0]").select_option(label="vraag 1 is “Ja”")
    press(page, "Deel opslaan")
    expect(page.locator("[data-part='0']")).to_contain_text("deel 3")


def test_a_jump_is_made_and_followed_by_who_tries_it_out(
    draft: Consultation, fatima: Person, sanne: Person, browse_as: BrowseAs
) -> None:
    maker = browse_as(fatima, DESKTOP)
    skip_part_two_after_yes(maker, draft)
    maker.goto(reverse("polls:pilot_link", args=[draft.key]))
    address = maker.locator("#proef").inner_text()
    reader = browse_as(sanne, PHONE)
    reader.goto(address[address.index("/vragen/") :])
    reader.get_by_label("Ja", exact=True).check()
    press(reader, "Volgende")
    expect(reader.get_by_label("Vraag q3?")).to_be_visible()
    expect(reader.get_by_label("Vraag q2?")).to_have_count(0)
    reader.get_by_label("Vraag q3?").fill("Prima")
    press(reader, "Versturen")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Dat was de proef")
    assert not UrnEntry.objects.exists()


def test_what_was_built_is_kept_as_a_template_and_started_from(
    draft: Consultation, fatima: Person, joris: Person, browse_as: BrowseAs
) -> None:
    maker = browse_as(fatima, DESKTOP)
    maker.goto(reverse("polls:save_template", args=[draft.key]))
    maker.locator("main [name=name]").fill("Roosters, elk jaar")
    press(maker, "Bewaren in de bibliotheek")
    other = browse_as(joris, PHONE)
    other.goto(reverse("polls:templates"))
    assert_fits(other)
    with other.expect_navigation():
        other.get_by_role("link", name="Roosters, elk jaar").first.click()
    other.locator("main [name=title]").fill("Roosters 2027")
    press(other, "Door naar de vragen")
    expect(other.locator("[data-question]")).to_have_count(3)


def test_after_the_opening_a_typing_error_is_put_right_and_another_meaning_refused(
    draft: Consultation, fatima: Person, browse_as: BrowseAs
) -> None:
    Question.objects.filter(questionnaire=draft.questionnaire, code="q1").update(
        text="Ben je tevreden over je roooster?"
    )
    open_consultation(draft, fatima)
    page = browse_as(fatima, PHONE)
    page.goto(reverse("polls:edit_question", args=[draft.key, "q1"]))
    field = page.locator("main [name=text]")
    field.fill("Ben je ontevreden over je rooster?")
    press(page, "Verbetering opslaan")
    refused = page.get_by_text("zegt iets anders dan")
    expect(refused).to_have_count(1)
    expect(refused).to_be_visible()
    expect(field).to_have_value("Ben je ontevreden over je rooster?")
    field.fill("Ben je tevreden over je rooster?")
    press(page, "Verbetering opslaan")
    question = Question.objects.get(questionnaire=draft.questionnaire, code="q1")
    assert question.text == "Ben je tevreden over je rooster?"
    assert Act.objects.filter(verb="polls.edit", actor_key=fatima.key).count() == 1
