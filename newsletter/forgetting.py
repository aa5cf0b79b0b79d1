"""Forgetting whom a newsletter to "who has not answered yet" went to.

Its recipients are those who had not taken part, so the list goes with the marks of who had
(``polls.traces``). What it said stays in the archive, and how many mails went out stays counted.
"""

from newsletter.models import Issue
from outbox import actions as outbox_actions
from polls.models import Consultation


def forget_readers(consultation: Consultation) -> None:
    """Stop what still goes out to those who had not answered, and delete who they were."""
    written = Issue.objects.filter(waiting_for=consultation).exclude(mailing=None)
    for issue in written.select_related("mailing"):
        assert issue.mailing is not None
        outbox_actions.forget_recipients(issue.mailing)
