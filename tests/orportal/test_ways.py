"""Every way that the frame and the start pages point to exists: a renamed URL fails here."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from orportal import navigation

ENTRIES = [*(entry for section in navigation.MAIN for entry in section.entries)]
ENTRIES += navigation.ACCOUNT


@pytest.mark.parametrize("url_name", [entry.url_name for entry in ENTRIES])
def test_every_entry_of_the_navigation_leads_somewhere(url_name: str) -> None:
    assert reverse(url_name)


def test_every_way_that_the_start_pages_name_leads_somewhere() -> None:
    folder = Path(settings.BASE_DIR, "orportal")
    files = [*folder.joinpath("start").glob("*.py"), folder / "views.py"]
    named = {
        name
        for file in files
        for name in re.findall(
            r'"((?:polls|blogs|groups|live|listening|newsletter|advice|dossiers'
            r'|people|outbox|admin):\w+)"',
            file.read_text("utf-8"),
        )
    }
    assert len(named) > 10
    gone = sorted(name for name in named if not navigation.url_of(name) and name not in WITH_KEY)
    assert gone == []


WITH_KEY = {"polls:desk", "polls:results"}
"""These take the key of a consultation; the tests of the start pages follow them."""
