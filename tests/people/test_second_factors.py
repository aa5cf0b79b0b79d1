"""Passkeys, authenticator apps and recovery codes, in a real browser where they need one."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.live_server_helper import LiveServer

from people.models import Act, Person
from tests.cast import SignIn
from tests.people.queued import addresses, newest_text
from tests.plugins.browser import PHONE, OpenBrowser

PASSWORD = "vier-woorden-op-een-rij"


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


@pytest.fixture
def sanne_with_app(
    sanne: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> tuple[Client, str]:
    """Sanne, signed in with a password, after adding an authenticator app; and its secret."""
    sanne.set_password(PASSWORD)
    sanne.save()
    browser = Client()
    browser.post(reverse("account_login"), {"login": "101", "password": PASSWORD})
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = browser.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert found
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("mfa_activate_totp"), {"code": code_of(found[1])})
    return browser, found[1]


def test_an_authenticator_app_becomes_a_second_step(
    sanne: Person, sanne_with_app: tuple[Client, str]
) -> None:
    _browser, secret = sanne_with_app
    Authenticator.objects.update(last_used_at=None)
    client = Client()
    answer = client.post(reverse("account_login"), {"login": "101", "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    cache.clear()  # where the package remembers that a code was used
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get("/").status_code == 200


def test_its_secret_cannot_be_read_in_the_database(sanne_with_app: tuple[Client, str]) -> None:
    _browser, secret = sanne_with_app
    assert secret not in str(list(Authenticator.objects.values()))


def test_when_a_second_step_was_used_is_not_kept(
    sanne: Person, sanne_with_app: tuple[Client, str]
) -> None:
    test_an_authenticator_app_becomes_a_second_step(sanne, sanne_with_app)
    assert not Authenticator.objects.exclude(last_used_at=None).exists()


def test_a_change_of_means_is_logged_and_mailed_without_an_address_of_the_network(
    sanne: Person, sanne_with_app: tuple[Client, str]
) -> None:
    assert Act.objects.filter(verb="people.sign_in_means", actor_key=str(sanne.key)).exists()
    assert addresses() == [sanne.email]
    assert "127.0.0.1" not in newest_text()
    assert "authenticator-app" in newest_text()


def test_recovery_codes_let_in_once_each(sanne: Person, sanne_with_app: tuple[Client, str]) -> None:
    browser, _secret = sanne_with_app
    browser.post(reverse("mfa_generate_recovery_codes"))
    page = browser.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<li><code>(\w+)</code></li>", page)
    assert len(codes) == 10
    assert codes[0] in browser.get(reverse("mfa_download_recovery_codes")).content.decode()
    for expected in (200, 302):
        client = Client()
        client.post(reverse("account_login"), {"login": "101", "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert client.get("/").status_code == expected


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "account_set_password",
        "account_logout",
    ],
)
def test_every_page_of_means_shows(sanne: Person, sign_in: SignIn, name: str) -> None:
    page = sign_in(sanne).get(reverse(name))
    assert page.status_code == 200
    assert "<h1>" in page.content.decode()


def virtual_authenticator(page: Page) -> None:
    """A phone with a fingerprint reader that always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_added_and_signs_in(
    sanne: Person, live_server: LiveServer, open_browser: OpenBrowser
) -> None:
    sanne.set_password(PASSWORD)
    sanne.save()
    page = open_browser(PHONE, base_url=live_server.url)
    virtual_authenticator(page)
    page.goto("/accounts/login/")
    page.get_by_label("E-mailadres of personeelsnummer").fill("101")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("textbox").first.fill("Mijn telefoon")
    passwordless = page.get_by_role("checkbox")
    passwordless.check()
    page.get_by_role("button", name="Toevoegen").click()
    page.wait_for_url("**/accounts/2fa/**")
    page.get_by_text("Je kunt er vanaf nu mee inloggen").wait_for()
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/accounts/login/**")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.wait_for_url(f"{live_server.url}/")
    assert page.locator("a[href='/mensen/ik/']").count() == 1
