"""Signing in with a code by mail, without telling anybody who is known."""

import datetime as dt
import re
from typing import Any

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from outbox.models import Delivery, Mailing
from people.models import Person
from tests.people.queued import addresses, newest_code, newest_text

ASK = "account_request_login_code"
CONFIRM = "account_confirm_login_code"


def ask(client: Client, email: str) -> Any:
    return client.post(reverse(ASK), {"email": email})


def test_the_mailed_code_lets_in_once(client: Client, sanne: Person) -> None:
    response = ask(client, "Sanne.deWit@delinde.example")
    assert response.url == reverse(CONFIRM)
    assert addresses() == ["sanne.dewit@delinde.example"]
    code = newest_code()
    assert "15" in newest_text()
    response = client.post(reverse(CONFIRM), {"code": code.lower()})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(sanne.pk)
    other = Client()
    other.post(reverse(CONFIRM), {"code": code})
    assert "_auth_user_id" not in other.session


def test_the_sign_in_form_s_own_field_will_do(client: Client, sanne: Person) -> None:
    client.post(reverse(ASK), {"login": "sanne.dewit@delinde.example", "password": ""})
    assert addresses() == ["sanne.dewit@delinde.example"]


def test_a_staff_number_is_told_that_a_code_can_only_be_mailed(
    client: Client, sanne: Person
) -> None:
    response = client.post(reverse(ASK), {"login": "000101"})
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()


def without_what_was_typed(page: str, email: str) -> str:
    page = page.replace(email, "EMAIL").replace(email.lower(), "EMAIL")
    return re.sub(r'(csrf\w*"|x-csrftoken": ")[^"]*"?[^"]*"', "", page)


def test_known_unknown_and_left_get_the_same_pages_and_only_the_first_a_mail(
    sanne: Person, eva: Person
) -> None:
    pages = set()
    for email in ("sanne.dewit@delinde.example", "niemand@delinde.example", eva.email):
        client = Client()
        first = ask(client, email)
        page = client.get(first.url).content.decode()
        wrong = client.post(first.url, {"code": "AAAA-AAAA"}).content.decode()
        pages.add(tuple(without_what_was_typed(text, email) for text in (page, wrong)))
    assert addresses() == ["sanne.dewit@delinde.example"]
    assert Mailing.objects.count() == 1
    assert len(pages) == 1


def work_for(email: str) -> list[str]:
    """What the database is asked when a code is wanted for ``email``, without values."""
    with CaptureQueriesContext(connection) as queries:
        ask(Client(), email)
    unnamed = [re.sub(r'"_django_curs\w*"', "", query["sql"]) for query in queries]
    asked = [re.split(r" (?:WHERE|VALUES|SET|LIMIT)", sql)[0] for sql in unnamed]
    return [sql for sql in asked if "SAVEPOINT" not in sql]


def test_an_unknown_address_takes_the_same_work_as_a_known_one(sanne: Person) -> None:
    """The same statements in the same order, the mail's own among them: time follows work."""
    known = work_for(sanne.email)
    assert work_for("niemand@delinde.example") == known
    assert any("outbox_rendering" in sql for sql in known)


def test_three_wrong_codes_end_it(client: Client, sanne: Person) -> None:
    ask(client, sanne.email)
    code = newest_code()
    for _attempt in range(3):
        client.post(reverse(CONFIRM), {"code": "AAAA-AAAA"})
    client.post(reverse(CONFIRM), {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_code_too_old_no_longer_works(client: Client, sanne: Person) -> None:
    ask(client, sanne.email)
    code = newest_code()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        client.post(reverse(CONFIRM), {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_new_code_can_be_sent(client: Client, sanne: Person) -> None:
    ask(client, sanne.email)
    first = newest_code()
    client.post(reverse(CONFIRM), {"action": "resend"})
    assert Delivery.objects.count() == 2
    assert newest_code() != first


def test_the_session_outlives_the_browser_only_on_one_s_own_device(sanne: Person) -> None:
    for remember, age in (("", ""), ("on", 60 * 60 * 24 * 30)):
        client = Client()
        ask(client, sanne.email)
        response = client.post(reverse(CONFIRM), {"code": newest_code(), "remember": remember})
        assert response.cookies["sessionid"]["max-age"] == age


def test_the_mail_is_in_the_language_of_who_gets_it(client: Client, sanne: Person) -> None:
    Person.objects.update(language="en")
    ask(client, sanne.email)
    assert "This code lets you into" in newest_text()


def test_a_password_reset_tells_nothing_either(sanne: Person) -> None:
    pages = set()
    for email in (sanne.email, "niemand@delinde.example"):
        client = Client()
        response = client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        pages.add(without_what_was_typed(response.content.decode(), email))
    assert addresses() == [sanne.email]
    assert len(pages) == 1


def test_a_reset_link_stands_at_the_portal_s_own_address_and_sets_a_password(
    client: Client, sanne: Person, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client.post(
        reverse("account_reset_password"), {"email": sanne.email}, headers={"host": "evil.example"}
    )
    text = newest_text()
    assert "evil.example" not in text
    found = re.search(rf"{re.escape(settings.PORTAL_URL)}(\S+)", text)
    assert found
    page = client.get(found[1], follow=True)
    new = "vijf-nieuwe-woorden-op-een-rij"
    response = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert response.status_code == 302
    sanne.refresh_from_db()
    assert sanne.check_password(new)
    again = client.get(found[1], follow=True)
    assert again.status_code == 200
