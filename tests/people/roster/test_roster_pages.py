"""The staff list in the browser: upload, preview, import."""

import datetime as dt
import re
from collections.abc import Generator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.models import Act, Person, RosterUpload
from tests.cast import SignIn, make_people, make_person
from tests.people.roster.lists import OMAR, SANNE, as_csv

State = RosterUpload.State


@pytest.fixture(autouse=True)
def _on_the_day() -> Generator[None, None, None]:
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def secretary(ineke: Person, sign_in: SignIn) -> Client:
    return sign_in(ineke)


def upload(client: Client, data: bytes, name: str = "lijst.csv") -> RosterUpload:
    response = client.post(reverse("people:roster"), {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 302, response.content.decode()
    return RosterUpload.objects.latest("pk")


def confirm(client: Client, kept: RosterUpload, **more: str) -> Any:
    page = client.get(kept.get_absolute_url()).content.decode()
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found
    return client.post(
        reverse("people:roster_import", args=[kept.key]), {"digest": found[1], **more}
    )


def test_a_list_goes_from_upload_through_preview_to_the_roster(secretary: Client) -> None:
    kept = upload(secretary, as_csv(SANNE, OMAR, ";Bo;;Bos;;;;;;;"))
    page = secretary.get(kept.get_absolute_url()).content.decode()
    assert "Sanne de Wit" in page
    assert ">4</td>" in page
    assert not Person.objects.filter(staff_number="000101").exists()
    response = confirm(secretary, kept)
    assert response.status_code == 302
    assert Person.objects.filter(staff_number__in=["000101", "000102"]).count() == 2
    done = RosterUpload.objects.get()
    assert (done.state, done.joined, done.unreadable, bytes(done.packed)) == (State.DONE, 2, 1, b"")
    assert secretary.get(kept.get_absolute_url()).status_code == 200


def test_nothing_of_unused_columns_is_kept(secretary: Client) -> None:
    heading = "Personeelsnummer;Achternaam;BSN"
    kept = upload(secretary, as_csv("1;Bos;123456782", heading=heading))
    assert "123456782" not in kept.reading.to_json()


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(secretary: Client) -> None:
    for data in (b"%PDF-1.7", b"", b"a;b\n1;2\n"):
        file = SimpleUploadedFile("lijst.csv", data)
        response = secretary.post(reverse("people:roster"), {"file": file})
        assert response.status_code == 200
        assert 'role="alert"' in response.content.decode()
    assert not RosterUpload.objects.exists()


def test_a_file_over_the_limit_is_refused_unread(secretary: Client) -> None:
    file = SimpleUploadedFile("lijst.csv", b"x" * (20 * 1024 * 1024 + 1))
    response = secretary.post(reverse("people:roster"), {"file": file})
    assert "20 MB" in response.content.decode()


def test_a_roster_that_changed_after_the_preview_is_shown_anew(secretary: Client) -> None:
    kept = upload(secretary, as_csv(SANNE, OMAR))
    page = secretary.get(kept.get_absolute_url()).content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', page)
    assert digest
    newcomer = make_person("Tess", "Vos", email="tess@delinde.example")
    response = secretary.post(
        reverse("people:roster_import", args=[kept.key]), {"digest": digest[1], "right": "on"}
    )
    assert response.status_code == 409
    assert "Tess Vos" in response.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.is_active
    assert not Person.objects.filter(staff_number="000101").exists()


@pytest.mark.parametrize("typed", ["", "9", "alle", "-10", "10 van de 10"])
def test_a_list_by_which_many_leave_asks_for_their_number(secretary: Client, typed: str) -> None:
    make_people(10)
    kept = upload(secretary, as_csv(SANNE))
    refused = confirm(secretary, kept, right="on", leavers=typed)
    assert refused.status_code == 400
    assert "Hoeveel mensen gaan uit dienst?" in refused.content.decode()
    assert Person.objects.constituency().count() == 10
    assert confirm(secretary, kept, leavers="10").status_code == 302
    assert Person.objects.constituency().count() == 1


def test_a_few_leavers_ask_for_nothing_and_a_role_among_them_for_a_tick(
    secretary: Client, fatima: Person
) -> None:
    many = make_people(20)
    rows = [f"{person.staff_number};Medewerker;;{person.family_name};;;;;;;" for person in many]
    kept = upload(secretary, as_csv(*rows))
    page = secretary.get(kept.get_absolute_url()).content.decode()
    assert "leavers" not in page
    assert confirm(secretary, kept).status_code == 400
    assert confirm(secretary, kept, right="on").status_code == 302
    fatima.refresh_from_db()
    assert not fatima.is_active


def test_a_long_preview_is_folded_after_ten_of_a_kind(secretary: Client) -> None:
    make_people(60)
    kept = upload(secretary, as_csv(SANNE))
    page = secretary.get(kept.get_absolute_url()).content.decode()
    assert page.split("<details")[0].count("Medewerker Nummer") <= 10
    assert page.count("niet in de lijst") == 60
    assert page.count("Toon er meer") == 1


def test_a_list_without_one_readable_row_offers_no_import(secretary: Client, sanne: Person) -> None:
    kept = upload(secretary, as_csv("000101;Sanne;de;Wit;geen@adres@hier;;;;;;"))
    page = secretary.get(kept.get_absolute_url()).content.decode()
    assert reverse("people:roster_import", args=[kept.key]) not in page
    refused = secretary.post(
        reverse("people:roster_import", args=[kept.key]), {"digest": "", "right": "on"}
    )
    assert refused.status_code == 400
    assert Person.objects.constituency().get() == sanne


def test_pressing_import_twice_imports_once(secretary: Client) -> None:
    kept = upload(secretary, as_csv(SANNE))
    confirm(secretary, kept)
    again = secretary.post(reverse("people:roster_import", args=[kept.key]), {"digest": "x"})
    assert again.status_code == 302
    assert Act.objects.filter(verb="people.import_roster").count() == 1


def test_a_list_can_be_thrown_away(secretary: Client) -> None:
    kept = upload(secretary, as_csv(SANNE))
    url = reverse("people:roster_discard", args=[kept.key])
    assert secretary.get(url).status_code == 405
    assert secretary.post(url).status_code == 302
    assert not RosterUpload.objects.exists()
    assert secretary.get(kept.get_absolute_url()).status_code == 404


def test_the_download_holds_everybody_and_no_formulas(secretary: Client) -> None:
    rows = [f"{number};=cmd|'/c calc'!A0;;Bos {number};;;;;;;" for number in range(1, 151)]
    kept = upload(secretary, as_csv(*rows))
    response = secretary.get(reverse("people:roster_plan", args=[kept.key]))
    text = response.content.decode("utf-8-sig")
    assert text.count("Bos ") == 150
    assert ";=" not in text
    assert ";'=cmd" in text


def test_only_who_keeps_the_roster_sees_any_of_it(
    sanne: Person,
    fatima: Person,
    joris: Person,
    bakker: Person,
    wim: Person,
    secretary: Client,
    sign_in: SignIn,
) -> None:
    kept = upload(secretary, as_csv(SANNE))
    for person in (sanne, fatima, joris, bakker, wim):
        browser = sign_in(person)
        assert browser.get(reverse("people:roster")).status_code == 403
        assert browser.get(kept.get_absolute_url()).status_code == 403
        assert browser.post(reverse("people:roster_import", args=[kept.key])).status_code == 403


def test_the_preview_stays_quick_to_build_however_long_the_list(
    secretary: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sizes = []
    for count in (300, 3_000):
        kept = upload(
            secretary, as_csv(*(f"{n};Bo;;Bos {n};;Zorg {n % 20};;;;;" for n in range(count)))
        )
        with django_assert_max_num_queries(12):
            sizes.append(len(secretary.get(kept.get_absolute_url()).content))
    assert sizes[1] < sizes[0] * 1.1


def test_people_are_found_by_name_number_and_address(secretary: Client, sanne: Person) -> None:
    make_people(3)
    for words in ("sanne wit", "000101", "dewit@"):
        page = secretary.get(reverse("people:people"), {"q": words}).content.decode()
        assert "Sanne de Wit" in page
        assert "Medewerker" not in page
    assert "Nummer" in secretary.get(reverse("people:people")).content.decode()
