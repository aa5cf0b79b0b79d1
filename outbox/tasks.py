"""The hands: one short task a batch, and a sweep that finds what any lost message left."""

from celery import shared_task
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from outbox import claims, clocks, delivering, forgetting, wakes
from outbox.models import Delivery, Lane, Mailing, Outage

LOOK_EVERY = 10


@shared_task(name="outbox.deliver")
def deliver(lane: int, link: int = 0) -> int:
    """Send one batch of a lane, and wake a successor where more is due. How many rows it held.

    ``link`` is its number in a chain of successors. A doubled message makes a second chain, so the
    first and every tenth link looks whether there are enough of them.
    """
    urgency = Lane(lane)
    if link % LOOK_EVERY == 0 and claims.live_streams(urgency) >= settings.MAIL_STREAMS:
        return 0
    batch = delivering.deliver_batch(urgency)
    if batch.full:
        wakes.wake(urgency, link=link + 1)
    elif batch.wait:
        wakes.wake(urgency, countdown=min(max(batch.wait, 0.2), 60.0))
    return len(batch.rows)


@shared_task(name="outbox.sweep")
def sweep() -> None:
    """Recover what dead workers left, and wake the lanes in which mail is due but nobody sends."""
    clocks.look()
    delivering.recover()
    claims.give_up_expired()
    claims.cancel_left()
    claims.finish(Mailing.objects.active().exclude(total=0).values_list("pk", flat=True)[:1000])
    if Outage.objects.filter(retry_at__gt=Now()).exists():
        return
    for lane in Lane:
        due = Delivery.objects.due(lane).filter(mailing=OuterRef("pk"))
        if Mailing.objects.active().filter(lane=lane).filter(Exists(due)).exists():
            missing = settings.MAIL_STREAMS - claims.live_streams(lane)
            wakes.wake(lane, streams=max(missing, 0))


@shared_task(name="outbox.forget")
def forget() -> None:
    """Forget who got a mail of their own, and when."""
    forgetting.forget_singles()


@shared_task(name="outbox.fetch_returned")
def fetch_returned() -> int:
    """Read the mailbox of returned mail, where there is one. How many were ours."""
    from outbox import mailbox  # here: it would take every mail worker ten megabytes

    return mailbox.fetch_returned()
