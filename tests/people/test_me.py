"""My page: what the portal knows, and what people settle themselves."""

import datetime as dt
import json

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.log import log_act
from people.models import Act, Person
from tests.cast import SignIn
from tests.people.queued import addresses, newest_code


def prove(browser: Client, email: str) -> None:
    browser.post(reverse("people:address"), {"email": email})
    browser.post(reverse("people:confirm_address"), {"code": newest_code()})


def test_the_page_and_the_download_say_the_same(sanne: Person, sign_in: SignIn) -> None:
    log_act(sanne, "people.sign_in_means", sanne)
    browser = sign_in(sanne)
    page = browser.get(reverse("people:me")).content.decode()
    answer = browser.post(reverse("people:export"))
    assert "attachment" in answer["Content-Disposition"]
    told = json.loads(answer.content)
    for fact in ("Sanne de Wit", "000101", "sanne.dewit@delinde.example", "Verpleging"):
        assert fact in page
        assert fact in json.dumps(told, ensure_ascii=False)
    assert Act.objects.filter(verb="people.export_own_data").count() == 1


def test_nobody_s_page_tells_of_somebody_else(
    sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    page = sign_in(sanne).get(reverse("people:me")).content.decode()
    assert "Fatima" not in page


def test_the_language_changes_at_once_and_for_the_mails(sanne: Person, sign_in: SignIn) -> None:
    browser = sign_in(sanne)
    browser.post(reverse("people:me"), {"language": "en"})
    sanne.refresh_from_db()
    assert sanne.language == "en"
    assert "What the portal knows about you" in browser.get(reverse("people:me")).content.decode()
    browser.post(reverse("people:me"), {"language": "xx"})
    sanne.refresh_from_db()
    assert sanne.language == "en"


def test_the_switch_at_the_top_is_remembered_too(sanne: Person, sign_in: SignIn) -> None:
    sign_in(sanne).post(reverse("set_language"), {"language": "en", "next": "/"})
    sanne.refresh_from_db()
    assert sanne.language == "en"
    assert Client().post(reverse("set_language"), {"language": "en"}).status_code == 302


def test_an_own_address_counts_once_its_code_was_typed(sanne: Person, sign_in: SignIn) -> None:
    browser = sign_in(sanne)
    browser.post(reverse("people:address"), {"email": "Sanne@Thuis.example"})
    sanne.refresh_from_db()
    assert sanne.email == "sanne.dewit@delinde.example"
    browser.post(reverse("people:confirm_address"), {"code": newest_code().lower()})
    sanne.refresh_from_db()
    assert (sanne.email, sanne.email_is_own) == ("sanne@thuis.example", True)
    assert addresses() == ["sanne@thuis.example", "sanne.dewit@delinde.example"]
    other = Client()
    other.post(reverse("account_request_login_code"), {"email": "sanne@thuis.example"})
    assert addresses()[-1] == "sanne@thuis.example"


@pytest.mark.long
def test_a_wrong_a_late_and_a_sixth_code_do_not_count(sanne: Person, sign_in: SignIn) -> None:
    browser = sign_in(sanne)
    browser.post(reverse("people:address"), {"email": "sanne@thuis.example"})
    code = newest_code()
    for _attempt in range(5):
        browser.post(reverse("people:confirm_address"), {"code": "0000-0000"})
    browser.post(reverse("people:confirm_address"), {"code": code})
    browser.post(reverse("people:address"), {"email": "sanne@thuis.example"})
    late = newest_code()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        browser.post(reverse("people:confirm_address"), {"code": late})
    sanne.refresh_from_db()
    assert not sanne.email_is_own


def test_somebody_else_s_address_gets_no_mail_and_the_page_says_nothing(
    sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    browser = sign_in(sanne)
    taken = browser.post(reverse("people:address"), {"email": fatima.email}, follow=True)
    free = browser.post(reverse("people:address"), {"email": "vrij@thuis.example"}, follow=True)
    assert addresses() == ["vrij@thuis.example"]
    assert taken.redirect_chain == free.redirect_chain


def test_an_address_taken_in_the_meantime_is_refused_and_nothing_changes(
    sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    browser = sign_in(sanne)
    browser.post(reverse("people:address"), {"email": "samen@thuis.example"})
    code = newest_code()
    Person.objects.filter(pk=fatima.pk).update(email="samen@thuis.example")
    answer = browser.post(reverse("people:confirm_address"), {"code": code})
    assert answer["Location"] == reverse("people:address")
    sanne.refresh_from_db()
    assert sanne.email == "sanne.dewit@delinde.example"


def test_an_own_address_can_be_taken_away(omar: Person, sign_in: SignIn) -> None:
    browser = sign_in(omar)
    prove(browser, "omar@thuis.example")
    browser.post(reverse("people:drop_address"))
    omar.refresh_from_db()
    assert (omar.email, omar.email_is_own) == ("", False)


def test_the_staff_list_s_address_is_not_taken_away_by_that(sanne: Person, sign_in: SignIn) -> None:
    sign_in(sanne).post(reverse("people:drop_address"))
    sanne.refresh_from_db()
    assert sanne.email == "sanne.dewit@delinde.example"


def test_the_secretary_does_not_see_an_own_address(
    omar: Person, ineke: Person, sign_in: SignIn
) -> None:
    Person.objects.filter(pk=omar.pk).update(email="omar@thuis.example", email_is_own=True)
    browser = sign_in(ineke)
    for url in (reverse("people:person", args=[omar.key]), reverse("people:people")):
        assert "omar@thuis.example" not in browser.get(url).content.decode()
    found = browser.get(reverse("people:people"), {"q": "thuis.example"}).content.decode()
    assert "Omar" not in found


@pytest.mark.parametrize("here", [True, False])
def test_signing_out_everywhere_ends_every_session(
    sanne: Person, sign_in: SignIn, here: bool
) -> None:
    browser, elsewhere = sign_in(sanne), sign_in(sanne)
    browser.post(reverse("people:sign_out_everywhere"))
    assert (browser if here else elsewhere).get("/").status_code == 302
    assert sign_in(Person.objects.get(pk=sanne.pk)).get("/").status_code == 200
