"""Choosing the earlier time of asking that results stand beside."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from people.log import log_act
from people.models import Person
from polls.disclosure.comparing import COMPARED, wording
from polls.models import Consultation, ConsultationKind, Question, ReleaseAudience

MOST_OFFERED = 40


class CannotCompare(ValueError):
    """Not an earlier one that was released and asked something alike."""


@dataclass(frozen=True)
class Candidate:
    """An earlier consultation, and how many questions it has in common."""

    consultation: Consultation
    alike: int


def candidates(consultation: Consultation, person: Person) -> list[Candidate]:
    """Earlier ones that ``person`` may see, released to anyone, that asked something alike; the
    latest first. Two queries."""
    if consultation.opened_at is None:
        return []
    earlier = (
        Consultation.objects.visible_to(person)
        .closed()
        .released_to(*ReleaseAudience)
        .filter(opened_at__lt=consultation.opened_at)
        .exclude(kind=ConsultationKind.STATEMENTS)
        .order_by("-opened_at", "-pk")[:MOST_OFFERED]
    )
    found = list(earlier)
    asked: dict[int, set[tuple[str, str]]] = {}
    questionnaires = [each.questionnaire_id for each in found] + [consultation.questionnaire_id]
    rows = Question.objects.filter(questionnaire__in=questionnaires, kind__in=COMPARED)
    for questionnaire, kind, text in rows.values_list("questionnaire", "kind", "text"):
        asked.setdefault(questionnaire, set()).add((kind, wording(text)))
    ours = asked.get(consultation.questionnaire_id, set())
    offered = [
        Candidate(each, len(ours & asked.get(each.questionnaire_id, set()))) for each in found
    ]
    return [each for each in offered if each.alike]


def compare_with(consultation: Consultation, earlier: Consultation | None, by: Person) -> None:
    """Put ``consultation`` beside ``earlier``, or beside nothing. Raises ``CannotCompare``."""
    if earlier is not None and all(
        each.consultation.pk != earlier.pk for each in candidates(consultation, by)
    ):
        raise CannotCompare(earlier)
    with transaction.atomic():
        consultation.compared_with = earlier
        consultation.save(update_fields=["compared_with"])
        log_act(by, "polls.compare", consultation)
