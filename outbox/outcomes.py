"""What comes of handing one mail to a server."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The four endings of one attempt."""

    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Outcome:
    """An ending and the words that came with it."""

    kind: Kind
    text: str = ""


class ConnectionLost(Exception):
    """The server went away before it had a whole mail: that mail was not delivered."""


class OutcomeOpen(Exception):
    """The server went away after it had a whole mail and before it answered: nobody can tell."""


class RelayUnusable(Exception):
    """No mail can be handed over at all: unreachable, TLS or sign-in refused, sender refused."""
