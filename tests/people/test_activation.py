"""Codes on paper: printed by the secretary, typed once by who got the letter."""

import datetime as dt
import io
import re
import threading

import pypdf
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import actions, tasks
from people.codes import grouped
from people.letters.printing import CodeLetter, letters_as_pdf
from people.models import Act, ActivationCode, Person, Session
from people.sign_in.sessions import SessionStore
from tests.cast import SignIn, make_person
from tests.people.queued import addresses, newest_code

ENTER, CHOOSE = "activation:enter", "activation:choose"
PASSWORD = "vier-woorden-op-een-rij"


def code_for(person: Person, by: Person) -> str:
    (letter,) = actions.make_codes([person], by, person)
    return letter.code


def activate(client: Client, code: str, **more: str) -> int:
    client.post(reverse(ENTER), {"code": code})
    answer = client.post(
        reverse(CHOOSE), {"password": PASSWORD, "again": PASSWORD, "email": "", **more}
    )
    return answer.status_code


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_letter_leads_to_a_password_and_in(client: Client, omar: Person, ineke: Person) -> None:
    code = code_for(omar, ineke)
    page = client.post(reverse(ENTER), {"code": grouped(code).lower()}, follow=True)
    assert "Omar" in page.content.decode()
    assert "000102" in page.content.decode()
    assert activate(client, code) == 302
    assert is_in(client)
    other = Client()
    other.post(reverse("account_login"), {"login": "102", "password": PASSWORD})
    assert is_in(other)


def test_a_code_works_once(omar: Person, ineke: Person) -> None:
    code = code_for(omar, ineke)
    activate(Client(), code)
    second = Client()
    page = second.post(reverse(ENTER), {"code": code})
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert second.get(reverse(CHOOSE)).status_code == 302


def test_only_the_hash_of_a_code_is_kept(omar: Person, ineke: Person) -> None:
    code = code_for(omar, ineke)
    row = ActivationCode.objects.values().get()
    assert code not in str(row)
    assert row["code_hash"] != code


def test_a_new_letter_ends_the_old_one(client: Client, omar: Person, ineke: Person) -> None:
    old, new = code_for(omar, ineke), code_for(omar, ineke)
    activate(client, old)
    assert not is_in(client)
    activate(client, new)
    assert is_in(client)


def test_a_withdrawn_code_an_old_code_and_that_of_who_left_no_longer_work(
    omar: Person, ineke: Person
) -> None:
    withdrawn = code_for(omar, ineke)
    assert actions.revoke_codes(omar, ineke)
    old = code_for(make_person(email=""), ineke)
    gone = make_person(email="")
    of_gone = code_for(gone, ineke)
    Person.objects.filter(pk=gone.pk).update(left_on=timezone.localdate())
    assert actions.find_code(withdrawn) is None
    assert actions.find_code(of_gone) is None
    assert actions.find_code(old) is not None
    with time_machine.travel(timezone.now() + dt.timedelta(days=61)):
        assert actions.find_code(old) is None


def test_a_code_that_ends_while_the_password_is_typed_does_not_let_in(
    client: Client, omar: Person, ineke: Person
) -> None:
    code = code_for(omar, ineke)
    client.post(reverse(ENTER), {"code": code})
    actions.revoke_codes(omar, ineke)
    answer = client.post(reverse(CHOOSE), {"password": PASSWORD, "again": PASSWORD})
    assert answer["Location"] == reverse(ENTER)
    assert not is_in(client)


@pytest.mark.parametrize("typed", ["", "ABCD", "AAAA-AAAA-AAAB", "x" * 200, "0000 0000 0001"])
def test_a_mistype_is_told_to_be_one(client: Client, db: None, typed: str) -> None:
    page = client.post(reverse(ENTER), {"code": typed})
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()


@pytest.mark.parametrize(
    ("password", "again"),
    [("kort", "kort"), (PASSWORD, "iets anders hier"), ("1234567890", "1234567890")],
)
def test_a_weak_or_torn_password_is_refused_and_spends_nothing(
    client: Client, omar: Person, ineke: Person, password: str, again: str
) -> None:
    client.post(reverse(ENTER), {"code": code_for(omar, ineke)})
    page = client.post(reverse(CHOOSE), {"password": password, "again": again})
    assert page.status_code == 200
    assert ActivationCode.objects.usable().exists()


def test_an_address_given_along_is_used_once_proved(
    client: Client, omar: Person, ineke: Person
) -> None:
    client.post(reverse(ENTER), {"code": code_for(omar, ineke)})
    answer = client.post(
        reverse(CHOOSE),
        {"password": PASSWORD, "again": PASSWORD, "email": "Omar@Thuis.example"},
    )
    assert answer["Location"] == reverse("people:confirm_address")
    assert addresses() == ["omar@thuis.example"]
    omar.refresh_from_db()
    assert omar.email == ""
    client.post(reverse("people:confirm_address"), {"code": newest_code()})
    omar.refresh_from_db()
    assert (omar.email, omar.email_is_own) == ("omar@thuis.example", True)


def test_letters_come_as_an_accessible_pdf_for_who_has_no_mail_and_never_came_in(
    ineke: Person, omar: Person, sanne: Person, sign_in: SignIn
) -> None:
    make_person("Ria", "Blok", email="", unit="Facilitair")
    came_in = make_person("Bo", "Bos", email="", unit="Facilitair")
    came_in.set_password(PASSWORD)
    came_in.save()
    make_person("Tom", "Kok", unit="Facilitair")
    assert omar.unit is not None
    response = sign_in(ineke).post(reverse("people:print_codes"), {"unit": omar.unit.pk})
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    pdf = pypdf.PdfReader(io.BytesIO(response.content))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert len(pdf.pages) == 2
    assert "Omar Haddad" in text
    assert "Ria Blok" in text
    assert "Bo Bos" not in text
    assert b"/Marked true" in response.content
    assert str(pdf.root_object["/Lang"]) == "nl"
    width, height = pdf.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (595, 842)
    printed = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    assert printed
    assert actions.find_code(printed[0]) is not None
    assert Act.objects.get(verb="people.print_codes").object_type == "people.unit"


def test_a_letter_speaks_the_language_of_who_gets_it(omar: Person) -> None:
    reader = make_person("Ria", "Blok", email="", language="en")
    today = dt.date(2026, 11, 23)
    pdf = letters_as_pdf([CodeLetter(omar, "0" * 12), CodeLetter(reader, "0" * 12)], today, today)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert "Beste" in pages[0]
    assert "Dear" in pages[1]


@pytest.mark.django_db(transaction=True)
def test_two_who_use_one_code_at_once_do_not_both_come_in(omar: Person, ineke: Person) -> None:
    code = actions.find_code(code_for(omar, ineke))
    assert code is not None
    came_in: list[bool] = []
    ready = threading.Barrier(2)

    def use(password: str) -> None:
        try:
            ready.wait()
            came_in.append(actions.use_code(code, password) is not None)
        finally:
            connection.close()

    threads = [threading.Thread(target=use, args=(f"wachtwoord nummer {n}",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came_in) == [False, True]


def test_what_ended_is_forgotten_and_what_still_works_is_kept(omar: Person, ineke: Person) -> None:
    code_for(omar, ineke)
    code_for(omar, ineke)
    session = SessionStore()
    session["x"] = 1
    session.save()
    tasks.forget()
    assert (ActivationCode.objects.count(), Session.objects.count()) == (2, 1)
    with time_machine.travel(timezone.now() + dt.timedelta(days=32)):
        tasks.forget()
    assert ActivationCode.objects.get() in ActivationCode.objects.usable()
    assert not Session.objects.exists()
