"""Newsletter issues: what they say, to whom and when they go, and what came of them."""

from newsletter.models.issue import AudienceRole, Block, Issue, IssueState
from newsletter.models.reach import Link, _link_code
from newsletter.models.readers import OptOut, Subscription
from newsletter.models.repeat import Occurrence, Recurrence, Rhythm

__all__ = [
    "AudienceRole",
    "Block",
    "Issue",
    "IssueState",
    "Link",
    "Occurrence",
    "OptOut",
    "Recurrence",
    "Rhythm",
    "Subscription",
    "_link_code",
]
