"""What people change about themselves."""

from django.db import IntegrityError, transaction
from django.db.models import F

from people.addresses import mirror_address
from people.log import log_act
from people.models import Person


class AddressTaken(ValueError):
    """Somebody else has the address."""


def set_language(person: Person, language: str) -> None:
    """Speak ``language`` (a code of ``settings.LANGUAGES``) with this person."""
    person.language = language
    person.save(update_fields=["language"])


def set_own_address(person: Person, email: str) -> None:
    """Give ``person`` the address they proved to read; the staff list no longer overwrites it."""
    try:
        with transaction.atomic():
            person.email = email.lower()
            person.email_is_own = True
            person.save(update_fields=["email", "email_is_own"])
            mirror_address(person)
            log_act(person, "people.change_own_address", person)
    except IntegrityError as error:
        person.refresh_from_db(fields=["email", "email_is_own"])
        raise AddressTaken from error


@transaction.atomic
def drop_own_address(person: Person) -> None:
    """Forget an address that ``person`` gave; the next staff list may fill in another."""
    Person.objects.filter(pk=person.pk, email_is_own=True).update(email="", email_is_own=False)
    person.refresh_from_db(fields=["email", "email_is_own"])
    mirror_address(person)
    log_act(person, "people.change_own_address", person)


@transaction.atomic
def sign_out_everywhere(person: Person) -> None:
    """End every session of ``person``, the present one included."""
    Person.objects.filter(pk=person.pk).update(session_generation=F("session_generation") + 1)
    person.refresh_from_db(fields=["session_generation"])
    log_act(person, "people.sign_out_everywhere", person)


def note_export(person: Person) -> None:
    """Log that ``person`` took their own data along."""
    log_act(person, "people.export_own_data", person)
