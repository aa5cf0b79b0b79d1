"""The alarm clock of newsletters."""

from celery import shared_task
from django.utils import timezone

from newsletter import mailing
from newsletter.models import Issue
from newsletter.stopping import finish_stops


@shared_task(name="newsletter.hand_over_due")
def hand_over_due() -> int:
    """Hand every issue whose moment has come to the outbox; how many there were."""
    finish_stops()
    due = list(Issue.objects.due(timezone.now()))
    return sum(mailing.hand_over(issue) for issue in due)
