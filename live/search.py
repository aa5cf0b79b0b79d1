"""What live lets be found: question hours with their minutes, and the questions put there."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.search.sources import Kind, Shown, Source
from live.models import Question, QuestionHour
from people.models import Person

HOUR = Kind("hour", gettext_lazy("Question hours"))


def _show_hour(hour: QuestionHour, _person: Person) -> Shown:
    return Shown(
        hour.title,
        hour.get_absolute_url(),
        f"{hour.introduction}\n\n{hour.minutes}",
        label=_("Question hour"),
        detail=hour.get_state_display(),
    )


def _show_question(question: Question, _person: Person) -> Shown:
    hour = question.question_hour
    return Shown(
        hour.title,
        hour.get_absolute_url(),
        f"{question.text}\n\n{question.answer}",
        label=_("Question in a question hour"),
        detail=question.get_state_display(),
    )


SOURCES = (
    Source(
        kind=HOUR,
        door=QuestionHour.objects.visible_to,
        title=("title",),
        text=("introduction", "minutes"),
        at="starts_at",
        show=_show_hour,
    ),
    Source(
        kind=HOUR,
        door=Question.objects.visible_to,
        text=("text", "answer"),
        at="asked_on",
        show=_show_question,
        thing="question_hour",
        related=("question_hour",),
    ),
)
