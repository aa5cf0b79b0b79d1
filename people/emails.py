"""The mails about people themselves; those of signing in go by ``people.sign_in.adapter``."""

from outbox.emails import post
from outbox.models import Lane
from people.models import Person


def mail_address_code(person: Person, email: str, code: str) -> None:
    """Send the code that proves ``email``, unless it is somebody else's already.

    Then nothing is sent and nothing is said: whose address it is, is nobody's business.
    """
    if Person.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        return
    post(
        email,
        "people/own_address",
        {"code": code},
        language=person.language,
        priority=Lane.URGENT,
    )


def tell_old_address(person: Person, old: str) -> None:
    """Tell the address that was replaced, in case it was not them."""
    if old and old.lower() != person.email:
        post(old, "people/address_replaced", {}, language=person.language)
