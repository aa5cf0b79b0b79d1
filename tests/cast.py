"""The named cast: the people every test speaks of, and small makers for more of them.

Registered as a plugin, so each fixture is there by its name:

========  ==================================================================
sanne     employee in Verpleging, with an address
omar      employee in Facilitair, without an address
fatima    employee and council member
joris     employee and chair
ineke     official secretary, not on the staff list
bakker    director under the law, on the staff list
wim       administrator from an outside supplier, not on the staff list
eva       left yesterday
========  ==================================================================

``sign_in(person)`` gives a test client with that person's session.
"""

import datetime as dt
import itertools
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from people.models import Appointment, Person, Role, Site, Unit

_numbers = itertools.count(20_001)

SignIn = Callable[[Person], Client]


def make_unit(name: str = "Verpleging") -> Unit:
    """The unit of that name, made where it is not there yet."""
    unit, _created = Unit.objects.get_or_create(name=name)
    return unit


def make_site(name: str = "Lindenhof") -> Site:
    """The site of that name, made where it is not there yet."""
    site, _created = Site.objects.get_or_create(name=name)
    return site


def make_person(
    given_name: str = "Noor",
    family_name: str = "Visser",
    *,
    infix: str = "",
    staff_number: str | None = None,
    email: str | None = None,
    unit: str = "Verpleging",
    site: str = "Lindenhof",
    shift: str = "",
    roles: tuple[Role, ...] = (),
    left_on: dt.date | None = None,
    language: str = "nl",
) -> Person:
    """One person with an unusable password; None asks for a fresh number or address, "" for none.

    An empty ``unit`` or ``site`` leaves the person without one.
    """
    number = f"{next(_numbers):06d}" if staff_number is None else staff_number
    address = f"{given_name}.{number or family_name}@delinde.example".lower()
    person = Person(
        given_name=given_name,
        infix=infix,
        family_name=family_name,
        staff_number=number,
        email=address if email is None else email,
        unit=make_unit(unit) if unit else None,
        site=make_site(site) if site else None,
        shift=shift,
        hired_on=dt.date(2019, 3, 1),
        left_on=left_on,
        language=language,
    )
    person.set_unusable_password()
    person.save()
    for role in roles:
        appoint(person, role)
    return person


def make_people(count: int, *, unit: str = "Verpleging", site: str = "Lindenhof") -> list[Person]:
    """``count`` employees of one unit, written in one statement: for tests of growth."""
    home, place = make_unit(unit), make_site(site)
    numbers = [f"{next(_numbers):06d}" for _ in range(count)]
    return Person.objects.bulk_create(
        Person(
            given_name="Medewerker",
            family_name=f"Nummer {number}",
            staff_number=number,
            email=f"m{number}@delinde.example",
            unit=home,
            site=place,
            password="!",
        )
        for number in numbers
    )


def appoint(person: Person, role: Role, *, began_on: dt.date | None = None) -> Appointment:
    """``person`` holds ``role``, since a year ago unless told; forgets roles read before."""
    began = began_on or timezone.localdate() - dt.timedelta(days=365)
    appointment = Appointment.objects.create(person=person, role=role, began_on=began)
    person.__dict__.pop("roles", None)
    return appointment


@pytest.fixture
def sign_in() -> SignIn:
    """A function from a person to a test client with that person's session."""

    def signed_in_client(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return signed_in_client


@pytest.fixture
def sanne(db: None) -> Person:
    """An employee in Verpleging."""
    return make_person(
        "Sanne", "Wit", infix="de", staff_number="000101", email="sanne.dewit@delinde.example"
    )


@pytest.fixture
def omar(db: None) -> Person:
    """An employee in Facilitair, on nights, without an address."""
    return make_person(
        "Omar",
        "Haddad",
        staff_number="000102",
        email="",
        unit="Facilitair",
        site="Molenzicht",
        shift="nacht",
    )


@pytest.fixture
def fatima(db: None) -> Person:
    """A council member who works in Verpleging."""
    return make_person(
        "Fatima",
        "Yılmaz",
        staff_number="000103",
        email="fatima.yilmaz@delinde.example",
        roles=(Role.MEMBER,),
    )


@pytest.fixture
def joris(db: None) -> Person:
    """The chair, who works in Facilitair."""
    return make_person(
        "Joris",
        "Berg",
        infix="van den",
        staff_number="000104",
        email="joris.vandenberg@delinde.example",
        unit="Facilitair",
        roles=(Role.CHAIR,),
    )


@pytest.fixture
def ineke(db: None) -> Person:
    """The official secretary: works for the council, is not on the staff list."""
    return make_person(
        "Ineke",
        "Postma",
        staff_number="",
        email="ineke.postma@delinde.example",
        unit="",
        site="",
        roles=(Role.SECRETARY,),
    )


@pytest.fixture
def bakker(db: None) -> Person:
    """The director under the law; on the staff list, and yet no constituent."""
    return make_person(
        "Margriet",
        "Bakker",
        staff_number="000106",
        email="margriet.bakker@delinde.example",
        unit="Bestuur",
        roles=(Role.DIRECTOR,),
    )


@pytest.fixture
def wim(db: None) -> Person:
    """The administrator, from an outside supplier: neither achterban nor council."""
    return make_person(
        "Wim",
        "Kuipers",
        staff_number="",
        email="wim.kuipers@beheer.example",
        unit="",
        site="",
        roles=(Role.ADMINISTRATOR,),
    )


@pytest.fixture
def eva(db: None) -> Person:
    """Someone who left yesterday and must find every door closed."""
    return make_person(
        "Eva",
        "Smit",
        staff_number="000108",
        email="eva.smit@delinde.example",
        left_on=timezone.localdate() - dt.timedelta(days=1),
    )
