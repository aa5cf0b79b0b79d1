"""A member's calendar address."""

from django.db import transaction
from django.utils import timezone

from dossiers import feeds
from dossiers.models import CalendarFeed
from people.log import log_act
from people.models import Person


@transaction.atomic
def make_feed(actor: Person) -> str:
    """A fresh secret for the person's calendar address; an earlier one stops working."""
    token = feeds.new_token()
    CalendarFeed.objects.update_or_create(
        person=actor, defaults={"token_hash": feeds.hash_of(token), "made_at": timezone.now()}
    )
    log_act(actor, "dossiers.make_feed")
    return token


@transaction.atomic
def drop_feed(actor: Person) -> None:
    """Withdraw the person's calendar address."""
    CalendarFeed.objects.filter(person=actor).delete()
    log_act(actor, "dossiers.drop_feed")
