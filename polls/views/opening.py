"""Opening from a page: the questions are looked over, then it opens now or at its time."""

from people.models import Person
from polls.actions.opening import CannotOpen, open_consultation, schedule_consultation
from polls.models import Consultation
from polls.questions.checks import Fault, problems
from polls.questions.loading import schema_of
from polls.questions.words import problem_in_words


def what_is_wrong(consultation: Consultation) -> list[str]:
    """What must be put right in the questions before they can be asked, in words, each once.

    That there are none yet is told by ``reasons_not_to_open``.
    """
    schema = schema_of(consultation.questionnaire)
    if consultation.kind == "statements":
        return []
    found = [each for each in problems(schema) if each.fault is not Fault.NO_QUESTIONS]
    return list(dict.fromkeys(problem_in_words(problem, schema) for problem in found))


def open_or_schedule(consultation: Consultation, by: Person) -> None:
    """Open now, or at ``opens_at`` where that is set. Raises ``CannotOpen``."""
    wrong = what_is_wrong(consultation)
    if wrong:
        raise CannotOpen(wrong)
    if consultation.opens_at:
        schedule_consultation(consultation, by, consultation.opens_at)
    else:
        open_consultation(consultation, by)
