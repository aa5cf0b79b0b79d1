"""A council writes and sends a newsletter in a browser, and a reader leaves from a phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from newsletter import actions
from newsletter.models import Issue, OptOut
from newsletter.tasks import hand_over_due
from outbox.tokens import recipient_token
from people.models import Person
from tests.newsletter.making import add, deliver_all, make_issue, make_post
from tests.plugins.browser import DESKTOP, PHONE, BrowseAs, OpenBrowser, assert_accessible
from tests.plugins.mail import SmtpServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_from_first_line_to_progress_bar(
    sanne: Person, fatima: Person, joris: Person, browse_as: BrowseAs, smtp_server: SmtpServer
) -> None:
    make_post(fatima, "Zelf roosteren")
    page = browse_as(joris, DESKTOP)
    page.goto(reverse("newsletter:index"))
    assert_accessible(page)
    page.get_by_role("link", name="Nieuwe nieuwsbrief").click()
    page.get_by_label("Onderwerp").fill("Nieuws van november")
    page.get_by_role("button", name="Begin met schrijven").click()

    page.get_by_role("link", name="Eigen tekst").first.click()
    page.get_by_label("Kop", exact=True).fill("Waar we staan")
    page.get_by_label("Tekst", exact=True).fill("We hoorden **140 collega's**.")
    assert_accessible(page)
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("link", name="Bericht of kort bericht").click()
    page.get_by_label("Zelf roosteren").check()
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_role("heading", name="Zelf roosteren")).to_be_visible()
    page.get_by_role("button", name="Omhoog: Zelf roosteren").click()
    expect(page.locator("#outline li").first).to_contain_text("Zelf roosteren")
    assert_accessible(page)

    page.get_by_role("link", name="Voorbeeld").click()
    frame = page.frame_locator("iframe").first
    expect(frame.get_by_text("Waar we staan")).to_be_visible()
    expect(frame.get_by_text("Hallo Joris,")).to_be_visible()
    page.go_back()

    page.get_by_role("link", name="Naar versturen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Versturen naar 3 collega's?")
    assert_accessible(page)
    page.get_by_role("button", name="Versturen").click()
    assert hand_over_due() == 1
    expect(page.get_by_text("0 van 3")).to_be_visible()
    assert_accessible(page)
    deliver_all()
    expect(page.get_by_text("3 van 3")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Heeft een collega hem gekregen?").click()
    page.get_by_label("Naam of adres").fill("sanne")
    page.get_by_role("main").get_by_role("button", name="Zoeken").click()
    expect(page.get_by_text(sanne.email)).to_be_visible()
    assert_accessible(page)
    assert smtp_server.to(sanne.email)
    page.goto(reverse("newsletter:issue", args=[Issue.objects.get().key]))
    expect(page.get_by_text("140 collega's")).to_be_visible()
    assert_accessible(page)


def test_unsubscribing_on_a_phone_without_signing_in(
    sanne: Person, open_browser: OpenBrowser, live_server: object
) -> None:
    page = open_browser(PHONE, base_url=str(live_server))
    page.goto(reverse("newsletter:unsubscribe", args=[recipient_token(sanne.key.hex)]))
    assert_accessible(page)
    assert not OptOut.objects.exists()
    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_text("Je bent afgemeld")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Ja, stuur mij de nieuwsbrief").check()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Je krijgt de nieuwsbrief op")).to_be_visible()
    assert not OptOut.objects.exists()


def test_blocks_are_dragged_and_the_keyboard_keeps_its_place(
    fatima: Person, browse_as: BrowseAs
) -> None:
    issue = make_issue(fatima)
    for title in ("Eerste", "Tweede", "Derde"):
        add(issue, "post", make_post(fatima, title))
    page = browse_as(fatima, DESKTOP)
    page.goto(reverse("newsletter:compose", args=[issue.key]))
    lines = page.locator("#outline > li")
    expect(lines.first).to_have_attribute("draggable", "true")
    with page.expect_response(lambda response: response.url.endswith("/zet/")):
        lines.nth(3).drag_to(lines.nth(0), target_position={"x": 20, "y": 2})
    expect(lines.nth(0)).to_contain_text("Derde")
    page.reload()
    expect(lines.nth(0)).to_contain_text("Derde")
    page.get_by_role("button", name="Omlaag: Derde").focus()
    page.keyboard.press("Enter")
    expect(lines.nth(1)).to_contain_text("Derde")
    expect(page.get_by_role("button", name="Omlaag: Derde")).to_be_focused()
    page.get_by_role("button", name="Omhoog: Derde").press("Enter")
    expect(lines.nth(0)).to_contain_text("Derde")
    expect(lines.nth(0).locator(":focus")).to_have_count(1)
    expect(lines.nth(0)).to_have_attribute("draggable", "true")
    assert_accessible(page)


def test_calling_back_is_not_snatched_away_by_the_page_that_keeps_looking(
    joris: Person, fatima: Person, browse_as: BrowseAs
) -> None:
    issue = make_issue(fatima)
    actions.send_issue(joris, issue, timezone.now() + timedelta(days=1))
    page = browse_as(joris, PHONE)
    page.goto(reverse("newsletter:progress", args=[issue.key]))
    page.locator("summary", has_text="Terughalen").click()
    for _look in range(2):
        with page.expect_response("**/verzending/") as looked:
            pass
        looked.value.finished()
    expect(page.locator("#call-back button")).to_be_visible()
    page.locator("#call-back button").click()
    expect(page.get_by_text("Er is niets verstuurd")).to_be_visible()
    issue.refresh_from_db()
    assert issue.is_draft
