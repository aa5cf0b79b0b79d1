"""Light or dark: remembered in a cookie, with and without script."""

import pytest
from django.test import Client


def test_the_device_decides_until_somebody_chooses(client: Client) -> None:
    assert "data-bs-theme" not in client.get("/vertrouwen/").content.decode().split(">", 2)[1]


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_choice_is_remembered_and_leads_back(client: Client, choice: str) -> None:
    response = client.post("/weergave/", {"theme": choice, "next": "/huisregels/"})
    assert response.status_code == 302
    assert response["Location"] == "/huisregels/"
    assert f'data-bs-theme="{choice}"' in client.get("/huisregels/").content.decode()


def test_following_the_device_again_forgets_the_choice(client: Client) -> None:
    client.post("/weergave/", {"theme": "dark"})
    client.post("/weergave/", {"theme": "system"})
    assert "data-bs-theme" not in client.get("/huisregels/").content.decode()


def test_a_made_up_cookie_is_not_written_into_the_page(client: Client) -> None:
    client.cookies["theme"] = 'dark"><b>'
    assert "data-bs-theme" not in client.get("/huisregels/").content.decode()


def test_it_never_leads_to_another_site(client: Client) -> None:
    response = client.post("/weergave/", {"theme": "dark", "next": "https://elders.example/"})
    assert response["Location"] == "/"


def test_looking_changes_nothing(client: Client) -> None:
    assert client.get("/weergave/").status_code == 405
