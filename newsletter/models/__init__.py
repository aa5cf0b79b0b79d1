"""Newsletter issues: what they say, to whom and when they go, and what came of them."""

from newsletter.models.issue import LEAST_WAITING, AudienceRole, Block, Issue, IssueState, Trial
from newsletter.models.reach import Link, ReaderGroup, Said, Slip, SlipKind, Usefulness, _link_code
from newsletter.models.readers import OptOut, Subscription
from newsletter.models.repeat import Occurrence, Recurrence, Rhythm

__all__ = [
    "LEAST_WAITING",
    "AudienceRole",
    "Block",
    "Issue",
    "IssueState",
    "Link",
    "Occurrence",
    "OptOut",
    "ReaderGroup",
    "Recurrence",
    "Rhythm",
    "Said",
    "Slip",
    "SlipKind",
    "Subscription",
    "Trial",
    "Usefulness",
    "_link_code",
]
