"""Giving and ending roles."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from people.actions.account import AddressTaken
from people.addresses import mirror_address
from people.log import log_act
from people.models import Appointment, Person, Role

KEEPERS = (Role.CHAIR, Role.SECRETARY)


class LastKeeper(ValueError):
    """Nobody would be left who may give roles."""


@transaction.atomic
def appoint(person: Person, role: Role, by: Person | None) -> Appointment:
    """Give ``role`` from today; ``by`` is None for the command line. Doing it twice does nothing.

    Whether ``by`` may is for ``rules.may_appoint_to`` to say.
    """
    today = timezone.localdate()
    current = Appointment.objects.filter(person=person, role=role, ended_on=None).first()
    if current is not None:
        return current
    appointment = Appointment.objects.create(person=person, role=role, began_on=today)
    log_act(by, f"people.appoint_{role.value}", person)
    person.__dict__.pop("roles", None)
    return appointment


@transaction.atomic
def end_role(person: Person, role: Role, by: Person | None) -> bool:
    """End ``role`` from today; whether it was held. Raises ``LastKeeper`` unless from a terminal.

    The rows of all keepers are locked first, so two who end each other's role cannot both succeed.
    """
    today = timezone.localdate()
    if by is not None and role in KEEPERS:
        keepers = (
            Appointment.objects.select_for_update()
            .filter(role__in=KEEPERS, ended_on=None, person__in=Person.objects.employed())
            .values_list("person_id", "role")
        )
        left = {who for who, held in keepers if (who, held) != (person.pk, role.value)}
        if not left:
            raise LastKeeper
    ended = Appointment.objects.filter(person=person, role=role, ended_on=None).update(
        ended_on=Greatest(F("began_on"), today)
    )
    if ended:
        log_act(by, f"people.end_{role.value}", person)
        person.__dict__.pop("roles", None)
    return bool(ended)


@transaction.atomic
def add_outsider(
    by: Person | None, *, given_name: str, infix: str, family_name: str, email: str
) -> Person:
    """Record somebody who is on no staff list: a director, an outside secretary, an administrator.

    Raises ``AddressTaken``.
    """
    person = Person(
        given_name=given_name, infix=infix, family_name=family_name, email=email.lower()
    )
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise AddressTaken from error
    mirror_address(person)
    log_act(by, "people.add_person", person)
    return person


@transaction.atomic
def remove_outsider(person: Person, by: Person | None) -> None:
    """End the access and all roles of somebody who is on no staff list, from today."""
    for role in tuple(person.roles):
        end_role(person, role, by)
    Person.objects.filter(pk=person.pk, staff_number="").update(left_on=timezone.localdate())
    log_act(by, "people.end_roles", person)
