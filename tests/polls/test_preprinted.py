"""Pages made once and filled in for each person: what is filled in, and when another is made."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from people.models import Person
from polls.actions.questionnaires import raise_revision
from polls.models import Consultation, Question, Wording
from polls.questions.loading import schema_of
from polls.views import preprinted
from tests.cast import SignIn
from tests.polls.ballots import make_open, make_people

pytestmark = pytest.mark.django_db

RECEIPT = re.compile(r'name="receipt" value="([0-9A-Z]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
OPENING_TAKES = 2
"""Session with person and roles; consultation with questionnaire, door and invitation."""


@pytest.fixture
def survey(fatima: Person, sanne: Person, omar: Person) -> Consultation:
    preprinted._kept.clear()  # pages of other tests, in whatever language those were
    make_people(20)
    return make_open(fatima, "single", "long_text", background=True)


def read(client: Client, survey: Consultation, **extra: str) -> str:
    response = client.get(survey.get_absolute_url(), headers=extra)
    assert response.status_code == 200
    return response.content.decode()


def kept() -> str:
    """All that the process keeps of pages."""
    pieces = [piece for page in preprinted._kept.values() for piece in page]
    return b"".join(piece for piece in pieces if isinstance(piece, bytes)).decode()


def test_two_people_get_the_same_page_but_for_token_and_receipt(
    survey: Consultation, sanne: Person, omar: Person, sign_in: SignIn
) -> None:
    pages = [read(sign_in(person), survey) for person in (sanne, omar)]
    for secret in (RECEIPT, TOKEN):
        found = [secret.findall(page)[0] for page in pages]
        assert found[0] != found[1]
        pages = [page.replace(own, "") for page, own in zip(pages, found, strict=True)]
    assert pages[0] == pages[1]


def test_a_fresh_receipt_and_token_each_time(
    survey: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    client = sign_in(sanne)
    first, second = read(client, survey), read(client, survey)
    assert RECEIPT.findall(first) != RECEIPT.findall(second)
    assert TOKEN.findall(first) != TOKEN.findall(second)


def test_nothing_of_anybody_is_kept(survey: Consultation, sanne: Person, sign_in: SignIn) -> None:
    client = sign_in(sanne)
    page = read(client, survey)
    form = {"q1": "c1", "age": "b1", "q2": "geheim antwoord", "go": "send"}
    receipt = RECEIPT.findall(page)[0]
    done = client.post(survey.get_absolute_url(), {**form, "receipt": receipt}).content.decode()
    assert receipt[:4] in done
    held = kept()
    assert "Nieuwe roosters" in held
    secret = client.cookies["csrftoken"].value
    session = client.cookies["sessionid"].value
    own = (receipt[:4] + "-", TOKEN.findall(page)[0], sanne.given_name, sanne.family_name)
    for mark in (*own, receipt, secret, session, "geheim antwoord"):
        assert mark not in held


def test_what_was_typed_is_shown_to_who_typed_it_only(
    survey: Consultation, sanne: Person, omar: Person, sign_in: SignIn
) -> None:
    Question.objects.filter(code="q1").update(required=True)
    raise_revision(survey.questionnaire)
    wrong = {"q2": "half getypt", "go": "send"}
    answered = sign_in(sanne).post(survey.get_absolute_url(), wrong)
    assert answered.status_code == 400
    assert "half getypt" in answered.content.decode()
    assert "half getypt" not in read(sign_in(omar), survey) + kept()


def test_a_corrected_question_is_on_the_next_page(
    survey: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    client = sign_in(sanne)
    assert "Vraag q1?" in read(client, survey)
    Question.objects.filter(code="q1").update(text="Wat vind je ervan?")
    raise_revision(survey.questionnaire)
    page = read(client, survey)
    assert "Wat vind je ervan?" in page
    assert "Vraag q1?" not in page


def test_an_extended_closing_time_is_on_the_next_page(
    survey: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    client = sign_in(sanne)
    before = read(client, survey)
    closes = survey.closes_at or dt.datetime.now(dt.UTC)
    Consultation.objects.filter(pk=survey.pk).update(closes_at=closes + dt.timedelta(days=3))
    words = re.compile(r"Open tot ([^<]+)")
    assert words.findall(before) != words.findall(read(client, survey))


def test_each_language_has_its_page(survey: Consultation, sanne: Person, sign_in: SignIn) -> None:
    survey.questionnaire.languages = ["en"]
    survey.questionnaire.save()
    Wording.objects.create(
        questionnaire=survey.questionnaire, language="en", ref="question:q1:text", text="Q one?"
    )
    raise_revision(survey.questionnaire)
    client, url = sign_in(sanne), survey.get_absolute_url()
    for _again in range(2):
        assert "Vraag q1?" in client.get(url, {"taal": "nl"}).content.decode()
        assert "Q one?" in client.get(url, {"taal": "en"}).content.decode()


def test_the_chosen_look_is_on_the_page(
    survey: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    client = sign_in(sanne)
    assert "data-bs-theme" not in read(client, survey)
    client.cookies["theme"] = "dark"
    assert 'data-bs-theme="dark"' in read(client, survey)
    client.cookies["theme"] = "purple"
    assert "data-bs-theme" not in read(client, survey)


def test_the_name_of_the_council_is_not_kept(
    survey: Consultation, sanne: Person, sign_in: SignIn, settings: Settings
) -> None:
    client = sign_in(sanne)
    assert "Centrale OR" not in read(client, survey)
    settings.COUNCIL_NAME = "Centrale OR"
    assert "Centrale OR" in read(client, survey)


def test_a_message_that_waits_is_shown_once(survey: Consultation, sanne: Person) -> None:
    request = RequestFactory().get("/")
    request.session, request.user = {}, sanne  # type: ignore[assignment]
    storage = default_storage(request)
    request._messages = storage  # type: ignore[attr-defined]
    assert "Welkom terug" not in print_page(request, survey).content.decode()
    messages.info(request, "Welkom terug")
    assert "Welkom terug" in print_page(request, survey).content.decode()
    assert "Welkom terug" not in kept()


def print_page(request: HttpRequest, survey: Consultation) -> HttpResponse:
    schema = schema_of(survey.questionnaire)
    context = {"heading": "Dank je", "consultation": survey, "schema": schema}
    return preprinted.fill(request, "polls/thanks.html", survey, schema, lambda: context)


def test_opening_takes_two_queries_whatever_is_asked_and_of_whom(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    taken = []
    for people, kinds in ((8, ["single"]), (40, ["single", "matrix"] * 10)):
        make_people(people)
        opened = make_open(fatima, *kinds)
        client = sign_in(sanne)
        read(client, opened)
        with CaptureQueriesContext(connection) as queries:
            read(client, opened)
        taken.append(len(queries))
    assert taken == [OPENING_TAKES, OPENING_TAKES]


def test_no_answer_in_an_address_is_listened_to_or_written(
    survey: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    client = sign_in(sanne)
    plain = read(client, survey)
    asked = client.get(survey.get_absolute_url(), {"q1": "c2", "keuze": "c2"}).content.decode()
    for secret in (RECEIPT, TOKEN, re.compile(r'"x-csrftoken": "\w+"')):
        plain, asked = secret.sub("", plain), secret.sub("", asked)
    assert asked == plain
    assert not survey.electors.filter(took_part=True).exists()
