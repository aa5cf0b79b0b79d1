"""What was asked before a question hour is in none of the planner's samples: a question that the
council did not deal with is nobody's business any more once it is deleted."""

import datetime as dt
import secrets

import pytest
from django.db import connection
from django.utils import timezone

from live.models import Question, QuestionHour
from people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "koffiehoek"


def samples() -> str:
    """Every value and every word that the planner keeps, after it looked at the tables anew."""
    if connection.vendor != "postgresql":
        return ""  # SQLite keeps none: the portal never asks it to look
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(
            "SELECT most_common_vals::text, histogram_bounds::text, most_common_elems::text"
            " FROM pg_stats WHERE schemaname = 'public'"
        )
        return str(cursor.fetchall())


def test_no_question_or_answer_is_among_what_is_sampled(ineke: Person) -> None:
    begins = timezone.now() + dt.timedelta(days=2)
    hour = QuestionHour.objects.create(
        title="Vragenuur",
        starts_at=begins,
        ends_at=begins + dt.timedelta(hours=1),
        organised_by=ineke,
    )
    for number in range(24):
        Question.objects.create(
            question_hour=hour,
            text=f"{WORD} {number} {secrets.token_hex(4)}?",
            answer=f"{WORD} komt er {secrets.token_hex(4)}",
        )
    assert WORD not in samples()
