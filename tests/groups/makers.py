"""Small makers for groups and what is said in them, through the actions that the portal uses."""

import datetime as dt

from django.utils import timezone

from groups import actions
from groups.aliases import Act
from groups.models import (
    Group,
    History,
    Joining,
    Listing,
    Message,
    Seniority,
    Thread,
)
from people.models import Person


def make_group(
    moderator: Person,
    *members: Person,
    name: str = "Nachtdienst onder elkaar",
    purpose: str = "Praten over werken in de nacht.",
    listing: Listing = Listing.LISTED,
    joining: Joining = Joining.REQUEST,
    history: History = History.SHARED,
    alias: bool = False,
) -> Group:
    """A group that ``moderator`` keeps, with ``members``; started by someone of the council."""
    text = actions.GroupText(name=name, purpose=purpose, listing=listing, joining=joining)
    group = actions.start_group(moderator, text, history=history, alias_allowed=alias)
    for member in members:
        actions.join_group(member, group)
    return group


def make_thread(
    group: Group, author: Person, title: str = "Pauzes", body: str = "Wie heeft er pauze?"
) -> Thread:
    """A conversation that ``author`` starts under their name."""
    return actions.start_thread(author, group, title, actions.MessageText(body))


def make_message(thread: Thread, author: Person, body: str = "Ik niet.") -> Message:
    """A message of ``author`` under their name."""
    return actions.write_message(author, thread, actions.MessageText(body))


def write_under_alias(thread: Thread, person: Person, body: str = "Stil gezegd.") -> None:
    """A letter of ``person`` for the thread, left in the letterbox."""
    actions.post_letter(person, thread.group, Act.MESSAGE, thread=thread, body=body)


def make_moderator(person: Person, group: Group) -> None:
    """``person``, a member, becomes moderator."""
    membership = group.memberships.get(person=person)
    actions.set_seniority(membership, Seniority.MODERATOR, person)


def a_day_on() -> dt.datetime:
    """Past every round that a letter written now could wait for."""
    return timezone.now() + dt.timedelta(hours=37)
