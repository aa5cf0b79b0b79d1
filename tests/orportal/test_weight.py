"""A page stays light on a slow phone: HTML, styles and script under 60 kB as they travel."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from people.models import Person
from tests.blogs.makers import make_dossier, make_post
from tests.cast import SignIn

BUDGET = 60_000


def weight(html: str) -> int:
    """Bytes of the page and everything it asks for before images, brotli-compressed."""
    total = len(brotli.compress(html.encode()))
    wanted = re.findall(r'<(?:link rel="stylesheet" href|script src)="/static/([^"]+)"', html)
    assert wanted, "a page without styles"
    for name in wanted:
        path = finders.find(name)
        assert isinstance(path, str), name
        total += len(brotli.compress(Path(path).read_bytes()))
    return total


@pytest.mark.parametrize("who", ["sanne", "fatima"])
def test_a_full_start_page_keeps_within_the_budget(
    who: str, request: pytest.FixtureRequest, fatima: Person, sign_in: SignIn
) -> None:
    for number in range(5):
        dossier = make_dossier(fatima, f"Dossier {number}")
        make_post(fatima, f"Bericht {number}", "Een tekst van enige lengte. " * 30, dossier=dossier)
    page = sign_in(request.getfixturevalue(who)).get("/").content.decode()
    assert weight(page) < BUDGET


def test_a_public_page_keeps_within_the_budget(client: Client) -> None:
    assert weight(client.get("/vertrouwen/").content.decode()) < BUDGET


def test_no_page_asks_anything_of_another_site(client: Client) -> None:
    page = client.get("/vertrouwen/").content.decode()
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


def test_nothing_in_the_page_is_styled_or_scripted_inline(client: Client) -> None:
    """The content security policy would refuse it."""
    page = client.get("/vertrouwen/").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert not re.findall(r"<script(?![^>]* src=)", page)
    assert not re.findall(r" on[a-z]+=", page)
