"""An empty portal is set up once, by who reads the code in the terminal."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from orportal.founding.code import issue_code
from orportal.keys import local_names
from people.models import Person
from people.rules import is_chair

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty(settings: Settings, tmp_path: Path) -> Path:
    """A real portal on one machine that knows nobody."""
    settings.EMBEDDED, settings.VAR_DIR = True, tmp_path
    return tmp_path


def typed(code: str, /, **changes: str) -> dict[str, str]:
    return {
        "code": code,
        "organisation": "Woonzorg Het Anker",
        "council": "OR",
        "given_name": "Joris",
        "infix": "van den",
        "family_name": "Berg",
        "email": "joris@anker.example",
        "role": "chair",
        "password": "vier gele fietsen buiten",
        **changes,
    }


def test_the_first_of_the_council_sets_it_up_and_signs_in(empty: Path, client: Client) -> None:
    code = issue_code()
    assert client.get(reverse("founding")).status_code == 200
    response = client.post(reverse("founding"), typed(code.lower().replace("-", " ")))
    assert response.status_code == 200
    joris = Person.objects.get()
    assert is_chair(joris)
    assert local_names(empty) == {"ORGANISATION_NAME": "Woonzorg Het Anker", "COUNCIL_NAME": "OR"}
    client.post(
        reverse("account_login"),
        {"login": "joris@anker.example", "password": "vier gele fietsen buiten"},
    )
    assert client.get(reverse("start")).status_code == 200


def test_it_is_gone_once_there_is_anybody(empty: Path, client: Client) -> None:
    code = issue_code()
    client.post(reverse("founding"), typed(code))
    assert client.get(reverse("founding")).status_code == 404
    again = client.post(reverse("founding"), typed(code, email="other@anker.example"))
    assert again.status_code == 404
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "0000-0000-0000"}, "code"),
        ({"code": "zomaar iets"}, "code"),
        ({"code": ""}, "code"),
        ({"email": "geen adres"}, "email"),
        ({"password": "kort"}, "password"),
        ({"role": "director"}, "role"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    empty: Path, client: Client, changes: dict[str, str], field: str
) -> None:
    response = client.post(reverse("founding"), typed(issue_code(), **changes))
    assert response.status_code == 400
    assert field in response.context["form"].errors
    assert "Woonzorg Het Anker" in response.content.decode()
    assert not Person.objects.exists()


def test_an_earlier_code_stops_working(empty: Path, client: Client) -> None:
    earlier, _later = issue_code(), issue_code()
    assert client.post(reverse("founding"), typed(earlier)).status_code == 400


def test_a_name_cannot_write_another_line(empty: Path, client: Client) -> None:
    client.post(reverse("founding"), typed(issue_code(), organisation="Anker\nSECRET_KEY=x"))
    assert local_names(empty)["ORGANISATION_NAME"] == "Anker SECRET_KEY=x"


def test_only_an_embedded_portal_is_set_up_here(client: Client, settings: Settings) -> None:
    assert client.get(reverse("founding")).status_code == 404
    settings.EMBEDDED = settings.DEMO = True
    assert client.get(reverse("founding")).status_code == 404
