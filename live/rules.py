"""Who may do what in a question hour."""

from live.models import HourState, Question, QuestionHour, QuestionState
from people import rules
from people.models import Person


def may_organise(person: Person) -> bool:
    """The council announces, screens, answers and publishes."""
    return rules.is_council(person)


def may_ask(person: Person, hour: QuestionHour) -> bool:
    """Staff, while the hour takes questions."""
    return rules.is_constituent(person) and hour.takes_questions


def may_support(person: Person, question: Question) -> bool:
    """Staff, for a question that will be dealt with, while the hour takes questions."""
    return may_ask(person, question.question_hour) and question.state == QuestionState.ACCEPTED


def may_screen(person: Person, question: Question) -> bool:
    """The council, until the question is answered."""
    return rules.is_council(person) and question.state != QuestionState.ANSWERED


def may_start(person: Person, hour: QuestionHour) -> bool:
    """The council, once it is announced."""
    return rules.is_council(person) and hour.state == HourState.ANNOUNCED


def may_publish_minutes(person: Person, hour: QuestionHour) -> bool:
    """The council, once it is over."""
    return rules.is_council(person) and hour.state == HourState.FINISHED
