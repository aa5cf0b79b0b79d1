"""What polls lets be found: consultations by what they are called and what they ask, statements put
to everyone, and what was done with them. Never what somebody answered: answers leave through
``polls.disclosure`` only, and a colleague's statement is one until the council put it to everyone.
"""

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from dossiers.search.sources import Kind, Shown, Source
from people import rules
from people.models import Person
from polls.models import Consultation, Outcome, Question, Questionnaire, Statement

CONSULTATION = Kind("consultation", gettext_lazy("Questions"))


def _visible(person: Person) -> QuerySet[Consultation]:
    return Consultation.objects.visible_to(person)


def _questionnaires(person: Person) -> QuerySet[Questionnaire]:
    return Questionnaire.objects.filter(consultation__in=_visible(person))


def _questions(person: Person) -> QuerySet[Question]:
    return Question.objects.filter(questionnaire__consultation__in=_visible(person))


def _statements(person: Person) -> QuerySet[Statement]:
    """Those put to people; not what waits to be read, was refused, or says the same as another."""
    return Statement.objects.shown().filter(consultation__in=_visible(person))


def _outcomes(person: Person) -> QuerySet[Outcome]:
    """What was done with it, once published; drafts for the council."""
    here = Outcome.objects.filter(consultation__in=_visible(person))
    return here if rules.is_council(person) else here.exclude(published_on=None)


def _shown(consultation: Consultation, text: str) -> Shown:
    return Shown(
        consultation.title,
        consultation.get_absolute_url(),
        text,
        label=consultation.get_kind_display().capitalize(),
        detail=consultation.get_state_display(),
    )


def _show(consultation: Consultation, _person: Person) -> Shown:
    return _shown(consultation, consultation.questionnaire.introduction)


def _show_introduction(questionnaire: Questionnaire, _person: Person) -> Shown:
    return _shown(questionnaire.consultation, questionnaire.introduction)


def _show_question(question: Question, _person: Person) -> Shown:
    text = f"{question.text}\n\n{question.help_text}"
    return _shown(question.questionnaire.consultation, text)


def _show_statement(statement: Statement, _person: Person) -> Shown:
    return _shown(statement.consultation, statement.text)


def _show_outcome(outcome: Outcome, _person: Person) -> Shown:
    return _shown(outcome.consultation, f"{outcome.heard}\n\n{outcome.done}")


SOURCES = (
    Source(
        kind=CONSULTATION,
        door=_visible,
        title=("title",),
        text=(),
        at=Coalesce("opened_at", "created_at"),
        show=_show,
        related=("questionnaire",),
    ),
    Source(
        kind=CONSULTATION,
        door=_questionnaires,
        text=("introduction",),
        at=Coalesce("consultation__opened_at", "consultation__created_at"),
        show=_show_introduction,
        thing="consultation",
        related=("consultation",),
    ),
    Source(
        kind=CONSULTATION,
        door=_questions,
        text=("text", "help_text"),
        at=Coalesce(
            "questionnaire__consultation__opened_at", "questionnaire__consultation__created_at"
        ),
        show=_show_question,
        thing="questionnaire__consultation",
        related=("questionnaire__consultation",),
    ),
    Source(
        kind=CONSULTATION,
        door=_statements,
        text=("text",),
        at=Coalesce("consultation__opened_at", "consultation__created_at"),
        show=_show_statement,
        thing="consultation",
        related=("consultation",),
    ),
    Source(
        kind=CONSULTATION,
        door=_outcomes,
        text=("heard", "done"),
        at="published_on",
        show=_show_outcome,
        thing="consultation",
        related=("consultation",),
    ),
)
