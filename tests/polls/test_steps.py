"""From page to page: on, back, errors, branches and jumps; nothing is stored on the way."""

import datetime as dt
import re

import pytest
from django.test import Client

from people.models import Person
from polls.actions.opening import open_consultation
from polls.actions.questionnaires import NewQuestion, NewSection
from polls.actions.questionnaires import make_consultation as make
from polls.models import Consultation, ConsultationKind, UrnEntry
from polls.questions.schema import Kind
from tests.cast import SignIn
from tests.polls.ballots import make_people

YES_NO = NewQuestion(Kind.YES_NO, "Werk je ’s nachts?", required=True)
SECTIONS = (
    NewSection("Werk", (YES_NO,)),
    NewSection("Nacht", (NewQuestion(Kind.NUMBER, "Hoeveel nachten?", required=True),)),
    NewSection("Slot", (NewQuestion(Kind.LONG_TEXT, "Nog iets?"),)),
)


@pytest.fixture
def survey(fatima: Person, sanne: Person) -> Consultation:
    """Three parts; the second only for who works at night."""
    from django.utils import timezone

    make_people(10)
    draft = Consultation(
        kind=ConsultationKind.SURVEY, closes_at=timezone.now() + dt.timedelta(days=3)
    )
    made = make(draft, by=fatima, title="Nachtwerk", sections=SECTIONS)
    second = made.questionnaire.sections.get(position=1)
    second.show_if = {"question": "q1", "op": "is", "value": "yes"}
    second.save()
    return open_consultation(made, fatima)


@pytest.fixture
def client(survey: Consultation, sanne: Person, sign_in: SignIn) -> Client:
    """Sanne's browser."""
    return sign_in(sanne)


def post(client: Client, survey: Consultation, **fields: str) -> tuple[int, str]:
    """What comes of pressing a button."""
    response = client.post(survey.get_absolute_url(), fields)
    return response.status_code, response.content.decode()


def part(html: str) -> str:
    """Which part a page shows."""
    found = re.search(r'name="part" value="(\d*)"', html)
    assert found
    return found[1]


def test_a_part_a_page(client: Client, survey: Consultation) -> None:
    html = client.get(survey.get_absolute_url()).content.decode()
    assert part(html) == "0"
    assert 'name="q1"' in html
    assert 'name="q2"' not in html
    assert 'value="next"' in html


def test_on_carries_what_was_answered(client: Client, survey: Consultation) -> None:
    status, html = post(client, survey, go="next", part="0", q1="yes")
    assert (status, part(html)) == (200, "1")
    assert '<input type="hidden" name="q1" value="yes"' in html


def test_on_waits_for_what_is_required_here_only(client: Client, survey: Consultation) -> None:
    status, html = post(client, survey, go="next", part="0")
    assert (status, part(html)) == (400, "0")
    assert 'id="vraag-q1-fout"' in html


def test_a_part_that_does_not_apply_is_passed_by(client: Client, survey: Consultation) -> None:
    _status, html = post(client, survey, go="next", part="0", q1="no")
    assert part(html) == "2"
    assert 'value="send"' in html


def test_back_never_complains_and_loses_nothing(client: Client, survey: Consultation) -> None:
    status, html = post(client, survey, go="back", part="1", q1="yes", q2="veel")
    assert (status, part(html)) == (200, "0")
    assert '<input type="hidden" name="q2" value="veel"' in html


def test_sending_from_the_last_part_checks_all_parts(client: Client, survey: Consultation) -> None:
    status, html = post(client, survey, go="send", part="2", q1="yes", q3="Nee")
    assert (status, part(html)) == (400, "1")
    assert '<input type="hidden" name="q3" value="Nee"' in html
    assert UrnEntry.objects.count() == 0


def test_sending_takes_it_all(client: Client, survey: Consultation) -> None:
    status, _html = post(client, survey, go="send", part="2", q1="yes", q2="4", q3="Nee")
    assert status == 200
    assert UrnEntry.objects.count() == 1


def test_an_answer_to_a_part_that_no_longer_applies_does_not_block(
    client: Client, survey: Consultation
) -> None:
    status, _html = post(client, survey, go="send", part="2", q1="no", q2="veel", q3="")
    assert status == 200
    assert UrnEntry.objects.count() == 1


@pytest.mark.parametrize("wrong", ["-1", "99", "x", "٣", ""])
def test_a_part_that_is_not_there_is_read_as_one_that_is(
    wrong: str, client: Client, survey: Consultation
) -> None:
    status, _html = post(client, survey, go="next", part=wrong, q1="no")
    assert status == 200


def test_sending_is_never_a_surprise(client: Client, survey: Consultation) -> None:
    """Where an answer makes this the last part, "next" leads to a page that says so."""
    first = survey.questionnaire.sections.get(position=0)
    first.jumps = [{"when": {"question": "q1", "op": "is", "value": "no"}, "to": 3}]
    first.save()
    from polls.actions.questionnaires import raise_revision

    raise_revision(survey.questionnaire)
    status, html = post(client, survey, go="next", part="0", q1="no")
    assert status == 200
    assert UrnEntry.objects.count() == 0
    assert 'value="send"' in html
    status, _html = post(client, survey, go="send", part=part(html), q1="no")
    assert status == 200
    assert UrnEntry.objects.count() == 1
