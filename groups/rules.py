"""Who may do what in a group, one named predicate a sentence.

A person before a group is a ``Seat``: no rule here asks for the council's role except starting
a group and opening one with a second.
"""

from django.conf import settings

from groups.models import Group, Joining, Membership, Message, MessageState, Opening, Thread
from groups.seats import Seat
from people.models import Person
from people.rules import is_council, may_read_portal


def may_start(person: Person) -> bool:
    """Starts groups: the council. It may leave the group to its moderators afterwards."""
    return is_council(person)


def may_join(person: Person, group: Group) -> bool:
    """Joins at once: everyone, where the group is open."""
    return may_read_portal(person) and group.joining == Joining.OPEN and not group.is_closed


def may_ask_to_join(person: Person, group: Group) -> bool:
    """Asks a moderator: everyone, where the group takes requests."""
    return may_read_portal(person) and group.joining == Joining.REQUEST and not group.is_closed


def may_write(seat: Seat) -> bool:
    """Writes: members, until the group is closed."""
    return seat.is_member and not seat.group.is_closed


def may_write_in(seat: Seat, thread: Thread) -> bool:
    """Writes in a thread: members, until it or the group is closed."""
    return may_write(seat) and not thread.is_closed


def may_use_alias(seat: Seat) -> bool:
    """Writes under an alias: where the group has them and enough members to hide among."""
    return (
        may_write(seat)
        and seat.group.alias_allowed
        and seat.group.memberships.current().count() >= settings.TOTAL_THRESHOLD
        and not seat.group.aliases.filter(tag=seat.tag, is_muted=True).exists()
    )


def is_writer(seat: Seat, message: Message) -> bool:
    """Wrote the message, under name or alias."""
    if message.alias is not None:
        return message.alias.tag == seat.tag
    return message.author_id == seat.person.pk


def may_change(seat: Seat, message: Message) -> bool:
    """Edits an own message: its writer, while it stands and the group is open."""
    return may_write(seat) and message.state == MessageState.VISIBLE and is_writer(seat, message)


def may_delete(seat: Seat, message: Message) -> bool:
    """Takes back own words: their writer, at any time while a member."""
    return seat.is_member and message.state != MessageState.DELETED and is_writer(seat, message)


def may_report(seat: Seat, message: Message) -> bool:
    """Points the moderators to a message of someone else."""
    return seat.is_member and message.state == MessageState.VISIBLE and not is_writer(seat, message)


def may_moderate(seat: Seat) -> bool:
    """Hides, closes threads, reads reports, decides on requests, invites: the moderators."""
    return seat.is_moderator


def may_become_moderator(seat: Seat) -> bool:
    """Takes over: any member of a group whose moderators have all gone."""
    return seat.is_member and not seat.group.memberships.current().moderators().exists()


def may_leave(seat: Seat) -> bool:
    """Leaves: a member, but not the last moderator of others."""
    if not seat.is_moderator:
        return seat.is_member
    others = seat.group.memberships.current().exclude(person=seat.person)
    return others.moderators().exists() or not others.exists()


def may_change_member(seat: Seat, other: Membership) -> bool:
    """Makes a member moderator, or removes one: moderators, of other members."""
    return (
        seat.is_moderator
        and other.group_id == seat.group.pk
        and (other.person_id != seat.person.pk)
    )


def may_signal(seat: Seat) -> bool:
    """Takes something out of the group in a paraphrase: its members."""
    return seat.is_member


def may_quote(seat: Seat, message: Message) -> bool:
    """Asks for literal words: never those under an alias, which would lead to their writer."""
    return (
        seat.is_member and message.author_id is not None and message.state == MessageState.VISIBLE
    )


def may_ask_opening(person: Person) -> bool:
    """Asks for a group to be opened from outside: the council."""
    return is_council(person)


def may_second(person: Person, opening: Opening) -> bool:
    """Agrees as the second: another council member than who asked."""
    return (
        is_council(person) and opening.seconded_by_id is None and opening.asked_by_id != person.pk
    )


def may_end(person: Person, opening: Opening) -> bool:
    """Ends an opening before its time: the two who opened."""
    return opening.is_in_force() and person.pk in (opening.asked_by_id, opening.seconded_by_id)
