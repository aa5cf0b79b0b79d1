"""Who may do what with what was heard."""

from listening.models import Message, Signal, SignalState
from people import rules
from people.models import Person


def may_write_to_council(person: Person) -> bool:
    """Everyone in the achterban."""
    return rules.is_constituent(person)


def may_answer_messages(person: Person) -> bool:
    """The council."""
    return rules.is_council(person)


def may_continue(person: Person, message: Message) -> bool:
    """Who wrote it under their name may add to it."""
    return message.author_id is not None and message.author_id == person.pk


def may_note(person: Person) -> bool:
    """The council writes notes, signals and office hours."""
    return rules.is_council(person)


def may_pass_on(person: Person, signal: Signal) -> bool:
    """The council passes on what it noted."""
    return rules.is_council(person) and signal.state == SignalState.NOTED


def may_answer_signal(person: Person, signal: Signal) -> bool:
    """The director answers what was passed on."""
    return rules.is_director(person) and signal.state == SignalState.PASSED_ON


def may_feed_back(person: Person, signal: Signal) -> bool:
    """The council reports back once the director answered."""
    return rules.is_council(person) and signal.state == SignalState.ANSWERED
