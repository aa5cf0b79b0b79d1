"""My answer by receipt: seen, changed and withdrawn with the code, and with nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person
from polls.actions.casting import read_ballot
from polls.models import Consultation
from tests.polls.ballots import close, make_open, make_people, vote


@pytest.fixture
def consultation(fatima: Person, sanne: Person) -> Consultation:
    """Open: one choice, a text."""
    make_people(20)
    return make_open(fatima, "single", "long_text")


@pytest.fixture
def receipt(consultation: Consultation, sanne: Person) -> str:
    """Sanne's."""
    return vote(consultation, sanne, {"q1": "c2", "q2": "Zo laten"})


def url(consultation: Consultation) -> str:
    return reverse("polls:own_answer", args=[consultation.key])


def test_without_a_code_nothing_is_shown(consultation: Consultation, client: Client) -> None:
    response = client.get(url(consultation))
    assert response.status_code == 200
    assert consultation.title not in response.content.decode()


def test_the_code_shows_the_answers_however_it_is_typed(
    consultation: Consultation, receipt: str, client: Client
) -> None:
    for typed in (receipt, receipt.lower(), f" {receipt[:10]} - {receipt[10:]} "):
        html = client.post(url(consultation), {"code": typed}).content.decode()
        assert "Zo laten" in html
        assert "Antwoord 2" in html


def test_a_mistyped_code_is_told_before_anything_is_looked_up(
    consultation: Consultation, receipt: str, client: Client
) -> None:
    wrong = receipt[:-1] + ("0" if receipt[-1] != "0" else "1")
    response = client.post(url(consultation), {"code": wrong})
    assert response.status_code == 400
    assert wrong in response.content.decode()


def test_the_code_of_another_one_is_unknown_here(
    consultation: Consultation, receipt: str, fatima: Person, client: Client
) -> None:
    other = make_open(fatima)
    response = client.post(url(other), {"code": receipt})
    assert response.status_code == 400


def test_changing(consultation: Consultation, receipt: str, client: Client) -> None:
    form = client.post(url(consultation), {"code": receipt, "go": "change"}).content.decode()
    assert 'value="c2" checked' in form
    assert "Zo laten" in form
    wrong = client.post(
        url(consultation), {"code": receipt, "go": "send", "q1": "c9", "q2": "Anders"}
    )
    assert wrong.status_code == 400
    assert "Anders" in wrong.content.decode()
    done = client.post(url(consultation), {"code": receipt, "go": "send", "q1": "c3"})
    assert done.status_code == 200
    ballot = read_ballot(consultation, receipt)
    assert ballot
    assert ballot.answers == {"q1": "c3"}


def test_withdrawing_and_answering_anew(
    consultation: Consultation, receipt: str, client: Client
) -> None:
    client.post(url(consultation), {"code": receipt, "go": "withdraw"})
    html = client.post(url(consultation), {"code": receipt}).content.decode()
    assert "Zo laten" not in html
    client.post(url(consultation), {"code": receipt, "go": "send", "q1": "c1"})
    ballot = read_ballot(consultation, receipt)
    assert ballot
    assert ballot.answers == {"q1": "c1"}


def test_reading_changes_nothing(consultation: Consultation, receipt: str, client: Client) -> None:
    for go in ("show", "change", "back"):
        client.post(url(consultation), {"code": receipt, "go": go})
    ballot = read_ballot(consultation, receipt)
    assert ballot
    assert ballot.answers == {"q1": "c2", "q2": "Zo laten"}


def test_after_the_counting_a_code_leads_nowhere(
    consultation: Consultation, receipt: str, client: Client
) -> None:
    close(consultation)
    response = client.post(url(consultation), {"code": receipt, "go": "withdraw"})
    assert response.status_code == 400
    assert "Zo laten" not in response.content.decode()


def test_a_code_never_stands_in_an_address(
    consultation: Consultation, receipt: str, client: Client
) -> None:
    response = client.get(url(consultation), {"code": receipt})
    assert "Zo laten" not in response.content.decode()


def test_a_stale_form_is_given_back(consultation: Consultation, receipt: str) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(url(consultation), {"code": receipt, "go": "send", "q1": "c3"})
    assert response.status_code == 403
    assert receipt in response.content.decode()
    ballot = read_ballot(consultation, receipt)
    assert ballot
    assert ballot.answers["q1"] == "c2"


def test_named_answers_have_no_receipt(fatima: Person, client: Client) -> None:
    make_people(10)
    from polls.actions.opening import open_consultation
    from tests.polls.ballots import make_consultation

    named = make_consultation(fatima, mode="named")
    named.named_readers.add(fatima)
    open_consultation(named, fatima)
    assert client.get(url(named)).status_code == 404
