"""What was asked before a question hour is in none of the planner's samples: a question that the
council did not deal with is nobody's business any more once it is deleted."""

import datetime as dt
import secrets

import pytest
from django.utils import timezone

from live.models import Question, QuestionHour
from people.models import Person
from tests.plugins.planner import samples

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "koffiehoek"


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
