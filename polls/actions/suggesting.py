"""Suggesting themes: asked for by a row, found by a worker, applied by nobody but a person."""

from __future__ import annotations

from datetime import timedelta

from celery import current_app
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from people.log import log_act
from people.models import Person
from polls.models import Consultation, OpenAnswer, Theme, ThemeRequest

LEASE = timedelta(minutes=10)
"""A claim older than this is of a worker that died."""


def ask_for_themes(consultation: Consultation, question: str, by: Person) -> ThemeRequest:
    """Ask for themes in the answers to ``question``; asked before: once more, from the start."""
    with transaction.atomic():
        request, _made = ThemeRequest.objects.update_or_create(
            consultation=consultation,
            question=question,
            defaults={"asked_at": timezone.now(), "claimed_at": None, "done_at": None, "found": 0},
        )
        log_act(by, "polls.suggest_themes", consultation)
        # Without a broker the next sweep finds the row.
        transaction.on_commit(lambda: _wake(request.pk), robust=True)
    return request


def _wake(request_pk: int) -> None:
    current_app.send_task("polls.tasks.suggest_themes_for", [request_pk])


def requests_waiting() -> QuerySet[ThemeRequest]:
    """Not done, and claimed by nobody or by a worker that died."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - LEASE)
    return ThemeRequest.objects.filter(free, done_at=None)


def find_themes(request_pk: int) -> bool:
    """Claim a request, look for themes, and store them as suggestions; True where this call did.

    Suggestions that stood there make room; confirmed themes stay as they are, and a suggestion
    that is called as one of them is left out. Asked anew meanwhile: the later request wins.
    """
    now = timezone.now()
    if not requests_waiting().filter(pk=request_pk).update(claimed_at=now):
        return False
    request = ThemeRequest.objects.select_related("consultation").get(pk=request_pk)
    answers = list(
        OpenAnswer.objects.filter(consultation=request.consultation_id)
        .to_question(request.question)
        .values_list("pk", "text")
    )
    # Loads scikit-learn, so only where it is used: in the worker.
    from polls.clustering import suggest_themes

    found = suggest_themes([text for _pk, text in answers])
    with transaction.atomic():
        held = ThemeRequest.objects.select_for_update().filter(pk=request_pk, claimed_at=now)
        if not held.update(done_at=timezone.now(), found=len(found)):
            return False
        of_question = Theme.objects.filter(
            consultation=request.consultation_id, question=request.question
        )
        of_question.filter(is_suggested=True).delete()
        taken = {name.lower() for name in of_question.values_list("name", flat=True)}
        for place, suggestion in enumerate(found):
            name = suggestion.name[:120]
            if name.lower() in taken:
                continue
            taken.add(name.lower())
            theme = Theme.objects.create(
                consultation=request.consultation,
                question=request.question,
                name=name,
                position=place,
                is_suggested=True,
            )
            theme.answers.add(*(answers[member][0] for member in suggestion.members))
    return True


def dismiss_suggestion(theme: Theme, by: Person) -> None:
    """Let a suggestion go; nothing stood under it but the suggestion."""
    assert theme.is_suggested
    with transaction.atomic():
        consultation = theme.consultation
        theme.delete()
        log_act(by, "polls.theme", consultation)
