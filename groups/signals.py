"""Where a group's signals go: whoever composes the portal registers a receiver at start-up.

The groups do not know who listens (``listening`` stands beside them); ``orportal`` wires the two.
"""

from collections.abc import Callable

from groups.models import Listing, Signal

Receiver = Callable[["Passed"], None]


class Passed:
    """What a receiver gets: words, and a source that names only groups that everyone may know."""

    def __init__(self, signal: Signal) -> None:
        self.paraphrase = signal.paraphrase
        self.quote = signal.quote
        listed = signal.group.listing == Listing.LISTED
        self.group_name = signal.group.name if listed else ""
        self.written_by = signal.written_by


_receivers: list[Receiver] = []


def register_receiver(receiver: Receiver) -> None:
    """Hand every signal that leaves a group to ``receiver``, in the transaction that sends it."""
    if receiver not in _receivers:
        _receivers.append(receiver)


def pass_on(signal: Signal) -> None:
    """Give the signal to all receivers."""
    for receiver in _receivers:
        receiver(Passed(signal))
