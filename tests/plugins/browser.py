"""A real Chromium for the tests: a phone, a desktop, and axe-core on what they show."""

import os
import shutil
from collections.abc import Callable, Generator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from people.models import Person

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
COMMON = {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever opens a browser is marked so, and left out where none is wanted."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium instead of a download; none installed is an error, never a skip."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.fail("chromium is missing: apt-get install chromium", pytrace=False)
    # Playwright's loop runs in the main thread; the ORM calls of a test are not made from it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {**browser_type_launch_args, "executable_path": program, "args": list(_QUIET)}


class Watch:
    """What went wrong in pages while nobody looked: script errors, refused content, 5xx."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def follow(self, page: Page) -> None:
        """Listen to ``page``."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium also logs each 4xx page as an error; the tests look at those pages themselves.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"{message.location.get('url')}: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.url}")


OpenBrowser = Callable[..., Page]


@pytest.fixture
def open_browser(browser: Browser) -> Generator[OpenBrowser, None, None]:
    """A function that opens a page in a fresh context: ``open_browser(PHONE, base_url=...)``.

    At the end of the test no page may have logged an error or got a 5xx.
    """
    watch = Watch()
    contexts: list[BrowserContext] = []

    def open_page(device: dict[str, Any] = DESKTOP, **options: Any) -> Page:
        context = browser.new_context(**{**COMMON, **device, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.on("page", watch.follow)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert watch.faults == []


BrowseAs = Callable[..., Page]


@pytest.fixture
def browse_as(open_browser: OpenBrowser, live_server: Any, client: Any) -> BrowseAs:
    """A function from a person (None: a visitor) to a page on the live server, signed in.

    ``browse_as(sanne, PHONE).goto(reverse("start"))``.
    """

    def browse(person: Person | None, device: dict[str, Any] = DESKTOP, **options: Any) -> Page:
        page = open_browser(device, base_url=live_server.url, **options)
        if person is not None:
            client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
        return page

    return browse


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 A or AA that axe-core can find on ``page`` as it is now."""
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    results = Axe().run(page, options=options)
    found = [
        f"{violation['id']}: {violation['help']}\n    {node['target']}\n    {node['html'][:200]}"
        f"\n    {node.get('failureSummary', '')}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
    assert not found, f"{page.url}\n" + "\n".join(found)


def assert_fits(page: Page) -> None:
    """The page does not scroll sideways at the width it is shown in."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
