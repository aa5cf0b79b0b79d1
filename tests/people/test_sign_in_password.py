"""Signing in with an address or staff number and a password, in one step."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from people.models import Person, Session
from people.sign_in import demo
from tests.cast import make_person

PASSWORD = "vier-woorden-op-een-rij"
LOGIN = "account_login"


@pytest.fixture
def sanne_with_password(sanne: Person) -> Person:
    sanne.set_password(PASSWORD)
    sanne.save()
    return sanne


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse(LOGIN), {"login": login, "password": password, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "login",
    ["sanne.dewit@delinde.example", "Sanne.DeWit@delinde.example", "000101", "101", " 101 "],
)
def test_an_address_or_a_staff_number_with_the_password_lets_in(
    client: Client, sanne_with_password: Person, login: str
) -> None:
    response = sign_in(client, login)
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(sanne_with_password.pk)


def test_a_number_without_zeros_that_could_be_two_people_lets_nobody_in(
    client: Client, sanne_with_password: Person
) -> None:
    make_person(staff_number="0101")
    sign_in(client, "101")
    assert not is_in(client)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: Client, sanne_with_password: Person
) -> None:
    answers = {
        sign_in(client, login, "een heel ander wachtwoord")
        .content.decode()
        .split("<ul>")[-1]
        .split("</ul>")[0]
        for login in ("sanne.dewit@delinde.example", "niemand@delinde.example", "000101", "999999")
    }
    assert not is_in(client)
    assert len(answers) == 1


def test_who_left_gets_nowhere(client: Client, eva: Person) -> None:
    eva.set_password(PASSWORD)
    eva.save()
    response = sign_in(client, eva.email)
    assert response.url == reverse("account_inactive")
    assert not is_in(client)
    assert client.get(response.url).status_code == 200


def test_somebody_without_a_password_cannot_come_in_with_an_empty_one(
    client: Client, sanne: Person
) -> None:
    sign_in(client, sanne.email, "")
    assert not is_in(client)


def test_the_demo_s_people_are_refused_outside_the_demo(
    client: Client, db: None, settings: Settings
) -> None:
    person = make_person("Demo", email="secretaris@demo.example")
    person.set_password("demo-portaal")
    person.save()
    settings.DEMO = False
    sign_in(client, person.email, "demo-portaal")
    assert not is_in(client)
    settings.DEMO = True
    sign_in(client, person.email, "demo-portaal")
    assert is_in(client)
    settings.DEMO = False
    assert client.get("/").status_code == 302


def test_the_demo_s_sign_ins_stand_on_the_page_in_the_demo_only(
    client: Client, db: None, settings: Settings
) -> None:
    settings.DEMO = False
    known = [each.login for each in demo.sign_ins()]
    assert len(known) >= 6
    page = client.get(reverse(LOGIN)).content.decode()
    assert not any(login in page for login in known)
    settings.DEMO = True
    page = client.get(reverse(LOGIN)).content.decode()
    assert all(login in page for login in known)


def test_a_session_ends_with_the_browser_unless_the_device_is_one_s_own(
    client: Client, sanne_with_password: Person
) -> None:
    response = sign_in(client, "101")
    assert response.cookies["sessionid"]["max-age"] == ""
    response = sign_in(Client(), "101", remember="on")
    assert response.cookies["sessionid"]["max-age"] == 60 * 60 * 24 * 30


def test_a_session_keeps_no_address_and_not_when_it_began(
    client: Client, sanne_with_password: Person
) -> None:
    sign_in(client, "sanne.dewit@delinde.example")
    kept = str(dict(client.session.items()))
    assert "@" not in kept
    assert "000101" not in kept
    row = Session.objects.get()
    assert timezone.localtime(row.expire_date).strftime("%H:%M:%S") == "00:00:00"


def test_another_site_is_not_redirected_to(client: Client, sanne_with_password: Person) -> None:
    response = client.post(
        reverse(LOGIN), {"login": "101", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert response["Location"] == "/"


def test_signing_up_is_closed_and_says_what_to_do(client: Client, db: None) -> None:
    response = client.get(reverse("account_signup"))
    assert response.status_code == 200
    assert reverse("activation:enter") in response.content.decode()
    client.post(
        reverse("account_signup"),
        {"email": "nieuw@buiten.example", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not Person.objects.filter(email="nieuw@buiten.example").exists()


@pytest.mark.parametrize(
    "path", ["/accounts/email/", "/accounts/confirm-email/x/", "/accounts/3rdparty/"]
)
def test_the_package_s_own_address_book_is_closed(client: Client, db: None, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


def test_signing_out_takes_a_press_not_a_visit(client: Client, sanne_with_password: Person) -> None:
    sign_in(client, "101")
    client.get(reverse("account_logout"))
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)


def test_changing_the_password_ends_the_other_sessions(sanne_with_password: Person) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here, "101")
    sign_in(elsewhere, "101")
    new = "vijf-nieuwe-woorden-op-een-rij"
    response = here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert response.status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
