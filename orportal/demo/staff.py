"""The demo's people: a staff list as an HR system writes it, and who holds which role."""

import csv
import datetime as dt
import io
import random
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from people.actions.roster import import_roster
from people.models import Appointment, Person, Role
from people.roster.planning import make_plan
from people.roster.reading import read_roster

PASSWORD = "demo-portaal"  # noqa: S105 (for the demo's made-up people only)
DOMAIN = "delinde.example"
ROLE_DOMAIN = "demo.example"


@dataclass(frozen=True)
class SignIn:
    """A way into the demo: in which role, as whom, with what typed first."""

    role: StrOrPromise
    name: str
    login: str
    password: str = PASSWORD


SIGN_INS = (
    SignIn(_("employee"), "Sanne de Wit", f"medewerker@{ROLE_DOMAIN}"),
    SignIn(_("employee without e-mail"), "Omar Haddad", "000102"),
    SignIn(_("council member"), "Fatima Yılmaz", f"orlid@{ROLE_DOMAIN}"),
    SignIn(_("chair"), "Joris van den Berg", f"voorzitter@{ROLE_DOMAIN}"),
    SignIn(_("official secretary"), "Ineke Postma", f"secretaris@{ROLE_DOMAIN}"),
    SignIn(_("director"), "Margriet Bakker", f"bestuurder@{ROLE_DOMAIN}"),
    SignIn(_("administrator"), "Wim Kuipers", f"beheer@{ROLE_DOMAIN}"),
)

# Unit: people drawn for it, their sites, and the share of them without an address.
UNITS: dict[str, tuple[int, tuple[str, ...], float]] = {
    "Verpleging": (124, ("Lindenhof", "Molenzicht"), 0.05),
    "Thuiszorg": (101, ("Lindenhof", "Molenzicht"), 0.1),
    "Facilitair": (69, ("Lindenhof", "Molenzicht"), 0.6),
    "Behandeling": (47, ("Lindenhof",), 0.0),
    "Dagbesteding": (33, ("Molenzicht",), 0.15),
    "Bestuursbureau": (14, ("Lindenhof",), 0.0),
}
SHIFTS = ("dag", "avond", "nacht")
IN_SHIFTS = frozenset({"Verpleging", "Facilitair"})
GIVEN = """\
Anouk Bas Chantal Daan Esra Floris Gerda Hassan Iris Jeroen Karin Lars Mehmet Nina Olga Pieter
Quinten Roos Samira Thijs Ursula Vera Willem Xenia Youssef Zoë Annelies Bram Carla Dewi Emre Femke
Gijs Hanneke Ibrahim Jolanda Kees Lotte Milan Naomi
"""
FAMILY: tuple[tuple[str, str], ...] = (
    *(("de", "Boer"), ("", "Jansen"), ("", "Visser"), ("van", "Dijk"), ("", "Aydın")),
    *(("", "Smeets"), ("", "El Amrani"), ("van der", "Meer"), ("", "Kowalska"), ("", "Mulder")),
    *(("", "Ramdin"), ("", "Bos"), ("de", "Graaf"), ("", "Hendriks"), ("", "Öztürk")),
    *(("", "Dekker"), ("van", "Vliet"), ("", "Peters"), ("", "Kuiper"), ("", "Vos")),
)

