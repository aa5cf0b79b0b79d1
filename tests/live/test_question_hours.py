"""A question hour from draft to minutes, as staff and council meet it."""

import datetime as dt

import icalendar
import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from live import actions
from live.models import Question, QuestionHour, Support
from people.models import Person
from tests.cast import SignIn, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def hour(fatima: Person) -> QuestionHour:
    begins = timezone.now() + dt.timedelta(days=2)
    planned = actions.plan(
        QuestionHour(
            title="Vragen over het rooster",
            starts_at=begins,
            ends_at=begins + dt.timedelta(hours=1),
            place="Kantine",
        ),
        fatima,
    )
    actions.announce(planned, fatima)
    return planned


def test_a_draft_is_for_the_council_only(
    fatima: Person, sanne: Person, bakker: Person, sign_in: SignIn
) -> None:
    begins = timezone.now() + dt.timedelta(days=2)
    draft = actions.plan(
        QuestionHour(title="Concept", starts_at=begins, ends_at=begins + dt.timedelta(hours=1)),
        fatima,
    )
    assert sign_in(fatima).get(draft.get_absolute_url()).status_code == 200
    assert sign_in(sanne).get(draft.get_absolute_url()).status_code == 404
    actions.announce(draft, fatima)
    assert sign_in(sanne).get(draft.get_absolute_url()).status_code == 200
    assert sign_in(bakker).get(draft.get_absolute_url()).status_code == 404


def test_a_question_is_seen_by_colleagues_only_after_screening(
    hour: QuestionHour, sanne: Person, omar: Person, fatima: Person, sign_in: SignIn
) -> None:
    sign_in(sanne).post(
        reverse("live:ask", args=[hour.key]), {"text": "Komt er een nachttoeslag?", "signed": "yes"}
    )
    question = Question.objects.get()
    page = reverse("live:question_hour", args=[hour.key])
    assert "nachttoeslag" not in sign_in(omar).get(page).content.decode()
    assert "nachttoeslag" in sign_in(sanne).get(page).content.decode()
    sign_in(fatima).post(reverse("live:accept", args=[question.key]))
    assert "nachttoeslag" in sign_in(omar).get(page).content.decode()


def test_declining_takes_a_reason_that_the_asker_reads(
    hour: QuestionHour, sanne: Person, omar: Person, fatima: Person, sign_in: SignIn
) -> None:
    question = actions.ask(hour, "Waarom is Piet ontslagen?", sanne)
    url = reverse("live:decline", args=[question.key])
    assert sign_in(fatima).post(url, {"reason": ""}).status_code == 400
    sign_in(fatima).post(url, {"reason": "Dit gaat over één persoon."})
    page = reverse("live:question_hour", args=[hour.key])
    assert "Dit gaat over één persoon." in sign_in(sanne).get(page).content.decode()
    assert "Piet" not in sign_in(omar).get(page).content.decode()


def test_nothing_stored_leads_from_an_anonymous_question_to_its_asker(
    hour: QuestionHour, sanne: Person, sign_in: SignIn
) -> None:
    sign_in(sanne).post(reverse("live:ask", args=[hour.key]), {"text": "Mag dit?", "signed": "no"})
    question = Question.objects.get()
    assert question.author is None
    assert str(sanne.key) not in serializers.serialize("json", [question])


def test_support_counts_everyone_once_and_the_rows_name_nobody(
    hour: QuestionHour, sanne: Person, omar: Person, fatima: Person, sign_in: SignIn
) -> None:
    question = actions.ask(hour, "Komt er een nachttoeslag?", None)
    actions.accept(question, fatima)
    assert actions.support(question, sanne)
    assert not actions.support(question, sanne)
    assert actions.support(question, omar)
    assert Support.objects.count() == 2
    dump = serializers.serialize("json", Support.objects.all())
    assert str(sanne.key) not in dump
    url = reverse("live:support", args=[question.key])
    sign_in(sanne).post(url)
    assert Support.objects.count() == 1


def test_watchers_are_told_of_a_change_and_of_nothing_else(
    hour: QuestionHour, sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    question = actions.ask(hour, "Komt er een nachttoeslag?", None)
    actions.accept(question, fatima)
    actions.start(hour, fatima)
    client = sign_in(sanne)
    board = reverse("live:board", args=[hour.key])
    first = client.get(board)
    unchanged = client.get(board, headers={"if-none-match": first["ETag"]})
    assert unchanged.status_code == 304
    actions.answer(question, fatima, "Ja, vanaf januari.")
    changed = client.get(board, headers={"if-none-match": first["ETag"]})
    assert "Ja, vanaf januari." in changed.content.decode()


def test_minutes_wait_until_every_question_has_an_answer_or_an_owner(
    hour: QuestionHour, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    question = actions.ask(hour, "Komt er een nachttoeslag?", None)
    actions.start(hour, fatima)
    actions.finish(hour, fatima)
    url = reverse("live:publish_minutes", args=[hour.key])
    refused = sign_in(fatima).post(url, {"minutes": "Goed gesprek."})
    assert refused.status_code == 400
    assert "Goed gesprek." in refused.content.decode()
    sign_in(fatima).post(
        reverse("live:hand_over", args=[question.key]),
        {"owner": fatima.pk, "due_on": "2027-01-15"},
    )
    sign_in(fatima).post(url, {"minutes": "Goed gesprek."})
    page = sign_in(sanne).get(reverse("live:question_hour", args=[hour.key])).content.decode()
    assert "Goed gesprek." in page
    assert "15 januari 2027" in page


def test_no_questions_once_it_is_over(
    hour: QuestionHour, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    actions.start(hour, fatima)
    actions.finish(hour, fatima)
    response = sign_in(sanne).post(
        reverse("live:ask", args=[hour.key]), {"text": "Te laat?", "signed": "no"}
    )
    assert response.status_code == 403
    with pytest.raises(actions.WrongState):
        actions.ask(hour, "Te laat?", None)


def test_an_hour_without_anonymity_refuses_a_question_without_a_name(
    hour: QuestionHour, sanne: Person
) -> None:
    QuestionHour.objects.update(anonymous_allowed=False)
    with pytest.raises(actions.WrongState):
        actions.ask(hour, "Mag dit?", None)


def test_the_calendar_file_is_read_by_a_calendar(
    hour: QuestionHour, sanne: Person, sign_in: SignIn
) -> None:
    response = sign_in(sanne).get(reverse("live:calendar", args=[hour.key]))
    (event,) = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert event["SUMMARY"] == "Vragen over het rooster"
    assert event.decoded("DTSTART") == hour.starts_at.replace(microsecond=0)


def test_the_page_takes_as_many_queries_for_many_questions(
    hour: QuestionHour, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    client = sign_in(sanne)
    askers = make_people(20)
    counts = []
    for batch in (askers[:2], askers):
        for asker in batch:
            actions.accept(actions.ask(hour, "Vraag", asker), fatima)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("live:question_hour", args=[hour.key]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
