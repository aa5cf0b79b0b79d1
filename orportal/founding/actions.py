"""Set the portal up."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from orportal.founding.code import drop_code
from orportal.keys import write_names
from people.actions.roles import add_outsider, appoint
from people.models import Person, Role


@dataclass(frozen=True)
class Founder:
    """The first of the council, as they typed it."""

    given_name: str
    infix: str
    family_name: str
    email: str
    role: Role
    password: str


def found(founder: Founder, *, organisation: str, council: str) -> Person:
    """Record the first of the council and what the portal is called.

    The code stops working. The names are read when a process starts; ``manage.py serve`` starts
    its processes again when they change.
    """
    with transaction.atomic():
        person = add_outsider(
            None,
            given_name=founder.given_name,
            infix=founder.infix,
            family_name=founder.family_name,
            email=founder.email,
        )
        person.set_password(founder.password)
        person.save(update_fields=["password"])
        appoint(person, founder.role, None)
    drop_code()
    write_names(settings.VAR_DIR, {"ORGANISATION_NAME": organisation, "COUNCIL_NAME": council})
    return person
