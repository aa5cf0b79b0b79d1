"""Fill an empty portal with the demo, in one transaction: all of it or nothing."""

from django.db import transaction

from orportal.demo import filing, hearing, staff, telling
from people.models import Person


@transaction.atomic
def fill_demo() -> bool:
    """Fill a portal that knows nobody yet; False where it knows anybody: then nothing is done."""
    if Person.objects.exists():
        return False
    cast = staff.fill()
    dossier = filing.fill(cast)
    telling.fill(cast, dossier)
    hearing.fill(cast, dossier)
    return True
