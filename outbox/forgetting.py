"""What is forgotten of mail: of one to one person all of it, of what became secret its words."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from outbox.models import Delivery, Lane, Mailing, MailingState, Rendering

KEPT = timedelta(days=1)
"""Long enough to find out why a mail did not come, and for it to bounce."""


@transaction.atomic
def forget_singles() -> int:
    """Delete the rows of mails outside the bulk lane that ended over a day ago; how many mailings.

    A sign-in code's row says who was at the portal and when. Sessions are made not to say that
    (``people.sign_in.sessions``), so mail must not keep it either. What did not arrive goes too:
    its text holds the code or the link.
    """
    ended = Mailing.objects.filter(
        state__in=[MailingState.DONE, MailingState.CANCELLED], finished_at__lt=Now() - KEPT
    ).exclude(lane=Lane.BULK)
    keys = list(ended.values_list("pk", flat=True))
    Delivery.objects.filter(mailing__in=keys).delete()
    Mailing.objects.filter(pk__in=keys).delete()
    return len(keys)


def forget_words(mailing: int) -> None:
    """Empty a mailing of what it said: subjects and texts. Who got it stays."""
    Rendering.objects.filter(mailing=mailing).update(subject="", body=b"")
    Mailing.objects.filter(pk=mailing).update(label="")
