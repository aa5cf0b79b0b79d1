"""A large council in full swing: dossiers, consultations running and closed, comments, signals."""

import datetime as dt
import os
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.data.ballots import sign_in
from blogs.models import Comment, Post
from dossiers.actions import open_dossier
from listening.models import ConversationNote, Signal, Source
from live.models import HourState, Question, QuestionHour
from people.models import Appointment, Person, Role, Unit
from polls.models import (
    Ballot,
    Consultation,
    ConsultationKind,
    Elector,
    Questionnaire,
    Release,
    ReleaseAudience,
    State,
)

PEOPLE, UNITS = 2_500, 25
RUNNING, CLOSED, DOSSIERS = 40, 160, 20
POSTS, COMMENTS = 500, 50_000
THEMES = ("Werkdruk", "Rooster", "Parkeren", "Kantine", "Scholing", "Veiligheid", "Thuiswerken")
BATCH = 5_000


def make_council(size: int) -> dict[str, Any]:
    """All of it ``size`` times; the chair's session and how much there is."""
    units = [Unit.objects.create(name=f"Afdeling {number}") for number in range(UNITS)]
    staff = Person.objects.bulk_create(
        Person(family_name=f"N {n}", staff_number=f"{n:06d}", unit=units[n % UNITS], password="!")
        for n in range(PEOPLE)
    )
    chair = Person.objects.create(family_name="Berg", email="or@delinde.example", password="!")
    Appointment.objects.create(person=chair, role=Role.CHAIR)
    for number in range(size):
        _fill(chair, staff, units, number)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return {
        "session": sign_in([chair])[0],
        "consultations": Consultation.objects.count(),
        "electors": Elector.objects.count(),
        "ballots": Ballot.objects.count(),
        "comments": Comment.objects.count(),
    }


def _fill(chair: Person, staff: list[Person], units: list[Unit], lot: int) -> None:
    now, today = timezone.now(), timezone.localdate()
    dossiers = [
        open_dossier(
            chair,
            kind="art25",
            title=f"Dossier {lot}-{number}",
            advice_due_on=today + dt.timedelta(days=9 + number),
        )
        for number in range(DOSSIERS)
    ]
    papers = Questionnaire.objects.bulk_create(
        Questionnaire(title=f"Vraag {lot}-{number}", created_by=chair)
        for number in range(RUNNING + CLOSED)
    )
    rows = Consultation.objects.bulk_create(
        Consultation(
            kind=ConsultationKind.SURVEY,
            title=paper.title,
            questionnaire=paper,
            created_by=chair,
            dossier=dossiers[at % DOSSIERS],
            breakdown="unit",
            electorate_size=len(staff),
            state=State.OPEN if at < RUNNING else State.CLOSED,
            opened_at=now - dt.timedelta(days=200),
            closes_at=now + dt.timedelta(days=at + 1) if at < RUNNING else None,
            closed_on=None if at < RUNNING else today - dt.timedelta(days=at - RUNNING),
            participants=0 if at < RUNNING else 1_500,
        )
        for at, paper in enumerate(papers)
    )
    for row in rows[:RUNNING]:
        Elector.objects.bulk_create(
            (
                Elector(
                    consultation=row,
                    person=person,
                    group=units[at % UNITS].name,
                    took_part=True,
                )
                for at, person in enumerate(staff)
            ),
            batch_size=BATCH,
        )
        Ballot.objects.bulk_create(
            (
                Ballot(consultation=row, lookup=os.urandom(32).hex(), sealed=os.urandom(1_064))
                for _person in staff
            ),
            batch_size=BATCH,
        )
    Release.objects.bulk_create(
        Release(
            consultation=row,
            audience=ReleaseAudience.STAFF,
            payload={"": {"themes": _themes(at), "questions": [_ballast()] * 20}},
        )
        for at, row in enumerate(rows[RUNNING:])
    )
    _said(chair, staff, units)


def _themes(at: int) -> list[dict[str, Any]]:
    return [
        {"question": "q1", "name": name, "description": "", "count": 5 + at % 30, "bound": "",
         "texts": 90, "key": ""}
        for name in THEMES
    ]  # fmt: skip


def _ballast() -> dict[str, Any]:
    return {"text": "Wat vind je van dit punt?", "items": [{"label": "Goed", "count": 7}] * 40}


def _said(chair: Person, staff: list[Person], units: list[Unit]) -> None:
    now, today = timezone.now(), timezone.localdate()
    posts = Post.objects.bulk_create(
        Post(
            title=f"Bericht {at}",
            body="Zo staat het ervoor.",
            author=chair,
            state="published",
            published_at=now - dt.timedelta(hours=9 * at),
        )
        for at in range(POSTS)
    )
    Comment.objects.bulk_create(
        (
            Comment(
                post=posts[at % POSTS],
                author=staff[at % len(staff)],
                body="Goed dat jullie hier iets over zeggen.",
                created_at=now - dt.timedelta(minutes=6 * at),
            )
            for at in range(COMMENTS)
        ),
        batch_size=BATCH,
    )
    sources = Source.values
    ConversationNote.objects.bulk_create(
        ConversationNote(
            theme=THEMES[at % len(THEMES)],
            people_spoken=3,
            text="Veel gehoord.",
            noted_by=chair,
            unit=units[at % UNITS],
            held_on=today - dt.timedelta(days=at % 170),
        )
        for at in range(1_000)
    )
    Signal.objects.bulk_create(
        Signal(
            title=f"Signaal {at}",
            text="Dit leeft.",
            source=sources[at % len(sources)],
            noted_by=chair,
            noted_on=today - dt.timedelta(days=at % 170),
        )
        for at in range(1_000)
    )
    hours = QuestionHour.objects.bulk_create(
        QuestionHour(
            title=f"Vragenuur {at}",
            starts_at=now - dt.timedelta(days=at + 1, hours=1),
            ends_at=now - dt.timedelta(days=at + 1),
            state=HourState.FINISHED,
            organised_by=chair,
        )
        for at in range(40)
    )
    Question.objects.bulk_create(
        Question(question_hour=hours[at % 40], text="Hoe zit dit?") for at in range(4_000)
    )
