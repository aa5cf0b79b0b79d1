"""Forgetting in time: participation marks, single answers. Executed daily, and shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from outbox.models import Delivery, Mailing
from people.log import log_act
from polls import traces
from polls.models import (
    Consultation,
    Elector,
    ElectorMailing,
    MailKind,
    NamedBallot,
    OpenAnswer,
    State,
    Statement,
    VotingCode,
)

MOST_DAYS_FOR_MARKS = 14
MOST_DAYS_FOR_ANSWERS = 183


@dataclass(frozen=True)
class Terms:
    """On which day what goes; None before the closing."""

    marks: date | None
    answers: date | None


def terms_of(consultation: Consultation) -> Terms:
    """The days on which marks and single answers of ``consultation`` go, for its page.

    Single answers go with the dossier where that is closed earlier, and never before the marks.
    """
    closed = consultation.closed_on
    if closed is None:
        return Terms(None, None)
    marks = closed + timedelta(days=days_for_marks())
    answers = closed + timedelta(days=days_for_answers())
    dossier = consultation.dossier
    if dossier is not None and dossier.closed_on is not None:
        answers = max(marks, min(answers, dossier.closed_on))
    return Terms(marks, answers)


def days_for_marks() -> int:
    """Days after closing that it is kept who took part: as set, at most 14."""
    return min(int(settings.MARKS_KEPT_DAYS), MOST_DAYS_FOR_MARKS)


def days_for_answers() -> int:
    """Days after closing that single answers are kept: as set, at most six months."""
    return min(int(settings.ANSWERS_KEPT_DAYS), MOST_DAYS_FOR_ANSWERS)


def forget_due(today: date | None = None) -> None:
    """Delete what is past its term; each consultation in a transaction of its own."""
    day = today or timezone.localdate()
    for consultation in _marks_due(day):
        forget_marks(consultation, day)
    for consultation in _answers_due(day):
        if (terms_of(consultation).answers or day) <= day:
            delete_answers(consultation, day)


def forget_marks(consultation: Consultation, day: date) -> None:
    """Delete who took part: marks, used codes, the addresses of reminders, and what other apps hold
    of that kind. That someone was invited stays until the answers go, because the outcome is mailed
    to the invited."""
    with transaction.atomic():
        Elector.objects.filter(consultation=consultation).update(took_part=False)
        VotingCode.objects.filter(consultation=consultation).delete()
        _delete_mailings(consultation, MailKind.REMINDER)
        traces.forget(consultation)
        consultation.marks_gone_on = day
        consultation.save(update_fields=["marks_gone_on"])
        log_act(None, "polls.forget_marks", consultation)


def delete_answers(consultation: Consultation, day: date) -> None:
    """Delete open answers, named answers and the electorate; counts and releases stay."""
    with transaction.atomic():
        OpenAnswer.objects.filter(consultation=consultation).delete()
        Statement.objects.filter(consultation=consultation).unshown().delete()
        NamedBallot.objects.filter(consultation=consultation).delete()
        Elector.objects.filter(consultation=consultation).delete()
        for kind in MailKind:
            _delete_mailings(consultation, kind)
        consultation.answers_gone_on = day
        consultation.save(update_fields=["answers_gone_on"])
        log_act(None, "polls.delete_answers", consultation)


def _marks_due(day: date) -> QuerySet[Consultation]:
    return Consultation.objects.filter(
        state=State.CLOSED,
        marks_gone_on=None,
        closed_on__lte=day - timedelta(days=days_for_marks()),
    )


def _answers_due(day: date) -> QuerySet[Consultation]:
    return (
        Consultation.objects.filter(state=State.CLOSED, answers_gone_on=None)
        .exclude(marks_gone_on=None)
        .filter(
            Q(closed_on__lte=day - timedelta(days=days_for_answers())) | ~Q(dossier__closed_on=None)
        )
        .select_related("dossier")
    )


def _delete_mailings(consultation: Consultation, kind: MailKind) -> None:
    sent = ElectorMailing.objects.filter(consultation=consultation, kind=kind)
    keys = list(sent.exclude(mailing=None).values_list("mailing", flat=True))
    Delivery.objects.filter(mailing__in=keys).delete()
    Mailing.objects.filter(pk__in=keys).delete()
