"""The council's page: opening, extending, closing, and what stands in the way."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from people.models import Act, Person
from polls.actions.questionnaires import raise_revision
from polls.models import Question, State
from tests.cast import SignIn
from tests.polls.ballots import make_consultation, make_open, make_people


def test_a_draft_tells_what_is_missing_and_opens_once_it_is_there(
    fatima: Person, sign_in: SignIn
) -> None:
    make_people(10)
    draft = make_consultation(fatima, "single")
    question = Question.objects.get(questionnaire=draft.questionnaire)
    question.text = " "
    question.save()
    raise_revision(draft.questionnaire)
    client = sign_in(fatima)
    url = reverse("polls:open", args=[draft.key])
    assert client.get(reverse("polls:desk", args=[draft.key])).status_code == 200
    refused = client.post(url)
    assert refused.status_code == 409
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    question.text = "Wat nu?"
    question.save()
    raise_revision(draft.questionnaire)
    assert client.post(url).status_code == 302
    draft.refresh_from_db()
    assert draft.state == State.OPEN
    assert client.post(url).status_code == 403, "it is no draft any more"


def test_extending(fatima: Person, sign_in: SignIn) -> None:
    make_people(10)
    running = make_open(fatima)
    later = timezone.localtime() + dt.timedelta(days=20)
    url = reverse("polls:extend", args=[running.key])
    client = sign_in(fatima)
    assert client.post(url, {"closes_at": "2020-01-01T12:00"}).status_code == 400
    assert client.post(url, {"closes_at": later.strftime("%Y-%m-%dT%H:%M")}).status_code == 302
    running.refresh_from_db()
    assert running.closes_at
    assert timezone.localtime(running.closes_at).date() == later.date()


def test_closing(fatima: Person, sign_in: SignIn) -> None:
    make_people(10)
    running = make_open(fatima)
    client = sign_in(fatima)
    assert client.post(reverse("polls:close", args=[running.key])).status_code == 302
    running.refresh_from_db()
    assert running.state == State.CLOSING
    assert Act.objects.filter(verb="polls.close").count() == 1
    assert client.get(reverse("polls:desk", args=[running.key])).status_code == 200


def test_the_lists_cost_the_same_however_many_there_are(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_people(10)
    for name, person in (("polls:index", sanne), ("polls:council_index", fatima)):
        client = sign_in(person)
        costs = []
        for more in (1, 9):
            for _n in range(more):
                make_open(fatima)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(name)).status_code == 200
            costs.append(len(captured))
        assert costs[0] == costs[1]
