"""Choosing the newsletter, its address and its language: the reader's own business.

No act of this is logged. A private address gets newsletters once somebody who reads it has said
yes there as well as in the portal (double opt-in).
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from newsletter.models import OptOut, Subscription
from outbox import emails
from outbox.models import Lane
from people.models import Person

SALT = "newsletter.confirm"
VALID_SECONDS = 7 * 86_400


def addresses_of(person: Person) -> list[str]:
    """Every address that a newsletter may go to, in lower case."""
    subscription = Subscription.objects.filter(person=person).first()
    private = subscription.address if subscription else ""
    return [each.lower() for each in (private, person.email) if each]


def address_of(person: Person) -> str:
    """The address that a newsletter goes to, or nothing."""
    return next(iter(addresses_of(person)), "")


@transaction.atomic
def opt_out(person: Person) -> None:
    """No newsletter any more, to whatever address."""
    addresses = addresses_of(person)
    OptOut.objects.bulk_create(
        [OptOut(address=address, person=person) for address in addresses], ignore_conflicts=True
    )
    OptOut.objects.filter(address__in=addresses, person=None).update(person=person)


@transaction.atomic
def opt_in(person: Person) -> None:
    """The newsletter again."""
    OptOut.objects.filter(Q(address__in=addresses_of(person)) | Q(person=person)).delete()


def subscribe(person: Person) -> Subscription:
    """Somebody's own yes, which also brings issues for subscribers only."""
    opt_in(person)
    subscription, _created = Subscription.objects.get_or_create(person=person)
    return subscription


@transaction.atomic
def ask_private_address(person: Person, address: str) -> None:
    """Mail a link to the address; until it is followed and confirmed nothing changes.

    Raises ``RefusedHeader`` for an address that no mail can be sent to.
    """
    address = address.lower()
    Subscription.objects.filter(pk=subscribe(person).pk).update(asked_address=address)
    token = signing.dumps([person.key.hex, address], salt=SALT)
    url = f"{settings.PORTAL_URL}{reverse('newsletter:confirm', args=[token])}"
    emails.post(
        address,
        "newsletter/confirm",
        {"url": url},
        language=person.language,
        priority=Lane.URGENT,
    )


def asked_in(token: str) -> Subscription | None:
    """The subscription that a link proves the address of; None for a made-up or old link."""
    try:
        key, address = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    asked = Subscription.objects.select_related("person").filter(person__key=key)
    found = asked.filter(Q(asked_address=address) | Q(address=address)).first()
    return found if found and found.person.is_active else None


@transaction.atomic
def confirm_private_address(subscription: Subscription) -> None:
    """The address was proved: newsletters go there from now on. Twice does no harm."""
    if subscription.asked_address:
        subscription.address, subscription.asked_address = subscription.asked_address, ""
        subscription.save(update_fields=["address", "asked_address"])
        OptOut.objects.filter(address=subscription.address).delete()


def drop_private_address(person: Person) -> None:
    """Newsletters go to the address of the staff list again, if there is one."""
    Subscription.objects.filter(person=person).update(address="", asked_address="")


def choose_language(person: Person, language: str) -> None:
    """The language that a reader gets mail in; anything but the two on offer changes nothing."""
    if language in ("nl", "en") and language != person.language:
        person.language = language
        person.save(update_fields=["language"])
