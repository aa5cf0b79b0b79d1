"""Results as a file: what the page shows and nothing more, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from django.urls import reverse

from people.models import Act, Person
from polls.actions.opening import open_consultation
from polls.disclosure import disclose
from polls.models import Choice, Consultation, Question
from tests.cast import SignIn
from tests.polls.ballots import close, make_consultation, make_people, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(fatima: Person) -> Consultation:
    draft = make_consultation(fatima, "single", breakdown="unit")
    Question.objects.update(text="=1+1 Wat vind je?")
    Choice.objects.filter(code="c1").update(text="@eens")
    people = [*make_people(14, "Zorg"), *make_people(16, "Techniek"), *make_people(3, "Keuken")]
    consultation = open_consultation(draft, fatima)
    for number, person in enumerate(people):
        vote(consultation, person, {"q1": "c1" if number % 2 else "c2"})
    return close(consultation)


def fetch(sign_in: SignIn, person: Person, consultation: Consultation, form: str) -> bytes:
    response = sign_in(person).get(reverse("polls:export", args=[consultation.key, form]))
    assert response.status_code == 200
    return response.getvalue() if response.streaming else bytes(response.content)


def test_csv_holds_the_figures_of_the_page_and_a_codebook(
    sign_in: SignIn, fatima: Person, closed: Consultation
) -> None:
    text = fetch(sign_in, fatima, closed, "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    whole = {row[4]: row[6] for row in rows if row[:1] == [""] and len(row) > 6}
    cells = disclose(closed).questions[0].cells
    assert whole == {cell.code: str(cell.count) for cell in cells}
    assert ["method", "counted", "33"] in rows
    assert "Keuken" not in text
    assert Act.objects.filter(verb="polls.export").count() == 1


def test_csv_holds_no_number_that_a_dutch_spreadsheet_takes_for_a_date(
    sign_in: SignIn, fatima: Person, closed: Consultation
) -> None:
    text = fetch(sign_in, fatima, closed, "csv").decode("utf-8-sig")
    shares = {row[7] for row in csv.reader(io.StringIO(text), delimiter=";") if len(row) > 7}
    assert "0,5152" in shares
    assert not [share for share in shares if "." in share]


def test_the_workbook_reads_without_the_codes(
    sign_in: SignIn, fatima: Person, closed: Consultation
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(fetch(sign_in, fatima, closed, "xlsx")))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    assert head[:2] == ["Uitgesplitst naar", "Groep"]
    assert head[5:8] == ["Antwoord", "Aantal", "Percentage"]
    assert sheet["H2"].number_format == "0%"
    assert "group" not in [row[0].value for row in sheet.iter_rows()]
    assert ("Werkwijze", "Geteld", "33") in book.worksheets[1].iter_rows(values_only=True)


def test_no_cell_is_taken_for_a_formula(
    sign_in: SignIn, fatima: Person, closed: Consultation
) -> None:
    text = fetch(sign_in, fatima, closed, "csv").decode("utf-8-sig")
    found = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert not [cell for cell in found if cell.startswith(("=", "@", "+"))]
    assert "'=1+1 Wat vind je?" in found
    book = openpyxl.load_workbook(io.BytesIO(fetch(sign_in, fatima, closed, "xlsx")))
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f"]


def test_json_holds_every_table_once(sign_in: SignIn, fatima: Person, closed: Consultation) -> None:
    tables = json.loads(fetch(sign_in, fatima, closed, "json"))
    assert set(tables) == {"", "group"}
    assert tables[""]["counted"] == 33
    assert "Keuken" not in json.dumps(tables)


def test_another_form_is_not_there(sign_in: SignIn, fatima: Person, closed: Consultation) -> None:
    url = reverse("polls:export", args=[closed.key, "pdf"])
    assert sign_in(fatima).get(url).status_code == 404
