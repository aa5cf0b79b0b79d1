"""What the scheduler asks of dossiers; the rows decide, so running twice changes nothing."""

from celery import shared_task
from django.utils import timezone

from dossiers import reminders


@shared_task
def remind_of_terms() -> None:
    """Queue the reminders that are due today."""
    reminders.send_due(timezone.localdate())
