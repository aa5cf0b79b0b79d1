"""Paper forms: typed in twice, compared field by field, one ballot in the same urn, no trace."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from people.models import Person
from polls.actions.codes import print_again, print_codes
from polls.actions.opening import open_consultation
from polls.actions.papers import PaperForm, first_reading
from polls.models import Consultation, Elector, PaperEntry, Question, UrnEntry, VotingCode
from polls.questions.schema import Answers
from polls.receipts import read_voting_code, voting_code_hash
from polls.urn import BrokenSeal, paper_place, unseal, urn_place
from tests.cast import SignIn
from tests.polls.ballots import close, make_consultation, make_open, make_people, vote

pytestmark = pytest.mark.django_db

FILLED = {
    "q1": "c1",
    "q2": ["c1", "c2"],
    "q3.r1": "c1",
    "q3.r2": "c3",
    "q4": "Mijn eigen verhaal",
}


@pytest.fixture
def consultation(fatima: Person, omar: Person) -> Consultation:
    """Open, with a required question; Omar has no address."""
    make_people(18)
    draft = make_consultation(fatima, "single", "multiple", "matrix", "long_text")
    Question.objects.filter(code="q1").update(required=True)
    return open_consultation(draft, fatima)


@pytest.fixture
def code(consultation: Consultation, ineke: Person) -> str:
    """On the form that Omar filled in."""
    (printed,) = print_codes(consultation, ineke)
    return printed.codes[0]


@pytest.fixture
def desk(sign_in: SignIn, ineke: Person) -> Client:
    """The secretary's browser."""
    return sign_in(ineke)


def url(consultation: Consultation) -> str:
    return reverse("polls:enter_paper", args=[consultation.key])


def enter(client: Client, consultation: Consultation, code: str, **words: object) -> Any:
    return client.post(url(consultation), {"code": code, "go": "send", **words})


def in_urn(consultation: Consultation) -> list[Answers]:
    rows = UrnEntry.objects.filter(consultation=consultation)
    return [unseal(consultation.key, urn_place(r.lookup), r.sealed).answers for r in rows]


def test_two_equal_entries_make_one_ballot_and_nothing_else_stays(
    desk: Client, consultation: Consultation, code: str
) -> None:
    asked = desk.post(url(consultation), {"code": code}).content.decode()
    assert "eerste keer" in asked
    enter(desk, consultation, code, **FILLED)
    assert (PaperEntry.objects.count(), UrnEntry.objects.count()) == (1, 0)
    again = desk.post(url(consultation), {"code": code}).content.decode()
    assert "tweede keer" in again
    assert "Mijn eigen verhaal" not in again
    enter(desk, consultation, code, **FILLED)
    (answers,) = in_urn(consultation)
    assert answers == {
        "q1": "c1",
        "q2": ["c1", "c2"],
        "q3": {"r1": "c1", "r2": "c3"},
        "q4": "Mijn eigen verhaal",
    }
    assert not PaperEntry.objects.exists()
    assert VotingCode.objects.get().used
    page = desk.get(url(consultation)).content.decode()
    assert "<dd>1</dd>" in page
    assert enter(desk, consultation, code, **FILLED).status_code == 409
    assert UrnEntry.objects.count() == 1


def test_what_was_typed_once_opens_only_with_the_code_on_the_paper(
    desk: Client, consultation: Consultation, code: str
) -> None:
    enter(desk, consultation, code, **FILLED)
    (row,) = PaperEntry.objects.all()
    place = paper_place(row.lookup)
    plain = read_voting_code(code)
    assert unseal(consultation.key, place, row.sealed, code=plain).answers["q1"] == "c1"
    for other in ("", "7QK293HDM0VB", voting_code_hash(plain)):
        with pytest.raises(BrokenSeal):
            unseal(consultation.key, place, row.sealed, code=other)
    assert row.lookup not in {code.code_hash for code in VotingCode.objects.all()}
    envelope = consultation.envelope_size + 28
    assert len(row.sealed) == envelope
    fields = {field.name for field in PaperEntry._meta.get_fields()}
    assert fields == {"id", "consultation", "lookup", "sealed"}


