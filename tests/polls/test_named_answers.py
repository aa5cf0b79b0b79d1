"""Answers under a name: read and exported by those whom the form named, and by nobody else."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Act, Person
from polls.actions.casting import cast_named
from polls.actions.opening import open_consultation
from polls.models import Choice, Consultation, Mode, NamedBallot
from polls.named.files import as_csv
from polls.named.rows import columns_of, rows_of
from polls.questions.loading import schema_of
from tests.cast import SignIn
from tests.polls.ballots import make_consultation, make_open, make_people, vote

pytestmark = pytest.mark.django_db

KINDS = ("single", "multiple", "matrix", "ranking", "number", "short_text", "yes_no", "scale")


def make_signup(reader: Person) -> Consultation:
    draft = make_consultation(reader, *KINDS, mode=Mode.NAMED)
    draft.named_readers.add(reader)
    Choice.objects.filter(question__code="q1", code="c3").update(is_other=True)
    return open_consultation(draft, reader)


@pytest.fixture
def signup(fatima: Person, sanne: Person) -> Consultation:
    consultation = make_signup(fatima)
    cast_named(
        consultation,
        sanne,
        {
            "q1": "c3",
            "q1.other": "=HYPERLINK(1)",
            "q2": ["c1", "c3"],
            "q3": {"r1": "c2"},
            "q4": ["c2", "c1"],
            "q5": 3,
            "q6": "@som",
            "q7": "yes",
            "q8": 4,
        },
    )
    return consultation


def fetch(sign_in: SignIn, person: Person, consultation: Consultation, form: str) -> bytes:
    response = sign_in(person).get(reverse("polls:named_export", args=[consultation.key, form]))
    assert response.status_code == 200
    return bytes(response.getvalue())


EXPECTED = {
    "name": "Sanne de Wit",
    "department": "Verpleging",
    "q1": "c3",
    "q1.other": "'=HYPERLINK(1)",
    "q2=c1": "1",
    "q2=c2": "0",
    "q2=c3": "1",
    "q3:r1": "c2",
    "q3:r2": "",
    "q4=c1": "2",
    "q4=c2": "1",
    "q4=c3": "",
    "q5": "3",
    "q6": "'@som",
    "q7": "yes",
    "q8": "4",
}


def test_csv_has_a_row_for_each_person_and_a_codebook_beside_it(
    sign_in: SignIn, fatima: Person, signup: Consultation
) -> None:
    text = fetch(sign_in, fatima, signup, "csv").decode("utf-8-sig")
    assert list(csv.DictReader(io.StringIO(text), delimiter=";")) == [EXPECTED]
    words = fetch(sign_in, fatima, signup, "codebook").decode("utf-8-sig")
    book = list(csv.DictReader(io.StringIO(words), delimiter=";"))
    explained = {line["column"] for line in book}
    assert explained == set(EXPECTED) - {"name", "department"}
    assert {"column": "q1", "kind": "answer", "text": "c1=Antwoord 1", "code": "c1"} in book


def test_a_workbook_and_json_hold_the_same(
    sign_in: SignIn, fatima: Person, signup: Consultation
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(fetch(sign_in, fatima, signup, "xlsx")))
    head, row = book.worksheets[0].iter_rows(values_only=True)
    shown = {
        str(code): "" if value is None else str(value)
        for code, value in zip(head, row, strict=True)
    }
    assert shown == EXPECTED
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    found = json.loads(fetch(sign_in, fatima, signup, "json"))
    (values,) = found["rows"]
    assert ["" if value is None else str(value) for value in values] == list(EXPECTED.values())
    assert [column["code"] for column in found["columns"]] == list(EXPECTED)[2:]
    assert Act.objects.filter(verb="polls.export_named").count() == 2


def test_the_page_shows_who_answered_what_and_logs_that_it_was_read(
    sign_in: SignIn, fatima: Person, signup: Consultation
) -> None:
    page = sign_in(fatima).get(reverse("polls:named_answers", args=[signup.key])).content.decode()
    assert "Sanne de Wit" in page
    assert "Antwoord 3: =HYPERLINK(1)" in page
    assert Act.objects.filter(verb="polls.read_named", actor_key=fatima.key).count() == 1


@pytest.mark.parametrize("name", ["joris", "ineke", "sanne"])
def test_who_is_not_named_on_the_form_reads_nothing(
    sign_in: SignIn, signup: Consultation, name: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(name)
    for url in (
        reverse("polls:named_answers", args=[signup.key]),
        reverse("polls:named_export", args=[signup.key, "csv"]),
    ):
        assert sign_in(person).get(url).status_code == 403


def test_single_anonymous_answers_leave_in_no_form(
    sign_in: SignIn, fatima: Person, sanne: Person
) -> None:
    make_people(6)
    consultation = make_open(fatima)
    consultation.named_readers.add(fatima)
    vote(consultation, sanne, {"q1": "c1"})
    for form in ("csv", "xlsx", "json", "codebook"):
        url = reverse("polls:named_export", args=[consultation.key, form])
        assert sign_in(fatima).get(url).status_code == 404
    url = reverse("polls:named_answers", args=[consultation.key])
    assert sign_in(fatima).get(url).status_code == 404
    # Not even where rows under a name were there by mistake.
    NamedBallot.objects.create(consultation=consultation, person=sanne, answers={"q1": "c1"})
    assert list(rows_of(consultation, columns_of(schema_of(consultation.questionnaire)))) == []


@pytest.mark.long
def test_a_file_takes_as_much_memory_for_many_as_for_few(fatima: Person) -> None:
    consultation = make_signup(fatima)
    schema = schema_of(consultation.questionnaire)

    def peak(more: int) -> int:
        NamedBallot.objects.bulk_create(
            NamedBallot(consultation=consultation, person=person, answers={"q6": "x" * 200})
            for person in make_people(more)
        )
        tracemalloc.start()
        lines = sum(piece.count("\r\n") for piece in as_csv(consultation, schema))
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert lines == 1 + NamedBallot.objects.count()
        return used

    few = peak(1_000)
    assert peak(3_000) < 1.3 * few


def test_the_page_costs_the_same_for_one_as_for_many(
    sign_in: SignIn, fatima: Person, signup: Consultation
) -> None:
    client, url = sign_in(fatima), reverse("polls:named_answers", args=[signup.key])
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    for person in make_people(12):
        NamedBallot.objects.create(consultation=signup, person=person, answers={"q1": "c1"})
    with CaptureQueriesContext(connection) as after:
        client.get(url)
    assert len(after) == len(before)
