"""The trust page says what is set, and keeps the places that other pages point to."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings


@override_settings(
    TOTAL_THRESHOLD=7,
    GROUP_THRESHOLD=12,
    MARKS_KEPT_DAYS=9,
    ANSWERS_KEPT_DAYS=90,
    MESSAGES_KEPT_DAYS=100,
)
def test_its_numbers_are_those_that_hold(client: Client) -> None:
    page = client.get("/vertrouwen/", headers={"accept-language": "nl"}).content.decode()
    for words in (
        "minder dan 7 antwoorden",
        "vanaf 12 antwoorden",
        "tot 9 dagen nadat",
        "tot 90 dagen na het sluiten",
        "tot 100 dagen na het laatste antwoord",
    ):
        assert words in page


def test_it_never_promises_longer_marks_than_are_kept(client: Client) -> None:
    with override_settings(MARKS_KEPT_DAYS=400):
        page = client.get("/vertrouwen/", headers={"accept-language": "nl"}).content.decode()
    assert "tot 14 dagen nadat" in page


def test_it_says_what_it_does_not_protect_against(client: Client) -> None:
    page = client.get("/vertrouwen/", headers={"accept-language": "nl"}).content.decode()
    assert "Wat we niet kunnen beloven" in page
    assert "Wie de server beheert" in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_places_that_trust_lines_point_to_are_on_it(client: Client, language: str) -> None:
    line = Path(settings.BASE_DIR, "templates/components/trust.html").read_text("utf-8")
    places = set(re.findall(r"#([a-z][a-z-]+)", line))
    assert places >= {"answering", "groups"}
    page = client.get("/vertrouwen/", headers={"accept-language": language}).content.decode()
    assert [place for place in places if f'id="{place}"' not in page] == []
