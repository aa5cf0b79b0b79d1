"""Sign-in holds off whoever tries too often, per account and per address of the network."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from people.models import Person
from tests.people.queued import addresses

PASSWORD = "vier-woorden-op-een-rij"


def try_password(login: str, password: str = "mis", **headers: str) -> str:
    client = Client(headers=headers)
    answer = client.post(reverse("account_login"), {"login": login, "password": password})
    if answer.status_code == 429:
        return "held off"
    if answer.status_code == 302:
        return "in"
    return "held off" if "vijf minuten" in answer.content.decode() else "refused"


def test_five_wrong_passwords_close_the_account_to_passwords_for_a_while(sanne: Person) -> None:
    sanne.set_password(PASSWORD)
    sanne.save()
    assert [try_password(sanne.email) for _attempt in range(6)] == ["refused"] * 5 + ["held off"]
    assert try_password(sanne.email, PASSWORD) == "held off"


def test_an_unknown_account_is_held_off_just_the_same(db: None) -> None:
    tries = [try_password("niemand@delinde.example") for _attempt in range(6)]
    assert tries == ["refused"] * 5 + ["held off"]


def test_a_right_password_is_not_counted(sanne: Person) -> None:
    sanne.set_password(PASSWORD)
    sanne.save()
    assert [try_password(sanne.email, PASSWORD) for _attempt in range(8)] == ["in"] * 8


def test_nobody_is_mailed_more_than_three_codes_a_minute(sanne: Person) -> None:
    for _attempt in range(5):
        Client().post(reverse("account_request_login_code"), {"email": sanne.email})
    assert addresses() == [sanne.email] * 3


def test_one_place_that_tries_many_accounts_is_held_off(db: None, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/m/ip"}
    tries = [try_password(f"iemand{number}@delinde.example") for number in range(5)]
    assert tries == ["refused"] * 3 + ["held off"] * 2


@pytest.mark.long
@pytest.mark.parametrize(("proxies", "held_off"), [(0, True), (1, False)])
def test_a_forwarded_address_is_believed_only_of_a_proxy_of_ours(
    db: None, settings: Settings, proxies: int, held_off: bool
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/m/ip"}
    tries = [
        try_password(f"iemand{number}@delinde.example", **{"x-forwarded-for": f"10.0.0.{number}"})
        for number in range(5)
    ]
    assert ("held off" in tries) is held_off


def test_what_a_visitor_puts_before_our_proxy_s_word_is_not_believed(
    db: None, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/m/ip"}
    tries = [
        try_password(
            f"iemand{number}@delinde.example", **{"x-forwarded-for": f"10.0.0.{number}, 192.0.2.7"}
        )
        for number in range(5)
    ]
    assert "held off" in tries


def test_codes_on_paper_are_not_tried_at_length(db: None, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "activation_code": "3/m/ip"}
    tries = [
        Client().post(reverse("activation:enter"), {"code": "x"}).status_code for _try in range(5)
    ]
    assert tries == [200, 200, 200, 429, 429]


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_many_who_try_at_once_get_hardly_more_tries_than_one(
    sanne: Person, settings: Settings
) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "orportal.caching.AtomicFileCache",
            "LOCATION": settings.VAR_DIR / "race-cache",
        }
    }
    outcomes: list[str] = []
    ready = threading.Barrier(12)

    def attempt() -> None:
        try:
            ready.wait()
            outcomes.append(try_password(sanne.email))
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cache.clear()
    assert outcomes.count("refused") <= 6
