"""The answers to a poll as links in a newsletter: they lead to the page, and give nobody away."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from pytest_django import Settings

from newsletter.editions import parts_of
from newsletter.links import Counted
from newsletter.models import Issue, Link
from newsletter.sources import consultations
from newsletter.tasks import count_slips
from people.models import Person
from polls.models import Choice, Consultation, Elector, Wording
from tests.newsletter.making import add, body, make_issue, send_out
from tests.plugins.mail import SmtpServer
from tests.polls.ballots import make_open, make_people
from tests.polls.rounds import make_open_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(sanne: Person, ineke: Person) -> Consultation:
    """One question, three answers."""
    make_people(12)
    return make_open(ineke, "single", kind="poll", title="Later beginnen?")


def sent_with(sender: Person, *polls: Consultation) -> Issue:
    issue = make_issue(sender)
    for poll in polls:
        add(issue, "consultation", poll)
    send_out(sender, issue)
    return issue


def links(html: str, *labels: str) -> dict[str, str]:
    found = re.findall(r'href="([^"]+)"[^>]*>([^<]+)</a>', html)
    return {label: url for url, label in found if label in labels}


def test_answers_are_links_in_both_parts_of_the_mail(
    poll: Consultation, sanne: Person, ineke: Person, smtp_server: SmtpServer, settings: Settings
) -> None:
    sent_with(ineke, poll)
    [mail] = smtp_server.to(sanne.email)
    plain = body(mail, "plain")
    for number in (1, 2, 3):
        place = f"{settings.PORTAL_URL}{poll.get_absolute_url()}#q1-c{number}"
        assert f"- Antwoord {number}\n  {place}" in plain
    assert "telt pas als je" in plain
    found = links(body(mail, "html"), "Antwoord 1", "Antwoord 2", "Antwoord 3")
    assert len(found) == 3


def test_the_counter_cannot_tell_one_answer_from_another(
    poll: Consultation, sanne: Person, ineke: Person, smtp_server: SmtpServer, client: Client
) -> None:
    issue = sent_with(ineke, poll)
    html = body(smtp_server.to(sanne.email)[0], "html")
    addresses = links(html, "Antwoord 1", "Antwoord 2", "Antwoord 3", "Geef je antwoord").values()
    assert len(addresses) == 4
    assert len({address.partition("#")[0] for address in addresses}) == 1
    [link] = Link.objects.filter(issue=issue, target__contains=str(poll.key))
    assert "#" not in link.target
    for address in [*addresses] * 3:
        response = client.get(address)  # a browser keeps what stands behind the "#" to itself
        assert response.status_code == 302
        assert "#" not in response["Location"]
    assert count_slips() == 12
    assert Link.objects.get(pk=link.pk).clicks == 12
    assert not Elector.objects.filter(took_part=True).exists()


def test_a_writer_cannot_have_answers_counted_apart_by_own_links_either(
    poll: Consultation, ineke: Person, settings: Settings
) -> None:
    issue = make_issue(ineke)
    count = Counted(issue)
    page = f"{settings.PORTAL_URL}{poll.get_absolute_url()}"
    assert count(f"{page}#q1-c1").removesuffix("#q1-c1") == count(page)
    assert count(f"{page}#q1-c2").endswith("#q1-c2")
    assert [link.target for link in issue.links.all()] == [page]
    assert "#" not in count("https://elders.example/stuk#kop")


def test_an_english_reader_gets_the_answers_in_english(
    poll: Consultation, ineke: Person, sanne: Person
) -> None:
    questionnaire = poll.questionnaire
    questionnaire.languages = ["en"]
    questionnaire.save()
    for ref, text in (("title", "Start later?"), ("question:q1:choice:c1", "Yes, please")):
        Wording.objects.create(questionnaire=questionnaire, language="en", ref=ref, text=text)
    [found] = consultations.find([str(poll.key)]).values()
    with override("en"):
        card = consultations.card(found)
    assert card.title == "Start later?"
    assert [option.label for option in card.options] == ["Yes, please", "Antwoord 2", "Antwoord 3"]
    with override("nl"):
        assert consultations.card(found).options[0].label == "Antwoord 1"


@pytest.mark.parametrize(
    ("kinds", "count"),
    [(["yes_no"], 2), (["multiple"], 0), (["long_text"], 0), (["single", "single"], 0)],
)
def test_only_one_question_with_one_answer_has_links(
    ineke: Person, kinds: list[str], count: int
) -> None:
    make_people(12)
    poll = make_open(ineke, *kinds, kind="poll")
    [found] = consultations.find([str(poll.key)]).values()
    assert len(consultations.card(found).options) == count


def test_a_survey_and_a_closed_poll_have_none(poll: Consultation, ineke: Person) -> None:
    survey = make_open(ineke, "single", kind="survey")
    Consultation.objects.filter(pk=poll.pk).update(state="closed", closed_on="2026-11-01")
    found = consultations.find([str(survey.key), str(poll.key)])
    assert len(found) == 2
    assert [consultations.card(each).options for each in found.values()] == [(), ()]


def test_a_hostile_answer_is_only_words(
    poll: Consultation, ineke: Person, sanne: Person, smtp_server: SmtpServer
) -> None:
    evil = '<img src=x onerror="x()"> \ue000token\ue001 \ue000nergens\ue001'
    Choice.objects.filter(code="c1").update(text=evil)
    sent_with(ineke, poll)
    html = body(smtp_server.to(sanne.email)[0], "html")
    assert "<img src=x" not in html
    assert "&lt;img src=x onerror=&quot;x()&quot;&gt; token nergens" in html


def test_more_polls_take_no_more_queries(poll: Consultation, ineke: Person) -> None:
    def taken(issue: Issue) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert all(part.card for part in parts_of(issue) if part.thing)
        return len(queries)

    issue = make_issue(ineke)
    add(issue, "consultation", poll)
    few = taken(issue)
    for _more in range(4):
        add(issue, "consultation", make_open(ineke, "single", kind="poll"))
    assert taken(issue) == few


def test_a_round_of_statements_has_a_button_and_says_what_happens(
    ineke: Person, sanne: Person, fatima: Person, smtp_server: SmtpServer
) -> None:
    make_people(12)
    Person.objects.filter(pk=fatima.pk).update(language="en")
    going = make_open_round(ineke)
    sent_with(ineke, going)
    dutch, english = (smtp_server.to(person.email)[0] for person in (sanne, fatima))
    assert "één stelling tegelijk" in body(dutch, "plain")
    assert "Naar de stellingen: " in body(dutch, "plain")
    assert reverse("polls:consultation", args=[going.key]) in body(dutch, "plain")
    assert "one statement at a time" in body(english, "plain")
    assert list(links(body(english, "html"), "To the statements"))
    # What colleagues put forward is not in the mail: no statement is pushed before the others.
    for mail in (dutch, english):
        assert "Ruilen moet kunnen" not in body(mail, "html")


def test_a_round_that_closed_asks_nothing_any_more(ineke: Person) -> None:
    make_people(12)
    going = make_open_round(ineke)
    Consultation.objects.filter(pk=going.pk).update(state="closing")
    [found] = consultations.find([str(going.key)]).values()
    card = consultations.card(found)
    assert card.text == ""
    assert "Stellingen" in card.label
