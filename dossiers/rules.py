"""Who may do what with a dossier, one named predicate a sentence.

Seeing is decided by ``visible_to``; these rules speak of a dossier the person already sees.
"""

from dossiers.models import Dossier
from people.models import Person
from people.rules import is_chair, is_council, is_director, is_secretary, may_read_portal


def may_open_dossier(person: Person) -> bool:
    """The council opens dossiers."""
    return is_council(person)


def may_keep_dossier(person: Person, dossier: Dossier) -> bool:
    """The council works in a dossier until it is closed."""
    return is_council(person) and not dossier.is_closed


def may_close_dossier(person: Person, dossier: Dossier) -> bool:
    """Chair and secretary close and reopen."""
    return is_chair(person) or is_secretary(person)


def may_impose_secrecy(person: Person, dossier: Dossier) -> bool:
    """Chair and secretary record secrecy and who is exempt."""
    return is_chair(person) or is_secretary(person)


def may_lift_secrecy(person: Person, dossier: Dossier) -> bool:
    """Chair and secretary lift secrecy that is in force."""
    return dossier.is_secret and (is_chair(person) or is_secretary(person))


def may_read_papers(person: Person) -> bool:
    """Notes, checklist and history are for the council."""
    return is_council(person)


def may_hand_in_request(person: Person) -> bool:
    """The director hands in requests."""
    return is_director(person)


def may_have_calendar(person: Person) -> bool:
    """Council members may take the deadlines into their own calendar."""
    return is_council(person)


def may_plan(person: Person, dossier: Dossier | None) -> bool:
    """The council plans its communication, for a dossier while it is open, or for the year."""
    return is_council(person) and (dossier is None or not dossier.is_closed)


def may_search(person: Person) -> bool:
    """Who has something to read searches in it; the administrator, by that role, has not."""
    return may_read_portal(person) or is_director(person)
