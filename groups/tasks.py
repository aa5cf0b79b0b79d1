"""The alarm clock of the groups: the rows say what is to be done."""

from celery import shared_task
from django.utils import timezone

from groups import actions


@shared_task(name="groups.send_notices")
def send_notices() -> None:
    """Mail whose notice is due."""
    actions.send_due_notices(timezone.now())


@shared_task(name="groups.empty_letterbox")
def empty_letterbox() -> None:
    """Bring out the latest round of letters, once, and then the daily mail of those groups."""
    now = timezone.now()
    actions.empty_letterbox(now)
    actions.mail_alias_groups(now)
