"""The alarm clock of newsletters."""

from celery import shared_task
from django.utils import timezone

from newsletter import mailing, repeating, slips
from newsletter.models import Issue, Recurrence
from newsletter.stopping import finish_stops


@shared_task(name="newsletter.hand_over_due")
def hand_over_due() -> int:
    """Hand every issue whose moment has come to the outbox; how many there were."""
    finish_stops()
    due = list(Issue.objects.due(timezone.now()))
    return sum(mailing.hand_over(issue) for issue in due)


@shared_task(name="newsletter.make_drafts")
def make_drafts() -> int:
    """Make the drafts of recurring newsletters whose day has come; how many there were."""
    now = timezone.now()
    running = list(Recurrence.objects.running().select_related("made_by", "selection"))
    return sum(repeating.make_due(each, now) is not None for each in running)


@shared_task(name="newsletter.count_slips")
def count_slips() -> int:
    """Count the clicks and answers that wait in large enough batches; forget what is past."""
    slips.forget(timezone.now())
    return slips.count_waiting()
