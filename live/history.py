"""What this app adds to a dossier's timeline and to what is due."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from dossiers.due import Due
from dossiers.models import Dossier
from dossiers.timeline import Item
from live.models import Question, QuestionHour
from people.models import Person
from people.rules import is_council


def timeline_source(dossier: Dossier, person: Person) -> Iterable[Item]:
    """The question hours of a dossier; one query."""
    for hour in QuestionHour.objects.visible_to(person).filter(dossier=dossier):
        yield Item(
            at=hour.starts_at,
            label=_("Question hour"),
            title=hour.title,
            url=hour.get_absolute_url(),
            detail=hour.get_state_display(),
            source="live",
        )


def due_source(person: Person, today: date) -> Iterable[Due]:
    """Questions that somebody of the council finds out before a date; one query."""
    if not is_council(person):
        return
    open_questions = (
        Question.objects.visible_to(person)
        .filter(state="accepted", due_on__isnull=False)
        .select_related("question_hour")
    )
    for question in open_questions:
        assert question.due_on is not None
        yield Due(
            last_day=question.due_on,
            act_by=question.due_on,
            what=_("answer a question"),
            of=question.question_hour.title,
            url=reverse("live:desk", args=[question.question_hour.key]),
            mine=question.owner_id == person.pk,
        )
