"""The attack on a whole request: all that answering writes, from the page to the receipt.

The other attacks call the action that casts. Here a browser's requests are made, and the attacker
compares every table, every file beside the database and every line of the log before and after.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from people.models import Person
from polls.actions.codes import print_codes
from polls.models import Elector
from tests.cast import SignIn
from tests.polls.attacker import Row, take_dump
from tests.polls.ballots import make_open, make_people
from tests.polls.test_answering import field

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Het rooster hangt altijd te laat"
LOCKS = ("sys_xmax", "sys_cmin")


class Watch:
    """What changed since it was last asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = self._look()

    def changed(self) -> set[str]:
        """The tables that hold something else, and the files that came, went or changed."""
        before, self._seen = self._seen, self._look()
        names = before.keys() | self._seen.keys()
        return {name for name in names if before.get(name) != self._seen.get(name)}

    def _look(self) -> dict[str, Any]:
        tables: dict[str, Any] = {
            name: [_without_locks(row) for row in rows] for name, rows in take_dump().tables.items()
        }
        files = (path for path in self._folder.rglob("*") if path.is_file())
        return tables | {f"file {path.name}": path.stat().st_mtime_ns for path in files}


def _without_locks(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in LOCKS}


@pytest.fixture
def kept(tmp_path: Path, settings: LazySettings) -> Path:
    """Where the portal without Redis keeps files: what is cached lies there too."""
    backend = "orportal.caching.AtomicFileCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": tmp_path / "cache"}}
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_who_signs_in_and_answers_leaves_a_mark_and_an_envelope(
    fatima: Person,
    sign_in: SignIn,
    kept: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    people = make_people(12)
    consultation = make_open(fatima, "single", "long_text")
    page = consultation.get_absolute_url()
    own = reverse("polls:own_answer", args=[consultation.key])
    client, mine = sign_in(people[3]), Client()
    watch = Watch(kept)
    html = client.get(page).content.decode()
    receipt = field(html, "receipt")
    wrong = {"go": "send", "q1": "c9", "q2": TEXT, "receipt": receipt}
    assert client.post(page, wrong).status_code == 400
    assert watch.changed() == set(), "looking and a mistake leave nothing"
    assert client.post(page, {**wrong, "q1": "c1"}).status_code == 200
    assert watch.changed() == {"polls_elector", "polls_urnentry"}
    mine.post(own, {"code": receipt})
    mine.post(own, {"code": receipt, "go": "change"})
    assert watch.changed() == set(), "reading the own answer leaves nothing"
    for go in ("send", "withdraw"):
        assert mine.post(own, {"code": receipt, "go": go, "q1": "c2"}).status_code == 200
        assert watch.changed() == {"polls_urnentry"}
    again = client.post(page, {**wrong, "q1": "c3", "receipt": ""})
    assert again.status_code == 409
    assert watch.changed() == set(), "a second time leaves nothing"
    _says_nothing(caplog, receipt, people[3])


def test_who_answers_by_code_leaves_a_used_code_and_an_envelope(
    fatima: Person,
    ineke: Person,
    kept: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    make_people(12)
    consultation = make_open(fatima, "single", "long_text")
    sheets = print_codes(consultation, ineke, all_of_them=True)
    printed = [code for sheet in sheets for code in sheet.codes]
    electors = list(Elector.objects.order_by("pk").values())
    for number, name in enumerate(("enter_code", "kiosk")):
        page, code = reverse(f"polls:{name}"), printed[number]
        client, watch = Client(), Watch(kept)
        receipt = field(client.post(page, {"code": code}).content.decode(), "receipt")
        form = {"code": code, "go": "send", "q1": "c9", "q2": TEXT, "receipt": receipt}
        assert client.post(page, form).status_code == 400
        assert watch.changed() == set()
        assert client.post(page, {**form, "q1": "c1"}).status_code == 200
        assert watch.changed() == {"polls_votingcode", "polls_urnentry"}
        _says_nothing(caplog, receipt, code)
    assert list(Elector.objects.order_by("pk").values()) == electors, "no person is touched"


def _says_nothing(caplog: pytest.LogCaptureFixture, receipt: str, who: object) -> None:
    lines = "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    for secret in (TEXT, receipt, receipt.replace("-", ""), str(who)):
        assert secret not in lines
