"""What the scheduler asks of listening; the rows decide, so running twice changes nothing."""

from celery import shared_task
from django.conf import settings

from listening import actions


@shared_task(name="listening.tell_council")
def tell_council() -> bool:
    """Mail the council where messages came in since the last time.

    Twice a day at fixed hours rather than at once: the moment of a mail would be the moment at
    which an anonymous message was written.
    """
    return actions.tell_council_of_new_messages()


@shared_task(name="listening.forget")
def forget() -> int:
    """Delete messages whose conversation has ended long enough ago."""
    return actions.forget_old_messages(settings.MESSAGES_KEPT_DAYS)
