"""Unsubscribing works from the mail, by person and by program, and a look changes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from newsletter.audience import chosen, reachable
from newsletter.models import Issue, OptOut
from outbox.tokens import recipient_token
from people.models import Person

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
