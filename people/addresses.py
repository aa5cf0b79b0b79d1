"""The sign-in package's table of addresses, kept a mirror of ``Person.email``."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Lower

from people.models import Person


@transaction.atomic
def mirror_addresses() -> None:
    """Make the table say what the roster says: three statements, whatever the number of people.

    Addresses count as verified: the roster, or the person by a code mailed to them, vouches.
    """
    EmailAddress.objects.exclude(
        Q(email=Lower("user__email")), verified=True, primary=True
    ).delete()
    missing = (
        Person.objects.exclude(email="")
        .annotate(
            mirrored=Subquery(EmailAddress.objects.filter(user=OuterRef("pk")).values("pk")[:1])
        )
        .filter(mirrored=None)
        .values_list("pk", "email")
        .order_by("pk")
    )
    batch: list[EmailAddress] = []
    for pk, email in missing.iterator(chunk_size=5_000):
        batch.append(EmailAddress(user_id=pk, email=email.lower(), verified=True, primary=True))
        if len(batch) == 2_000:
            EmailAddress.objects.bulk_create(batch)
            batch = []
    EmailAddress.objects.bulk_create(batch)


def mirror_address(person: Person) -> None:
    """``mirror_addresses`` for one."""
    EmailAddress.objects.filter(user=person).delete()
    if person.email:
        # Whoever had it on record before has it no longer: the roster's own constraint says so.
        EmailAddress.objects.filter(email=person.email.lower()).delete()
        EmailAddress.objects.create(
            user=person, email=person.email.lower(), verified=True, primary=True
        )