def test_differences_are_shown_field_by_field_and_settled(
    desk: Client, consultation: Consultation, code: str
) -> None:
    enter(desk, consultation, code, **FILLED)
    second = {**FILLED, "q1": "c2", "q3.r2": "c1", "q4": "Mijn eigen verhaal."}
    shown = enter(desk, consultation, code, **second)
    page = shown.content.decode()
    for name in ("q1", "q3.r2", "q4"):
        assert f'name="keuze-{name}"' in page
    assert 'name="keuze-q2"' not in page
    assert 'name="keuze-q3.r1"' not in page
    assert (UrnEntry.objects.count(), PaperEntry.objects.count()) == (0, 1)
    chosen = {"keuze-q1": "first", "keuze-q3.r2": "second"}
    half = desk.post(url(consultation), {"code": code, "go": "settle", **second, **chosen})
    assert half.status_code == 400
    assert UrnEntry.objects.count() == 0
    chosen["keuze-q4"] = "first"
    settled = desk.post(
        url(consultation), {"code": code, "go": "settle", **second, **chosen}, follow=True
    )
    told = settled.content.decode()
    assert "Wat je koos zit in de urn" in told
    assert "hetzelfde: het formulier" not in told, "they were not the same"
    (answers,) = in_urn(consultation)
    assert answers == {
        "q1": "c1",
        "q2": ["c1", "c2"],
        "q3": {"r1": "c1", "r2": "c1"},
        "q4": "Mijn eigen verhaal",
    }
    assert not PaperEntry.objects.exists()


def test_a_form_can_be_begun_anew(desk: Client, consultation: Consultation, code: str) -> None:
    enter(desk, consultation, code, q1="c1")
    page = enter(desk, consultation, code, q1="c2").content.decode()
    ask, button = page.index('<details class="confirm">'), page.index('value="forget"')
    assert ask < button, "throwing away what was typed twice asks first"
    desk.post(url(consultation), {"code": code, "go": "forget", "q1": "c2"})
    assert not PaperEntry.objects.exists()
    assert not VotingCode.objects.get().used


def test_what_was_left_open_on_paper_stays_open(
    desk: Client, consultation: Consultation, code: str
) -> None:
    """Nobody is made to invent an answer to a required question."""
    for _time in range(2):
        enter(desk, consultation, code, q4="Alleen dit")
    assert in_urn(consultation) == [{"q4": "Alleen dit"}]


def test_what_was_typed_once_is_no_ballot_and_goes_at_the_closing(
    desk: Client, consultation: Consultation, code: str, sanne: Person
) -> None:
    enter(desk, consultation, code, **FILLED)
    page = desk.get(reverse("polls:desk", args=[consultation.key])).content.decode()
    assert "1 papieren formulier" in page
    electors = Elector.objects.filter(consultation=consultation, by_code=False)
    for elector in electors.select_related("person")[:6]:
        vote(consultation, elector.person, {"q1": "c2"})
    assert close(consultation).counted == 6
    assert not PaperEntry.objects.exists()


def test_answering_by_code_meanwhile_ends_the_waiting(
    desk: Client, consultation: Consultation, code: str, client: Client
) -> None:
    enter(desk, consultation, code, q1="c1")
    client.post(reverse("polls:enter_code"), {"code": code, "go": "send", "q1": "c3"})
    assert not PaperEntry.objects.exists()
    assert enter(desk, consultation, code, q1="c1").status_code == 409
    assert in_urn(consultation) == [{"q1": "c3"}]


def test_a_code_made_void_takes_along_what_was_typed_with_it(
    desk: Client, consultation: Consultation, code: str, ineke: Person
) -> None:
    enter(desk, consultation, code, **FILLED)
    print_again(consultation, ineke, VotingCode.objects.get().group)
    assert not PaperEntry.objects.exists(), "nobody could ever type it a second time"


def test_the_code_says_what_is_wrong_with_it(
    desk: Client, consultation: Consultation, code: str, fatima: Person, ineke: Person
) -> None:
    other = make_open(fatima)
    (printed,) = print_codes(other, ineke)
    for typed in ("", "hallo", printed.codes[0]):
        assert desk.post(url(consultation), {"code": typed}).status_code == 400
    assert not PaperEntry.objects.exists()


def test_only_the_secretary_types_in(
    sign_in: SignIn, consultation: Consultation, code: str, joris: Person
) -> None:
    assert enter(sign_in(joris), consultation, code, q1="c1").status_code == 403
    assert not PaperEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_second_entries_at_the_same_moment_make_one_ballot(
    sign_in: SignIn, consultation: Consultation, code: str, ineke: Person
) -> None:
    enter(sign_in(ineke), consultation, code, q1="c1")
    clients = [sign_in(ineke) for _n in range(4)]
    statuses: list[int] = []

    def send(client: Client) -> None:
        statuses.append(enter(client, consultation, code, q1="c1").status_code)
        connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [302, 409, 409, 409]
    assert in_urn(consultation) == [{"q1": "c1"}]
    consultation.refresh_from_db()
    assert consultation.paper_entered == 1
    assert not PaperEntry.objects.exists()


def test_a_reading_is_found_by_its_form(
    desk: Client, consultation: Consultation, code: str
) -> None:
    form = PaperForm.of(consultation, code)
    assert first_reading(form) is None
    enter(desk, consultation, code, q1="c1")
    assert first_reading(form) == {"q1": "c1"}
