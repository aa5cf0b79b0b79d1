"""The letterhead."""

from django.db import transaction

from advice.models import Letterhead
from people.log import log_act
from people.models import Person


@transaction.atomic
def change_letterhead(actor: Person, letterhead: Letterhead) -> None:
    """Save the one letterhead there is."""
    letterhead.pk = 1
    letterhead.save()
    log_act(actor, "advice.change_letterhead")
