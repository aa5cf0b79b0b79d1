"""Surveys of twenty questions that many answered: counted ones, and ones under names."""

import csv
import io
import random
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.data.ballots import sign_in
from people.models import Appointment, Person, Role, Unit
from polls.disclosure import disclose
from polls.models import (
    Choice,
    Consultation,
    ConsultationKind,
    Mode,
    NamedBallot,
    Question,
    Questionnaire,
    Section,
    State,
    Tally,
)
from polls.protection import Thresholds, protect
from polls.questions.loading import schema_of
from polls.questions.schema import Answers
from polls.tally import count

QUESTIONS = 20
CODES = [f"q{number}" for number in range(1, QUESTIONS + 1)]
WORDS = ("Goed", "Kan beter", "Slecht", "Weet niet")


def make_results(ballots: int) -> dict[str, str]:
    """A closed survey of twenty questions with so many ballots, and the same answers in a flat
    table ``flat_<ballots>``; gives its path and a council member's session."""
    chair, consultation = _survey(f"Uitslag {ballots}", Mode.ANONYMOUS, State.CLOSED)
    schema = schema_of(consultation.questionnaire)
    _copy_flat(f"flat_{ballots}", ((list(each.values())) for each in _answers(ballots)))
    counts = count(schema, ((each, "") for each in _answers(ballots)), by_group=False)
    rows = protect(schema, counts, Thresholds(5, 10), everyone_answered=False)
    Tally.objects.bulk_create(
        Tally(
            consultation=consultation,
            **{name: getattr(row, name) for name in ("attribute", "group", "item", "cell")},
            **{name: getattr(row, name) for name in ("count", "bound")},
        )
        for row in rows
    )
    Consultation.objects.filter(pk=consultation.pk).update(
        counted=ballots, participants=ballots, electorate_size=2 * ballots
    )
    return {
        "path": f"{consultation.get_absolute_url()}uitslag/",
        "key": str(consultation.key),
        "session": sign_in([chair])[0],
    }


def count_queries(key: str) -> int:
    """How many queries the figures of a page take."""
    consultation = Consultation.objects.select_related("questionnaire").get(key=key)
    disclose(consultation)
    with CaptureQueriesContext(connection) as queries:
        disclose(consultation)
    return len(queries)


def make_named(ballots: int) -> str:
    """An open survey under names with so many answers, and the same cells in ``named_<ballots>``;
    its key."""
    _chair, consultation = _survey(f"Namen {ballots}", Mode.NAMED, State.OPEN)
    unit = Unit.objects.get_or_create(name="Verpleging")[0]
    made = 0
    answers = _answers(ballots)
    while made < ballots:
        some = range(made, min(made + 5_000, ballots))
        people = Person.objects.bulk_create(
            Person(
                given_name="Noor",
                family_name=f"Visser {number}",
                staff_number=f"{ballots}-{number}",
                unit=unit,
                password="!",
            )
            for number in some
        )
        NamedBallot.objects.bulk_create(
            NamedBallot(consultation=consultation, person=person, answers=next(answers))
            for person in people
        )
        made = some.stop
    table = f"named_{ballots}"
    rows = enumerate(_answers(ballots))
    _copy_flat(table, ([f"Noor Visser {n}", "Verpleging", *each.values()] for n, each in rows))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return str(consultation.key)


def _survey(title: str, mode: Mode, state: State) -> tuple[Person, Consultation]:
    chair = Person.objects.create(family_name="Berg", staff_number=title, password="!")
    Appointment.objects.create(person=chair, role=Role.CHAIR)
    questionnaire = Questionnaire.objects.create(title=title, created_by=chair)
    section = Section.objects.create(questionnaire=questionnaire, position=0)
    for at, code in enumerate(CODES):
        question = Question.objects.create(
            questionnaire=questionnaire,
            section=section,
            code=code,
            kind="single",
            position=at,
            text=f"Wat vind je van punt {at + 1}?",
        )
        for number, text in enumerate(WORDS, start=1):
            Choice.objects.create(question=question, code=f"c{number}", text=text, position=number)
    now = timezone.now()
    consultation = Consultation.objects.create(
        kind=ConsultationKind.SURVEY,
        title=title,
        questionnaire=questionnaire,
        created_by=chair,
        mode=mode,
        state=state,
        opened_at=now,
        closed_on=now.date() if state == State.CLOSED else None,
    )
    return chair, consultation


def _answers(ballots: int) -> Iterator[Answers]:
    """The same each time it is asked for."""
    chance = random.Random(ballots)
    for _number in range(ballots):
        drawn = chance.choices(("c1", "c2", "c3", "c4"), (5, 3, 2, 1), k=QUESTIONS)
        yield dict(zip(CODES, drawn, strict=True))


def _copy_flat(table: str, rows: Iterator[list[Any]]) -> None:
    buffer, first = io.StringIO(), next(rows)
    writer = csv.writer(buffer)
    writer.writerow(first)
    writer.writerows(rows)
    buffer.seek(0)
    columns = [f"c{number} text" for number in range(len(first))]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        cursor.copy_expert(f"COPY {table} FROM STDIN (FORMAT csv)", buffer)
        cursor.execute(f"VACUUM ANALYZE {table}")
