"""The clock of the consultations. The database is the truth: every task looks there what is due."""

from celery import shared_task
from django.db.models import Count
from django.utils import timezone

from polls.actions.closing import close_consultation, count_ballots
from polls.actions.emptying import empty_urn
from polls.actions.opening import CannotOpen, invite_joiners, open_consultation
from polls.actions.reaching import finish_stops
from polls.actions.retention import forget_due
from polls.actions.suggesting import find_themes, requests_waiting
from polls.models import Consultation, Joiners, State, UrnEntry


@shared_task
def sweep() -> None:
    """Every minute: open what is due, empty full urns, close what is due, count what is closed,
    stop mail for good that secrecy held, and look for themes where that was asked.

    Casting sends no message of its own: a message a ballot would be a time a ballot.
    """
    now = timezone.now()
    for consultation in Consultation.objects.due_to_open(now):
        open_due.delay(consultation.pk)
    full = (
        UrnEntry.objects.filter(is_first=True, consultation__state=State.OPEN)
        .values("consultation", "consultation__group_threshold")
        .annotate(waiting=Count("pk"))
    )
    for row in full:
        if row["waiting"] >= row["consultation__group_threshold"]:
            empty.delay(row["consultation"])
    for consultation in Consultation.objects.due_to_close(now):
        close_due.delay(consultation.pk)
    finish_stops()
    for request in requests_waiting():
        suggest_themes_for.delay(request.pk)


@shared_task
def suggest_themes_for(request_pk: int) -> None:
    """Look for themes in the answers to one question, where somebody asked for it."""
    find_themes(request_pk)


@shared_task
def open_due(consultation_pk: int) -> None:
    """Open a consultation whose time has come; what stands in the way makes it a draft again."""
    due = Consultation.objects.due_to_open(timezone.now())
    consultation = due.filter(pk=consultation_pk).first()
    if consultation is None:
        return
    try:
        open_consultation(consultation, by=None)
    except CannotOpen:
        Consultation.objects.filter(pk=consultation_pk, state=State.SCHEDULED).update(
            state=State.DRAFT
        )


@shared_task
def daily() -> None:
    """Every night: add joiners, and forget what is past its term."""
    for consultation in Consultation.objects.open().filter(joiners=Joiners.ADDED):
        invite_joiners(consultation)
    forget_due()


@shared_task
def empty(consultation_pk: int) -> None:
    """Empty the urn until less than a batch waits."""
    while empty_urn(consultation_pk):
        pass


@shared_task
def close_due(consultation_pk: int) -> None:
    """Close an open consultation whose time has come, and count it."""
    consultation = Consultation.objects.get(pk=consultation_pk)
    if consultation.state == State.OPEN and not consultation.is_open:
        close_consultation(consultation, by=None)
    count_ballots(consultation_pk)
