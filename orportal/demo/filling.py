"""Fill an empty portal with the demo, in one transaction: all of it or nothing."""

from django.db import transaction

from orportal.demo import (
    asking,
    concluding,
    filing,
    hearing,
    reading_along,
    sending,
    staff,
    stating,
    talking,
    telling,
)
from people.models import Person


class NotEmpty(Exception):
    """The portal knows people already; nothing was done."""


@transaction.atomic
def fill_demo() -> None:
    """Fill a portal that knows nobody yet; NotEmpty where it knows anybody."""
    if Person.objects.exists():
        raise NotEmpty
    cast = staff.fill()
    dossier = filing.fill(cast)
    post = telling.fill(cast, dossier)
    talking.fill(cast)
    hearing.fill(cast, dossier)
    asked = asking.fill(cast, dossier)
    stating.fill(cast, dossier)
    reading_along.fill(cast)
    concluding.fill(cast, dossier, asked.finished)
    sending.fill(cast, post, asked)
