"""Pages about people and signing in in a real browser: they fit, and axe finds nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from people import actions
from people.models import Person, Role
from people.roster.reading import read_roster
from tests.cast import appoint
from tests.people.roster.lists import OMAR, SANNE, as_csv
from tests.plugins.browser import (
    DESKTOP,
    PHONE,
    BrowseAs,
    OpenBrowser,
    assert_accessible,
    assert_fits,
)

Device = dict[str, Any]
pytestmark = pytest.mark.django_db(transaction=True)


def look(page: Page, paths: list[str]) -> None:
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        assert_fits(page)
        assert_accessible(page)


@pytest.mark.parametrize("device", [PHONE, {**DESKTOP, "color_scheme": "dark"}])
def test_signing_in(live_server: LiveServer, open_browser: OpenBrowser, device: Device) -> None:
    page = open_browser(device, base_url=live_server.url)
    names = [
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "account_reset_password_done",
        "account_signup",
        "account_inactive",
        "activation:enter",
    ]
    look(page, [reverse(name) for name in names])


@pytest.mark.parametrize("device", [PHONE, {**DESKTOP, "color_scheme": "dark"}])
def test_settling_one_s_own(sanne: Person, browse_as: BrowseAs, device: Device) -> None:
    names = [
        "people:me",
        "people:address",
        "people:roles",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "account_set_password",
        "account_logout",
    ]
    look(browse_as(sanne, device), [reverse(name) for name in names])


@pytest.mark.parametrize("device", [PHONE, {**DESKTOP, "color_scheme": "dark"}])
def test_keeping_the_roster(
    ineke: Person,
    omar: Person,
    fatima: Person,
    eva: Person,
    browse_as: BrowseAs,
    device: Device,
) -> None:
    appoint(omar, Role.CHAIR)
    rows = [SANNE, OMAR.replace("Facilitair", "Keuken"), ";Bo;;Bos;;;;;;;"]
    rows.append("000108;Eva;;Smit;;Verpleging;Lindenhof;;01-03-2019;;")
    reading = read_roster(as_csv(*rows), timezone.localdate())
    kept = actions.keep_upload(reading, "lijst.csv", ineke)
    actions.make_codes([omar], ineke, omar)
    paths = [
        reverse("people:people"),
        reverse("people:person", args=[omar.key]),
        reverse("people:roster"),
        kept.get_absolute_url(),
        reverse("people:log"),
        reverse("people:add_person"),
    ]
    look(browse_as(ineke, device), paths)


def test_the_code_in_a_letter_s_square_is_filled_in_and_leaves_the_address_bar(
    live_server: LiveServer, open_browser: OpenBrowser, omar: Person, ineke: Person
) -> None:
    (letter,) = actions.make_codes([omar], ineke, omar)
    page = open_browser(PHONE, base_url=live_server.url)
    page.goto(f"/code/#{letter.code}")
    expect(page.get_by_label("Code uit je brief")).to_have_value(letter.code)
    assert "#" not in page.url
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Kies een wachtwoord").fill("vier-woorden-op-een-rij")
    page.get_by_label("Hetzelfde wachtwoord nog een keer").fill("vier-woorden-op-een-rij")
    assert_accessible(page)
    page.get_by_role("button", name="Opslaan en naar binnen").click()
    page.wait_for_url(f"{live_server.url}/")


def test_a_list_is_imported_without_javascript(
    ineke: Person, browse_as: BrowseAs, tmp_path: Path
) -> None:
    path = tmp_path / "lijst.csv"
    path.write_bytes(as_csv(SANNE, OMAR))
    page = browse_as(ineke, DESKTOP, java_script_enabled=False)
    page.goto(reverse("people:roster"))
    page.get_by_label("Personeelslijst").set_input_files(path)
    page.get_by_role("button", name="Laat zien wat er verandert").click()
    expect(page.get_by_text("Sanne de Wit")).to_be_visible()
    page.get_by_role("button", name="Inlezen", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("De personeelslijst is ingelezen")
    assert Person.objects.filter(staff_number="000101").exists()
