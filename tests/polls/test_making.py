"""Making a poll in a minute and an open question: one page, one button."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from people.models import Person, Selection
from polls.models import Consultation, ConsultationKind, State
from polls.questions.loading import schema_of
from polls.questions.schema import Kind
from tests.cast import SignIn, make_person, make_unit
from tests.polls.ballots import make_people

NEXT_WEEK = (timezone.localtime() + dt.timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")


def form(**changes: Any) -> dict[str, Any]:
    """A poll as a council member fills it in."""
    return {
        "text": "Welke begintijd past jou het best?",
        "kind": "single",
        "answers": "6.45 uur\n7.00 uur\n\n 7.00 uur \n7.15 uur",
        "audience": "everyone",
        "mode": "anonymous",
        "closes_at": NEXT_WEEK,
        "breakdown": "unit",
        "joiners": "left_out",
        "shows_response": "on",
        "go": "open",
        **changes,
    }


@pytest.fixture
def client(fatima: Person, sign_in: SignIn) -> Client:
    """A council member's browser, in an organisation of some size."""
    make_people(20)
    return sign_in(fatima)


def made() -> Consultation:
    """The one that was made."""
    return Consultation.objects.get()


def test_one_page_makes_and_opens_a_poll(client: Client) -> None:
    assert client.get(reverse("polls:new_poll")).status_code == 200
    response = client.post(reverse("polls:new_poll"), form())
    assert response["Location"] == reverse("polls:desk", args=[made().key])
    assert made().state == State.OPEN
    assert made().kind == ConsultationKind.POLL
    assert made().electorate_size == 21
    (question,) = schema_of(made().questionnaire)
    assert question.kind is Kind.SINGLE
    assert [choice.text for choice in question.choices] == ["6.45 uur", "7.00 uur", "7.15 uur"]
    assert question.required


def test_a_draft_asks_nobody(client: Client) -> None:
    client.post(reverse("polls:new_poll"), form(go="draft"))
    assert made().state == State.DRAFT
    assert made().electors.count() == 0


def test_other_namely_comes_last(client: Client) -> None:
    client.post(reverse("polls:new_poll"), form(has_other="on"))
    (question,) = schema_of(made().questionnaire)
    assert question.other == question.choices[-1]


@pytest.mark.parametrize("kind", ["yes_no", "scale"])
def test_kinds_that_need_no_list(kind: str, client: Client) -> None:
    client.post(reverse("polls:new_poll"), form(kind=kind, answers=""))
    (question,) = schema_of(made().questionnaire)
    assert question.kind == kind


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"answers": "Maar één"},
        {"answers": "\n".join(map(str, range(31)))},
        {"answers": "kort\n" + "x" * 301},
        {"closes_at": "2020-01-01T12:00"},
        {"closes_at": "morgen"},
        {"audience": "chosen"},
        {"mode": "named"},
        {"opens_at": NEXT_WEEK},
        {"kind": "sms"},
    ],
)
def test_a_mistake_makes_nothing_and_loses_nothing(wrong: dict[str, Any], client: Client) -> None:
    typed = form(**wrong)
    response = client.post(reverse("polls:new_poll"), typed)
    html = response.content.decode()
    assert response.status_code == 400
    assert Consultation.objects.count() == 0
    assert 'id="error-summary"' in html
    assert typed["text"] in html
    assert typed["answers"].split("\n")[0] in html


def test_a_chosen_audience(client: Client) -> None:
    care, kitchen = make_unit("Verpleging"), make_unit("Keuken")
    make_people(9, unit="Keuken")
    client.post(reverse("polls:new_poll"), form(audience="chosen", units=[kitchen.pk]))
    assert made().electorate_size == 9
    assert care not in made().units.all()


def test_everyone_forgets_a_choice_that_was_ticked_before(client: Client) -> None:
    client.post(reverse("polls:new_poll"), form(units=[make_unit("Keuken").pk]))
    assert made().units.count() == 0


def test_a_saved_selection_as_audience(client: Client) -> None:
    page = client.get(reverse("polls:new_poll")).content.decode()
    assert "Een bewaarde selectie" not in page, "there is none to choose"
    for number in range(6):
        make_person(f"Nacht{number}", shift="nacht")
    kept = Selection.objects.create(name="Nachtdienst", shifts=["nacht"])
    page = client.get(reverse("polls:new_poll")).content.decode()
    assert "Een bewaarde selectie" in page
    answer = client.post(reverse("polls:new_poll"), form(audience="saved"))
    assert answer.status_code == 400
    assert "Kies welke selectie." in answer.content.decode()
    client.post(reverse("polls:new_poll"), form(audience="saved", selection=kept.pk))
    made = Consultation.objects.get()
    assert made.selection == kept
    assert made.electorate_size == 6


def test_a_selection_that_was_left_again_does_not_narrow(client: Client) -> None:
    make_people(8)
    kept = Selection.objects.create(name="Nachtdienst", shifts=["nacht"])
    client.post(reverse("polls:new_poll"), form(audience="everyone", selection=kept.pk))
    assert Consultation.objects.get().selection is None


def test_too_small_an_audience_is_refused_with_the_reason_and_keeps_the_form(
    client: Client,
) -> None:
    make_people(3, unit="Keuken")
    response = client.post(
        reverse("polls:new_poll"), form(audience="chosen", units=[make_unit("Keuken").pk])
    )
    assert response.status_code == 400
    assert "7.15 uur" in response.content.decode()
    assert Consultation.objects.count() == 0


def test_opening_later(client: Client) -> None:
    soon = (timezone.localtime() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    client.post(reverse("polls:new_poll"), form(opens_at=soon))
    assert made().state == State.SCHEDULED


def test_an_open_question(client: Client) -> None:
    client.post(
        reverse("polls:new_open_question"),
        form(text="Wat maakt jouw dag lichter?", explanation="Alles mag.", ask_quote="on"),
    )
    assert made().kind == ConsultationKind.OPEN_QUESTION
    (question,) = schema_of(made().questionnaire)
    assert question.kind is Kind.LONG_TEXT
    assert question.help_text == "Alles mag."
    assert question.settings.ask_quote


def test_a_dossier_under_secrecy_is_not_offered(client: Client, fatima: Person) -> None:
    from dossiers.models import Secrecy

    secret = Dossier.objects.create(title="Geheim plan", opened_by=fatima)
    Secrecy.objects.create(dossier=secret, imposed_by="bestuurder", scope="alles")
    free = Dossier.objects.create(title="Nieuwe roosters", opened_by=fatima)
    html = client.get(reverse("polls:new_poll")).content.decode()
    assert "Nieuwe roosters" in html
    assert "Geheim plan" not in html
    assert client.post(reverse("polls:new_poll"), form(dossier=secret.pk)).status_code == 400
    client.post(reverse("polls:new_poll"), form(dossier=free.pk))
    assert made().dossier == free
