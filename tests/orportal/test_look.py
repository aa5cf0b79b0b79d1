"""The frame of every page in a real browser: keyboard, no script, light and dark, both widths."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from people.models import Person
from tests.blogs.makers import make_dossier, make_post
from tests.cast import make_people
from tests.plugins.browser import (
    DESKTOP,
    PHONE,
    BrowseAs,
    assert_accessible,
    assert_fits,
)
from tests.polls.ballots import make_open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lived_in(fatima: Person) -> None:
    """Something in each section of a start page."""
    make_people(12)
    make_open(fatima)
    make_post(fatima, "Zes weken vooraf", dossier=make_dossier(fatima, "Roosters"))


def ground(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def dark(colour: str) -> bool:
    parts = [int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    return sum(parts) < 3 * 64


@pytest.mark.parametrize(
    ("device", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone-light", "desktop-dark"]
)
@pytest.mark.parametrize("who", ["sanne", "fatima", "bakker", "wim"])
def test_start_pages_are_accessible_and_fit(
    who: str,
    device: dict[str, Any],
    scheme: str,
    lived_in: None,
    browse_as: BrowseAs,
    request: pytest.FixtureRequest,
) -> None:
    page = browse_as(request.getfixturevalue(who), device, color_scheme=scheme)
    page.goto("/")
    assert dark(ground(page)) is (scheme == "dark")
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("address", ["/vertrouwen/", "/huisregels/", "/bestaat-niet/"])
def test_public_and_error_pages_are_accessible_and_fit(
    address: str, browse_as: BrowseAs, db: None
) -> None:
    page = browse_as(None, PHONE)
    page.goto(address)
    assert_accessible(page)
    assert_fits(page)


def test_the_first_tab_skips_to_the_content(sanne: Person, browse_as: BrowseAs) -> None:
    page = browse_as(sanne)
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_menus_open_by_keyboard_and_close_on_escape(sanne: Person, browse_as: BrowseAs) -> None:
    page = browse_as(sanne, PHONE)
    page.goto("/")
    menu = page.locator("details.menu-nav > summary")
    menu.focus()
    page.keyboard.press("Enter")
    news = page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Nieuws")
    expect(news).to_be_visible()
    page.keyboard.press("Escape")
    expect(news).to_be_hidden()
    expect(menu).to_be_focused()


def test_the_menu_works_without_script(sanne: Person, browse_as: BrowseAs) -> None:
    page = browse_as(sanne, PHONE, java_script_enabled=False)
    page.goto("/")
    page.locator("details.menu-nav > summary").click()
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Nieuws").click()
    expect(page.get_by_role("heading", level=1, name="Nieuws van de OR")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_dark_is_chosen_remembered_and_let_go(
    script: bool, sanne: Person, browse_as: BrowseAs
) -> None:
    page = browse_as(sanne, java_script_enabled=script, color_scheme="light")
    page.goto("/huisregels/")
    account = page.locator("details.menu:not(.menu-nav) > summary")

    account.click()
    page.get_by_role("button", name="Donker").click()
    expect(page.locator("html[data-bs-theme=dark]")).to_be_attached()
    expect(page).to_have_url(f"{page.url.split('/huisregels/')[0]}/huisregels/")
    page.goto("/vertrouwen/")
    expect(page.locator("html[data-bs-theme=dark]")).to_be_attached()

    account.click()
    page.get_by_role("button", name="Zoals mijn apparaat").click()
    expect(page.locator("html:not([data-bs-theme])")).to_be_attached()
    page.goto("/huisregels/")
    expect(page.locator("html:not([data-bs-theme])")).to_be_attached()


def test_the_language_is_switched_and_stays(sanne: Person, browse_as: BrowseAs) -> None:
    page = browse_as(sanne)
    page.goto("/huisregels/")
    page.locator("details.menu:not(.menu-nav) > summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1, name="House rules")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", level=1, name="Hello Sanne")).to_be_visible()


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_target_in_the_frame_is_large_enough(
    device: dict[str, Any], fatima: Person, browse_as: BrowseAs
) -> None:
    """44 pixels high: also for who wears gloves."""
    page = browse_as(fatima, device)
    page.goto("/")
    if device is PHONE:
        page.locator("details.menu-nav > summary").click()
    targets = page.locator(".masthead a, .masthead summary, .sitenav a, .sitefoot a")
    low = [
        (each.inner_text(), box["height"])
        for each in targets.all()
        if each.is_visible() and (box := each.bounding_box()) and box["height"] < 44
    ]
    assert low == []


def test_a_page_from_right_to_left_fits_as_well(sanne: Person, browse_as: BrowseAs) -> None:
    page = browse_as(sanne, PHONE)
    page.goto("/")
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert_fits(page)
