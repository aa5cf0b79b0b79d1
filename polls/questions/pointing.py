"""Links that point at one answer of a poll: its words, and where on the page it stands.

The answer stands behind a "#" in the address. No browser sends that part to a server, so no log of
the portal or of a server before it can hold who pointed at which answer, and no counter of clicks
can tell the answers apart. The page ticks it in the browser (``static/js/polls-pointed.js``).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polls.models import Axis, Consultation, ConsultationKind, Question
from polls.questions.posting import option_id
from polls.questions.schema import NO, YES, Kind

MOST = 8
"""With more answers than these a mail would be a form; the page is the better place then."""

PREFETCH = (
    "questionnaire__questions__choices",
    "questionnaire__wordings",
)
"""What must be fetched with consultations, so that asking for one costs no query more."""


@dataclass(frozen=True)
class Pointer:
    """One answer: what it says, and the address of the page with that answer pointed at."""

    label: str
    path: str


@dataclass(frozen=True)
class Words:
    """What a consultation asks, in the language in force where it was translated."""

    title: str
    question: str = ""
    """The one question, where it says more than the title; else empty."""
    answers: tuple[Pointer, ...] = ()
    """The answers to it, where they can be pointed at."""


def words_of(consultation: Consultation) -> Words:
    """The title, and for a poll of one question what is asked and can be answered."""
    say = _Say(consultation)
    title = say("title", consultation.title)
    if consultation.kind != ConsultationKind.POLL:
        return Words(title)
    questions = list(consultation.questionnaire.questions.all())
    if len(questions) != 1:
        return Words(title)
    [question] = questions
    text = say(f"question:{question.code}:text", question.text)
    answers = _answers(question, say)
    if not 2 <= len(answers) <= MOST:
        answers = []
    page = consultation.get_absolute_url()
    return Words(
        title,
        "" if text == title else text,
        tuple(
            Pointer(label, f"{page}#{option_id(question.code, code)}") for code, label in answers
        ),
    )


class _Say:
    """A text by its reference, in the language in force; the original where there is none."""

    def __init__(self, consultation: Consultation) -> None:
        language = get_language()
        self.texts = {
            wording.ref: wording.text
            for wording in consultation.questionnaire.wordings.all()
            if wording.language == language
        }

    def __call__(self, ref: str, original: str) -> str:
        return self.texts.get(ref) or original


def _answers(question: Question, say: _Say) -> list[tuple[str, str]]:
    if question.kind == Kind.YES_NO:
        return [(YES, _("Yes")), (NO, _("No"))]
    if question.kind != Kind.SINGLE:
        return []
    return [
        (choice.code, say(f"question:{question.code}:choice:{choice.code}", choice.text))
        for choice in question.choices.all()
        if choice.axis == Axis.CHOICE
    ]
