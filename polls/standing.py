"""Where a person stands with a consultation: one query, and one of a few answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import FilteredRelation, Q, QuerySet

from people.models import Person, Role
from people.prepared import Prepared
from polls.models import Consultation, Questionnaire, State


class Standing(StrEnum):
    """What somebody can do with a consultation now."""

    MAY_ANSWER = "may_answer"
    ANSWERED = "answered"
    BY_CODE = "by_code"
    NOT_INVITED = "not_invited"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"


@dataclass(frozen=True)
class Invitation:
    """What an elector's row says of its person."""

    took_part: bool
    by_code: bool
    group: str


@dataclass(frozen=True)
class Approach:
    """A consultation as one person comes to it: with their invitation, or without one."""

    consultation: Consultation
    invitation: Invitation | None

    @property
    def standing(self) -> Standing:
        """Where they stand with it at this moment."""
        if self.consultation.state in (State.DRAFT, State.SCHEDULED):
            return Standing.NOT_OPEN_YET
        if not self.consultation.is_open:
            return Standing.CLOSED
        if self.invitation is None:
            return Standing.NOT_INVITED
        if self.invitation.took_part:
            return Standing.ANSWERED
        return Standing.BY_CODE if self.invitation.by_code else Standing.MAY_ANSWER


def approach(person: Person, key: UUID) -> Approach | None:
    """The consultation under ``key`` with its questionnaire, if ``person`` may see it.

    The door is ``Consultation.objects.visible_to``; all of it is one query, prepared for each
    combination of what the door looks at.
    """
    shape = (person.is_active, bool(person.staff_number), person.roles)
    rows = _approach.rows(*shape, person=person.pk, key=key)
    if not rows:
        return None
    row = rows[0]
    consultation = Consultation.from_db(DEFAULT_DB_ALIAS, _ASKED, row[: len(_ASKED)])
    questions = row[len(_ASKED) : len(_ASKED) + len(_QUESTIONS)]
    consultation.questionnaire = Questionnaire.from_db(DEFAULT_DB_ALIAS, _QUESTIONS, questions)
    invitation = None if row[-3] is None else Invitation(*row[-3:])
    return Approach(consultation, invitation)


_ASKED = [field.attname for field in Consultation._meta.concrete_fields]
_QUESTIONS = [field.attname for field in Questionnaire._meta.concrete_fields]


def _approaching(
    is_active: bool, on_roster: bool, roles: frozenset[Role], *, person: int, key: UUID
) -> QuerySet[Consultation, tuple[Any, ...]]:
    """The door for somebody of whom nothing else is known: asking for more would fail."""
    left_on = None if is_active else date.min
    known = {"id": person, "staff_number": "1" if on_roster else "", "left_on": left_on}
    somebody = Person.from_db(DEFAULT_DB_ALIAS, list(known), list(known.values()))
    somebody.roles = roles
    own = FilteredRelation("electors", condition=Q(electors__person=person))
    found = Consultation.objects.visible_to(somebody).filter(key=key).annotate(own=own)
    questions = [f"questionnaire__{name}" for name in _QUESTIONS]
    own_row = ("own__took_part", "own__by_code", "own__group")
    return found.order_by().values_list(*_ASKED, *questions, *own_row)


_approach = Prepared(_approaching, person=int, key=UUID)
