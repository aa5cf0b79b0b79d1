"""Unsubscribing works from the mail, by person and by program, and a look changes nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from newsletter.audience import chosen, reachable
from newsletter.models import Issue, OptOut, Subscription
from outbox.tokens import recipient_token
from people.models import Person
from tests.cast import SignIn
from tests.newsletter.making import body, deliver_all, make_issue, send_out
from tests.plugins.mail import SmtpServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(sanne: Person) -> str:
    return reverse("newsletter:unsubscribe", args=[recipient_token(sanne.key.hex)])


def test_a_get_shows_a_button_and_changes_nothing(client: Client, link: str) -> None:
    for _time in range(3):
        response = client.get(link)
        assert response.status_code == 200
        assert "<form" in response.content.decode()
    assert client.head(link).status_code == 200
    assert not OptOut.objects.exists()


def test_the_button_unsubscribes_and_shows_how_to_come_back(
    client: Client, link: str, sanne: Person
) -> None:
    response = client.post(link, follow=True)
    assert "afgemeld" in response.content.decode()
    assert OptOut.objects.get().address == sanne.email


def test_one_click_of_a_mail_program_needs_no_session_and_no_token(
    sanne: Person, link: str
) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(link, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert OptOut.objects.filter(address=sanne.email).exists()
    assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert OptOut.objects.count() == 1


def test_preferences_bring_the_newsletter_back_and_change_the_language(
    client: Client, sanne: Person, ineke: Person
) -> None:
    OptOut.objects.create(address=sanne.email)
    path = reverse("newsletter:preferences", args=[recipient_token(sanne.key.hex)])
    client.post(path, {"nieuwsbrief": "ja", "taal": "en"})
    sanne.refresh_from_db()
    assert sanne.language == "en"
    issue = Issue.objects.create(subject="x", written_by=ineke)
    assert sanne in reachable(chosen(issue))


def test_the_choice_outlives_a_new_staff_list(
    sanne: Person, ineke: Person, client: Client, link: str
) -> None:
    client.post(link)
    Person.objects.filter(pk=sanne.pk).update(email="")
    Person.objects.filter(pk=sanne.pk).update(email="Sanne.deWit@delinde.example")
    issue = Issue.objects.create(subject="x", written_by=ineke)
    assert sanne not in reachable(chosen(issue))


@pytest.mark.parametrize("token", ["x", "x.y", "0" * 32 + ".AAAAAAAAAAAAAAAA"])
def test_a_made_up_link_opens_nothing(client: Client, token: str) -> None:
    for name in ("unsubscribe", "preferences"):
        assert client.get(reverse(f"newsletter:{name}", args=[token])).status_code == 404
        assert client.post(reverse(f"newsletter:{name}", args=[token])).status_code == 404


def test_another_s_link_cannot_be_made_from_one_s_own(
    client: Client, sanne: Person, fatima: Person
) -> None:
    mine = recipient_token(sanne.key.hex)
    forged = mine.replace(sanne.key.hex, fatima.key.hex)
    path = reverse("newsletter:unsubscribe", args=[forged])
    assert client.post(path).status_code == 404
    assert not OptOut.objects.exists()


def test_the_choice_outlives_another_address(
    sanne: Person, ineke: Person, client: Client, link: str
) -> None:
    client.post(link)
    Person.objects.filter(pk=sanne.pk).update(email="s.dewit@nieuw.example")
    issue = Issue.objects.create(subject="x", written_by=ineke)
    assert sanne not in reachable(chosen(issue))
    assert Person.objects.get(pk=ineke.pk) in reachable(chosen(issue))


HOME = "thuis@voorbeeld.example"


def goes_to(person: Person) -> list[str]:
    issue = Issue.objects.create(subject="x", written_by=person)
    found = reachable(chosen(issue).filter(pk=person.pk))
    return [each.mail_address for each in found]  # type: ignore[attr-defined]


def confirmation(server: SmtpServer) -> str:
    deliver_all()
    (mail,) = server.to(HOME)
    found = re.search(r"/nieuwsbrief/bevestigen/\S+/", body(mail, "plain"))
    assert found is not None
    return found[0]


def test_a_private_address_gets_nothing_before_it_said_yes_itself(
    omar: Person, sign_in: SignIn, client: Client, smtp_server: SmtpServer
) -> None:
    page = sign_in(omar).post(
        reverse("newsletter:mine"), {"wants": "yes", "address": HOME}, follow=True
    )
    assert HOME in page.content.decode()
    assert goes_to(omar) == []
    proof = confirmation(smtp_server)
    for _look in range(2):
        assert client.get(proof).status_code == 200
    assert client.head(proof).status_code == 200
    assert goes_to(omar) == []
    assert client.post(proof, follow=True).status_code == 200
    assert goes_to(omar) == [HOME]
    assert client.post(proof).status_code == 302  # twice does no harm
    assert goes_to(omar) == [HOME]


def test_a_link_for_an_earlier_address_proves_nothing_any_more(
    omar: Person, sign_in: SignIn, client: Client, smtp_server: SmtpServer
) -> None:
    browser = sign_in(omar)
    browser.post(reverse("newsletter:mine"), {"wants": "yes", "address": HOME})
    proof = confirmation(smtp_server)
    browser.post(reverse("newsletter:mine"), {"wants": "yes", "address": f"n{HOME}"})
    assert client.post(proof).status_code == 404
    assert client.post(proof[:-6] + "aaaaa/").status_code == 404
    assert goes_to(omar) == []


def test_a_private_address_takes_the_place_of_the_work_address_and_can_go_again(
    sanne: Person, sign_in: SignIn, client: Client
) -> None:
    Subscription.objects.create(person=sanne, address=HOME)
    assert goes_to(sanne) == [HOME]
    sign_in(sanne).post(reverse("newsletter:mine"), {"wants": "yes", "address": ""})
    assert goes_to(sanne) == [sanne.email]


def test_leaving_from_a_private_mailbox_is_leaving_altogether(
    sanne: Person, client: Client, link: str
) -> None:
    Subscription.objects.create(person=sanne, address=HOME)
    client.post(link)
    assert goes_to(sanne) == []
    Subscription.objects.all().delete()
    assert goes_to(sanne) == []


def test_who_sends_never_reads_a_private_address(
    sanne: Person, ineke: Person, sign_in: SignIn, smtp_server: SmtpServer
) -> None:
    Subscription.objects.create(person=sanne, address=HOME)
    issue = make_issue(ineke)
    send_out(ineke, issue)
    assert len(smtp_server.to(HOME)) == 1
    browser = sign_in(ineke)
    recipients = reverse("newsletter:recipients", args=[issue.key])
    pages = [
        browser.get(recipients).content,
        browser.get(f"{recipients}?zoek=thuis").content.replace(b'value="thuis"', b""),
        browser.get(reverse("newsletter:states_csv", args=[issue.key])).getvalue(),
    ]
    assert sanne.full_name.encode() in pages[0]
    assert sanne.full_name.encode() not in pages[1]
    assert all(HOME.encode() not in page for page in pages)


def test_my_data_tell_what_is_kept(sanne: Person, sign_in: SignIn) -> None:
    Subscription.objects.create(person=sanne, address=HOME)
    page = sign_in(sanne).get(reverse("people:me")).content.decode()
    assert HOME in page
    assert reverse("newsletter:mine") in page
