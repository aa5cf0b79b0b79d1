"""The council's dashboard: what it shows, to whom, at a constant price."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advice.actions import writing
from advice.actions.outcome import set_condition
from advice.models import Condition, LetterRelease
from blogs.models import Comment, Post
from dossiers.actions import impose_secrecy, open_dossier
from dossiers.models import Dossier, PlanStep
from groups.models import Group, Membership
from listening.models import ConversationNote, Message, Signal
from live.models import Question, QuestionHour
from newsletter.models import Issue, Link
from people.models import Person
from polls.models import Release
from tests.cast import SignIn, make_people
from tests.polls.ballots import close, make_open, vote


def test_it_shows_what_is_due_running_and_waiting(
    sign_in: SignIn, fatima: Person, release: LetterRelease
) -> None:
    dossier = release.letter.dossier
    open_dossier(
        fatima,
        kind="free",
        title="Parkeren",
        advice_due_on=timezone.localdate() + timedelta(days=9),
    )
    running = make_open(fatima, "single", dossier=dossier, breakdown="unit")
    set_condition(fatima, Condition(dossier=dossier, text="Niemand meer nachten"))
    page = sign_in(fatima).get("/advies/").content.decode()
    for words in ("Parkeren", running.title, release.letter.subject, "Niemand meer nachten"):
        assert words in page


def test_the_response_per_group_folds_small_groups(sign_in: SignIn, fatima: Person) -> None:
    nurses, cooks = make_people(20), make_people(6, unit="Keuken")
    running = make_open(fatima, "single", breakdown="unit")
    for person in [*nurses[:5], *cooks[:3]]:
        vote(running, person, {"q1": "c1"})
    page = sign_in(fatima).get("/advies/")
    (row,) = page.context["board"].running
    assert row.whole.took_part == 8
    assert "Keuken" not in [unit.name for unit in row.units]
    assert all(unit.invited >= 10 for unit in row.units)


def test_nothing_of_a_secret_dossier_is_on_the_dashboard_of_who_is_not_exempt(
    sign_in: SignIn, fatima: Person, joris: Person, dossier: Dossier, ineke: Person
) -> None:
    writing.start_letter(ineke, dossier)
    set_condition(fatima, Condition(dossier=dossier, text="Geheime voorwaarde"))
    make_people(20)
    running = make_open(fatima, "single", dossier=dossier)
    impose_secrecy(joris, dossier, imposed_by="x", scope="x", until=None, exempt=[ineke])
    page = sign_in(fatima).get("/advies/").content.decode()
    assert dossier.title not in page
    assert "Geheime voorwaarde" not in page
    assert str(running.key) not in page
    assert dossier.title in sign_in(joris).get("/advies/").content.decode()


def say(by: Person, dossier: Dossier, number: int) -> None:
    """One of everything that the page counts or lists besides."""
    now, today = timezone.now(), timezone.localdate()
    Signal.objects.create(title="x", text="x", source="group", noted_by=by, dossier=dossier)
    ConversationNote.objects.create(theme=f"Thema {number}", people_spoken=6, noted_by=by, text="x")
    Message.objects.create(author=by, subject="x", text="x")
    post = Post.objects.create(title="x", author=by, state="published", published_at=now)
    Comment.objects.create(post=post, author=by, body="x")
    closed = close(make_open(by, "long_text", dossier=dossier))
    themes = [{"name": f"Thema {number}", "count": 7}]
    Release.objects.create(consultation=closed, audience="staff", payload={"": {"themes": themes}})
    hour = QuestionHour.objects.create(
        title="x",
        starts_at=now - timedelta(hours=3),
        ends_at=now - timedelta(hours=2),
        state="finished",
        organised_by=by,
    )
    Question.objects.create(question_hour=hour, text="x")
    issue = Issue.objects.create(
        subject="x", written_by=by, sent_by=by, send_at=now, sent_at=now, state="sent"
    )
    Link.objects.create(issue=issue, target="https://delinde.example/", clicks=3)
    group = Group.objects.create(name=f"Groep {number}", purpose="x")
    Membership.objects.create(group=group, person=by)
    PlanStep.objects.create(goal="x", audience="x", channel="linkedin", planned_on=today, reach=9)


@pytest.mark.long
def test_it_takes_as_many_queries_for_ten_times_as_much(
    sign_in: SignIn, fatima: Person, ineke: Person
) -> None:
    make_people(20)
    client = sign_in(fatima)

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/advies/").status_code == 200
        return len(queries)

    def grow(count: int) -> None:
        for number in range(count):
            dossier = open_dossier(
                fatima,
                kind="art25",
                title=f"Dossier {number}",
                advice_due_on=timezone.localdate() + timedelta(days=9),
            )
            writing.start_letter(ineke, dossier)
            set_condition(fatima, Condition(dossier=dossier, text="x"))
            make_open(fatima, "single", dossier=dossier, breakdown="unit")
            say(fatima, dossier, number)

    grow(1)
    before = counted()
    grow(10)
    assert counted() == before
