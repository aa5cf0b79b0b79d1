"""What talking consists of: groups and who sits in them, threads, messages, aliases and care."""

from groups.models.aliases import Alias, LetterboxRound, SealedLetter
from groups.models.care import Opening, QuoteState, Report, Signal
from groups.models.groups import (
    Group,
    History,
    Invitation,
    Joining,
    JoinRequest,
    Listing,
    Membership,
    Notify,
    Seniority,
)
from groups.models.talking import Message, MessageState, Notice, Picture, ReadMarker, Thread

__all__ = [
    "Alias",
    "Group",
    "History",
    "Invitation",
    "JoinRequest",
    "Joining",
    "LetterboxRound",
    "Listing",
    "Membership",
    "Message",
    "MessageState",
    "Notice",
    "Notify",
    "Opening",
    "Picture",
    "QuoteState",
    "ReadMarker",
    "Report",
    "SealedLetter",
    "Seniority",
    "Signal",
    "Thread",
]
