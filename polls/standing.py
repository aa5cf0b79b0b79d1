"""Where a person stands with a consultation: one query, and one of a few answers."""

from enum import StrEnum

from people.models import Person
from polls.models import Consultation, Elector, State


class Standing(StrEnum):
    """What somebody can do with a consultation now."""

    MAY_ANSWER = "may_answer"
    ANSWERED = "answered"
    BY_CODE = "by_code"
    NOT_INVITED = "not_invited"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"


def standing_of(person: Person, consultation: Consultation) -> Standing:
    """Where ``person`` stands with ``consultation`` at this moment."""
    if consultation.state in (State.DRAFT, State.SCHEDULED):
        return Standing.NOT_OPEN_YET
    if not consultation.is_open:
        return Standing.CLOSED
    invitation = Elector.objects.filter(consultation=consultation, person=person).first()
    if invitation is None:
        return Standing.NOT_INVITED
    if invitation.took_part:
        return Standing.ANSWERED
    return Standing.BY_CODE if invitation.by_code else Standing.MAY_ANSWER
