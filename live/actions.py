"""What happens to question hours and questions; each in one transaction."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from live.models import HourState, Question, QuestionHour, QuestionState, Support
from people.log import log_act
from people.models import Person


class WrongState(Exception):
    """The question hour or question moved on since the page was shown."""


@transaction.atomic
def plan(hour: QuestionHour, by: Person) -> QuestionHour:
    """Save a draft, or a change to what is announced."""
    fresh = hour.pk is None
    if fresh:
        hour.organised_by = by
    hour.revision += 1
    hour.save()
    log_act(by, "live.plan" if fresh else "live.change", hour)
    return hour


@transaction.atomic
def announce(hour: QuestionHour, by: Person) -> None:
    """Staff see it and may ask from now on."""
    _move(hour, HourState.DRAFT, HourState.ANNOUNCED)
    log_act(by, "live.announce", hour)


@transaction.atomic
def start(hour: QuestionHour, by: Person) -> None:
    """The hour goes on: watchers' pages follow along."""
    _move(hour, HourState.ANNOUNCED, HourState.LIVE)
    log_act(by, "live.start", hour)


@transaction.atomic
def finish(hour: QuestionHour, by: Person) -> None:
    """It is over; what is still open needs an owner and a date."""
    _move(hour, HourState.LIVE, HourState.FINISHED)
    log_act(by, "live.finish", hour)


@transaction.atomic
def publish_minutes(hour: QuestionHour, by: Person, minutes: str) -> None:
    """Staff read the minutes with every answered question.

    Raises ``WrongState`` where a question that was accepted has neither answer nor owner and date.
    """
    loose = hour.questions.filter(state=QuestionState.ACCEPTED).exclude(
        owner__isnull=False, due_on__isnull=False
    )
    if hour.questions.filter(state=QuestionState.WAITING).exists() or loose.exists():
        raise WrongState
    hour.minutes = minutes
    hour.published_at = timezone.now()
    hour.save(update_fields=["minutes", "published_at"])
    _move(hour, HourState.FINISHED, HourState.PUBLISHED)
    log_act(by, "live.publish_minutes", hour)


@transaction.atomic
def ask(hour: QuestionHour, text: str, author: Person | None) -> Question:
    """Put a question; without an author it is anonymous and nothing leads to who asked."""
    locked = QuestionHour.objects.select_for_update().get(pk=hour.pk)
    if not locked.takes_questions or (author is None and not locked.anonymous_allowed):
        raise WrongState
    question = Question.objects.create(question_hour=locked, text=text, author=author)
    _touch(locked)
    return question


def supporter(question: Question, person: Person) -> str:
    """Who supports, as a digest: HMAC-SHA-256 under a key that is not in the database.

    The database alone cannot tell who wants to know what, and still counts everyone once.
    """
    text = f"support:{question.key}:{person.key}".encode()
    return hmac.new(settings.ALIAS_KEY.encode(), text, hashlib.sha256).hexdigest()


def support(question: Question, person: Person) -> bool:
    """Add this person's "I want to know this too"; False where it stood already."""
    try:
        with transaction.atomic():
            Support.objects.create(question=question, supporter=supporter(question, person))
            _touch(question.question_hour)
    except IntegrityError:
        return False
    return True


def supported_by(person: Person, questions: Iterable[Question]) -> set[UUID]:
    """The keys of those ``questions`` that this person supports; one query."""
    digests = {supporter(question, person): question.key for question in questions}
    found = Support.objects.filter(supporter__in=digests).values_list("supporter", flat=True)
    return {digests[digest] for digest in found}


@transaction.atomic
def withdraw_support(question: Question, person: Person) -> None:
    """Take it back."""
    Support.objects.filter(question=question, supporter=supporter(question, person)).delete()
    _touch(question.question_hour)


@transaction.atomic
def accept(question: Question, by: Person) -> None:
    """The question will be dealt with, and is shown to all."""
    _screen(question, state=QuestionState.ACCEPTED, reason="")
    log_act(by, "live.accept", question)


@transaction.atomic
def decline(question: Question, by: Person, reason: str) -> None:
    """The question is not dealt with, for a stated reason."""
    _screen(question, state=QuestionState.DECLINED, reason=reason)
    log_act(by, "live.decline", question)


@transaction.atomic
def answer(question: Question, by: Person, text: str) -> None:
    """Write the answer down; during the hour watchers see it within seconds."""
    Question.objects.filter(pk=question.pk).update(
        state=QuestionState.ANSWERED, answer=text, reason=""
    )
    question.refresh_from_db()
    _touch(question.question_hour)
    log_act(by, "live.answer", question)


@transaction.atomic
def hand_over(question: Question, by: Person, owner: Person, due_on: dt.date) -> None:
    """A question without an answer yet gets someone who finds it out, and a date."""
    _screen(question, state=QuestionState.ACCEPTED, reason="", owner=owner, due_on=due_on)
    log_act(by, "live.hand_over", question)


def _screen(question: Question, **changes: object) -> None:
    unanswered = Question.objects.filter(pk=question.pk).exclude(state=QuestionState.ANSWERED)
    if not unanswered.update(**changes):
        raise WrongState
    question.refresh_from_db()
    _touch(question.question_hour)


def _move(hour: QuestionHour, expected: HourState, state: HourState) -> None:
    """Move on by a conditional update: of two people pressing at once, one moves it."""
    here = QuestionHour.objects.filter(pk=hour.pk, state=expected)
    if not here.update(state=state, revision=F("revision") + 1):
        raise WrongState
    hour.refresh_from_db()


def _touch(hour: QuestionHour) -> None:
    QuestionHour.objects.filter(pk=hour.pk).update(revision=F("revision") + 1)
