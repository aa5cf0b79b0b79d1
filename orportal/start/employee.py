"""The start page of the achterban."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst

from dossiers.markdown import to_text
from dossiers.models import Dossier
from orportal.start.shapes import Question, Row, SaidDid
from orportal.start.shared import (
    SHORT,
    agenda,
    groups_of,
    letters,
    news,
    questions_for,
    released_results,
)
from people import rules
from people.models import Person
from polls.models import Consultation, Outcome


@dataclass(frozen=True)
class EmployeeStart:
    """The start page of the achterban."""

    questions: list[Question]
    told: list[Row]
    results: list[Row]
    letters: list[Row]
    outcomes: list[SaidDid]
    dossiers: list[Row]
    groups: list[Row]
    agenda: list[Row]
    may_write: bool


def employee_start(person: Person, seen: Mapping[int, datetime]) -> EmployeeStart:
    """What is open, told and done, for someone of the achterban."""
    return EmployeeStart(
        questions=questions_for(person),
        told=news(person),
        results=released_results(person),
        letters=letters(person),
        outcomes=outcomes(person),
        dossiers=shared_dossiers(person),
        groups=groups_of(person, seen),
        agenda=agenda(person),
        may_write=rules.is_constituent(person),
    )


def outcomes(person: Person) -> list[SaidDid]:
    """The last two times that something came of what staff said."""
    seen = Consultation.objects.visible_to(person)
    found = (
        Outcome.objects.filter(consultation__in=seen, published_on__isnull=False)
        .select_related("consultation")
        .order_by("-published_on", "-pk")[:2]
    )
    return [
        SaidDid(
            title=each.consultation.title,
            url=each.consultation.get_absolute_url(),
            heard=to_text(each.heard),
            done=to_text(each.done),
        )
        for each in found
    ]


def shared_dossiers(person: Person) -> list[Row]:
    """What the council is working on, as far as staff may know."""
    return [
        Row(
            title=each.title,
            url=each.get_absolute_url(),
            facts=(capfirst(each.get_kind_display()),),
        )
        for each in Dossier.objects.visible_to(person).open()[:SHORT]
    ]
