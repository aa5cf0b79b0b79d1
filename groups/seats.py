"""A person's seat in a group: what they are there, and from when they read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from groups import aliases
from groups.models import Group, History, Membership, Opening
from people.models import Person


@dataclass(frozen=True)
class Seat:
    """``person`` before ``group``: as a member, as one of two who opened it, or as neither."""

    person: Person
    group: Group
    membership: Membership | None
    opening: Opening | None

    @property
    def is_member(self) -> bool:
        """Whether the person sits in the group."""
        return self.membership is not None

    @property
    def is_moderator(self) -> bool:
        """Whether the person keeps the house rules of the group."""
        return self.membership is not None and self.membership.is_moderator

    @property
    def reads_since(self) -> datetime | None:
        """From which moment on messages are in sight; None for all of them."""
        if self.membership is None or self.group.history == History.SHARED:
            return None
        return self.membership.joined_at

    @property
    def tag(self) -> str:
        """The mark of the person's alias here."""
        return aliases.tag_of(self.person, self.group)


def seat_of(person: Person, group: Group) -> Seat:
    """The seat of ``person`` in ``group``; one or two queries."""
    membership = Membership.objects.filter(group=group, person=person).first()
    opening = None
    if membership is None:
        opening = next(
            (
                opening
                for opening in group.openings.exclude(ends_at=None)
                if person.pk in (opening.asked_by_id, opening.seconded_by_id)
                and opening.is_in_force()
            ),
            None,
        )
    return Seat(person, group, membership, opening)