HEADER = (
    "Personeelsnummer;Voornaam;Tussenvoegsel;Achternaam;E-mail;Afdeling;Vestiging;Ploeg"
    ";Datum in dienst"
)
NAMED = f"""\
000101;Sanne;de;Wit;medewerker@{ROLE_DOMAIN};Verpleging;Lindenhof;dag;01-03-2019
000102;Omar;;Haddad;;Facilitair;Molenzicht;nacht;01-09-2020
000103;Fatima;;Yılmaz;orlid@{ROLE_DOMAIN};Verpleging;Lindenhof;avond;15-01-2012
000104;Joris;van den;Berg;voorzitter@{ROLE_DOMAIN};Facilitair;Molenzicht;dag;01-06-2008
000105;Mila;;Brouwer;mila.brouwer@{DOMAIN};Thuiszorg;Lindenhof;dag;01-02-2017
000106;Margriet;;Bakker;bestuurder@{ROLE_DOMAIN};Bestuursbureau;Lindenhof;dag;01-10-2021
000107;Ruben;;Claassen;ruben.claassen@{DOMAIN};Behandeling;Lindenhof;dag;01-04-2015
000108;Aïsha;;Benali;aisha.benali@{DOMAIN};Thuiszorg;Molenzicht;dag;01-11-2018
000109;Henk;;Terpstra;henk.terpstra@{DOMAIN};Facilitair;Lindenhof;nacht;01-05-1999
000110;Petra;van;Leeuwen;petra.vanleeuwen@{DOMAIN};Verpleging;Molenzicht;nacht;01-08-2010
000111;Dennis;;Wouters;dennis.wouters@{DOMAIN};Dagbesteding;Molenzicht;dag;01-01-2020
000112;Yvonne;;Kok;yvonne.kok@{DOMAIN};Bestuursbureau;Lindenhof;dag;01-07-2014
"""
MEMBERS = ("000103", "000105", "000107", "000108", "000109", "000110", "000111", "000112")
"""With the chair nine; the official secretary works for the council and has no seat."""


@dataclass(frozen=True)
class Cast:
    """The people whom the rest of the demo speaks of."""

    sanne: Person
    omar: Person
    fatima: Person
    joris: Person
    mila: Person
    ineke: Person
    bakker: Person
    wim: Person


def staff_list() -> bytes:
    """The staff list of 400 as an HR system writes it: CSV with semicolons, UTF-8 with a BOM."""
    draw = random.Random(1950)  # noqa: S311 (the year of the law; the same demo every time)
    text = io.StringIO(newline="")
    text.write(f"{HEADER}\n{NAMED}")
    out = csv.writer(text, delimiter=";", lineterminator="\n")
    number = 200
    for unit, (size, sites, without) in UNITS.items():
        for _place in range(size):
            number += 1
            given, (infix, family) = draw.choice(GIVEN.split()), draw.choice(FAMILY)
            mailbox = f"m{number}@{DOMAIN}" if draw.random() >= without else ""
            hired = dt.date(2008, 1, 1) + dt.timedelta(days=draw.randrange(6_500))
            shift = draw.choice(SHIFTS) if unit in IN_SHIFTS else "dag"
            place = [unit, draw.choice(sites), shift, f"{hired:%d-%m-%Y}"]
            out.writerow([f"{number:06d}", given, infix, family, mailbox, *place])
    return text.getvalue().encode("utf-8-sig")


def fill() -> Cast:
    """Import the staff list, appoint the council, the director and the administrator."""
    today = timezone.localdate()
    import_roster(make_plan(read_roster(staff_list(), today), today), None)
    ineke = _outsider("Ineke", "Postma", f"secretaris@{ROLE_DOMAIN}")
    wim = _outsider("Wim", "Kuipers", f"beheer@{ROLE_DOMAIN}")
    by_number = {person.staff_number: person for person in Person.objects.all()}
    cast = Cast(
        sanne=by_number["000101"],
        omar=by_number["000102"],
        fatima=by_number["000103"],
        joris=by_number["000104"],
        mila=by_number["000105"],
        bakker=by_number["000106"],
        ineke=ineke,
        wim=wim,
    )
    since = today - dt.timedelta(days=420)
    roles = [
        *((by_number[number], Role.MEMBER) for number in MEMBERS),
        (cast.joris, Role.CHAIR),
        (cast.ineke, Role.SECRETARY),
        (cast.bakker, Role.DIRECTOR),
        (cast.wim, Role.ADMINISTRATOR),
    ]
    for person, role in roles:
        Appointment.objects.create(person=person, role=role, began_on=since)
    password = make_password(PASSWORD)
    for person in (cast.sanne, cast.omar, cast.fatima, cast.joris, cast.ineke, cast.bakker, wim):
        person.password = password
        person.save(update_fields=["password"])
    return cast


def _outsider(given_name: str, family_name: str, email: str) -> Person:
    return Person.objects.create(given_name=given_name, family_name=family_name, email=email)
