"""Somebody at a screen: goes, presses, types, reads; every page they see is looked at."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from tests.plugins.browser import assert_accessible, assert_fits

if TYPE_CHECKING:
    from tests.plugins.mail import SmtpServer

CODE = re.compile(r"^\s*([0-9A-Z]{4}-[0-9A-Z]{4})\s*$", re.MULTILINE)
SHOTS = os.environ.get("WALK_SHOTS", "")
"""A folder to keep a picture of every page in, for people to look at."""


class Someone:
    """One person with one browser."""

    shots = 0

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name

    # Going

    def go(self, path: str) -> None:
        """Open ``path``."""
        response = self.page.goto(path)
        assert response is not None
        assert response.ok, f"{self.name}: {response.status} {path}"
        self.look()

    def cannot_go(self, path: str, status: int = 404) -> None:
        """``path`` answers ``status`` to this person."""
        response = self.page.request.get(path, max_redirects=0)
        assert response.status == status, f"{self.name}: {response.status} {path}"

    def follow(self, link: str) -> None:
        """Follow a link by its words."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link).first.click()
        self.look()

    def press(self, button: str, *, exact: bool = False) -> None:
        """Press a button that sends a form."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=exact).first.click()
        self.look()

    def open(self, words: str) -> None:
        """Fold open what lies behind ``words``."""
        self.page.locator("summary", has_text=words).first.click()

    def look(self) -> None:
        """Whether the page can be used by everyone, and fits the screen."""
        self.page.wait_for_load_state("load")
        if SHOTS:
            Someone.shots += 1
            name = f"{Someone.shots:03d}-{self.name}.png"
            self.page.screenshot(path=Path(SHOTS) / name, full_page=True)
        assert_accessible(self.page)
        assert_fits(self.page)

    @property
    def path(self) -> str:
        """Where they are."""
        return urlsplit(self.page.url).path

    def waits_for_the_portal(self, seconds: float = 60) -> None:
        """The portal starts again, under its new name."""
        for _try in range(int(seconds * 2)):
            self.page.wait_for_timeout(500)
            try:
                if "De Linde" in self.page.request.get("/accounts/login/").text():
                    return
            except PlaywrightError:
                continue  # it is down for a moment
        raise AssertionError("the portal did not come back")

    # Typing

    def fill(self, **fields: str) -> None:
        """Type into fields by their names in the form."""
        for name, text in fields.items():
            self.page.locator(f"main [name={name}]:visible").first.fill(text)

    def choose(self, label: str) -> None:
        """Choose a radio button or tick a box."""
        self.page.get_by_label(label).first.check()

    def select(self, name: str, label: str) -> None:
        """Choose from a list."""
        self.page.locator(f"main select[name={name}]").first.select_option(label=label)

    def attach(self, name: str, path: Path) -> None:
        """Choose a file."""
        self.page.locator(f"main input[name={name}]").first.set_input_files(path)

    # Reading

    def reads(self, *texts: str) -> None:
        """All of ``texts`` stand on the page."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text, ignore_case=True)

    def does_not_read(self, *texts: str) -> None:
        """None of ``texts`` stands anywhere in the page."""
        content = self.page.content()
        for text in texts:
            assert text not in content, f"{self.name} reads {text!r} on {self.page.url}"

    def waits_to_read(self, text: str, seconds: float = 40) -> None:
        """``text`` comes, with the page loaded again until it does."""
        for _try in range(int(seconds * 2)):
            if text.lower() in self.page.inner_text("body").lower():
                self.look()
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"{self.name} waited in vain for {text!r} on {self.page.url}")

    # Signing in

    def sign_in(self, login: str, password: str) -> None:
        """With a password."""
        self.go("/accounts/login/")
        self.fill(login=login, password=password)
        self.press("Inloggen", exact=True)
        self.page.wait_for_url("**/")

    def sign_in_by_mail(self, address: str, post: SmtpServer) -> None:
        """With a code that comes by mail."""
        before = len(post.to(address))
        self.go("/accounts/login/")
        self.fill(login=address)
        self.press("Geen wachtwoord? Mail mij een code")
        post.wait_for(before + 1, to=address, seconds=40)
        body = post.to(address)[-1].get_body(("plain",))
        assert body is not None
        found = CODE.search(body.get_content())
        assert found, body.get_content()
        self.fill(code=found[1])
        self.press("Inloggen", exact=True)
        self.page.wait_for_url("**/")
