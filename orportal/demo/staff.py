"""The demo's people: a staff list as an HR system writes it, and who holds which role."""

import csv
import datetime as dt
import io
import random
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from people.actions.roster import import_roster
from people.models import Appointment, Person, Role
from people.roster.planning import make_plan
from people.roster.reading import read_roster

PASSWORD = "lindeboom-2026"  # noqa: S105 (for the demo's made-up people only)
DOMAIN = "delinde.example"


@dataclass(frozen=True)
class SignIn:
    """A way into the demo: in which role, as whom, with what typed first."""

    role: StrOrPromise
    name: str
    login: str
    password: str = PASSWORD


SIGN_INS = (
    SignIn(_("employee"), "Sanne de Wit", f"sanne.dewit@{DOMAIN}"),
    SignIn(_("employee without e-mail"), "Omar Haddad", "000102"),
    SignIn(_("council member"), "Fatima Yılmaz", f"fatima.yilmaz@{DOMAIN}"),
    SignIn(_("chair"), "Joris van den Berg", f"joris.vandenberg@{DOMAIN}"),
    SignIn(_("official secretary"), "Ineke Postma", f"ineke.postma@{DOMAIN}"),
    SignIn(_("director"), "Margriet Bakker", f"margriet.bakker@{DOMAIN}"),
    SignIn(_("administrator"), "Wim Kuipers", "wim.kuipers@beheer.example"),
)

# Unit: number of people, site, share of people without an address of the organisation.
UNITS: dict[str, tuple[int, str, float]] = {
    "Verpleging": (46, "Lindenhof", 0.05),
    "Thuiszorg": (38, "Wijkteams", 0.1),
    "Facilitair": (24, "Molenzicht", 0.6),
    "Dagbesteding": (18, "Molenzicht", 0.1),
    "Behandeling": (16, "Lindenhof", 0.0),
    "Keuken": (13, "Lindenhof", 0.7),
    "Administratie": (12, "Lindenhof", 0.0),
    "ICT": (7, "Lindenhof", 0.0),
    "Personeelszaken": (4, "Lindenhof", 0.0),
}
SHIFTS = ("dag", "avond", "nacht")
GIVEN = [
    "Anouk",
    "Bas",
    "Chantal",
    "Daan",
    "Esra",
    "Floris",
    "Gerda",
    "Hassan",
    "Iris",
    "Jeroen",
    "Karin",
    "Lars",
    "Mehmet",
    "Nina",
    "Olga",
    "Pieter",
    "Quinten",
    "Roos",
    "Samira",
    "Thijs",
    "Ursula",
    "Vera",
    "Willem",
    "Xenia",
    "Youssef",
    "Zoë",
    "Annelies",
    "Bram",
    "Carla",
    "Dewi",
    "Emre",
    "Femke",
    "Gijs",
    "Hanneke",
    "Ibrahim",
    "Jolanda",
    "Kees",
    "Lotte",
    "Milan",
    "Naomi",
]
FAMILY: tuple[tuple[str, str], ...] = (
    ("de", "Boer"),
    ("", "Jansen"),
    ("", "Visser"),
    ("van", "Dijk"),
    ("", "Aydın"),
    ("", "Smeets"),
    ("", "El Amrani"),
    ("van der", "Meer"),
    ("", "Kowalska"),
    ("", "Mulder"),
    ("", "Ramdin"),
    ("", "Bos"),
    ("de", "Graaf"),
    ("", "Hendriks"),
    ("", "Öztürk"),
    ("", "Dekker"),
    ("van", "Vliet"),
    ("", "Peters"),
    ("", "Kuiper"),
    ("", "Vos"),
)
NAMED = (
    ("000101", "Sanne", "de", "Wit", f"sanne.dewit@{DOMAIN}", "Verpleging", "Lindenhof", "dag"),
    ("000102", "Omar", "", "Haddad", "", "Facilitair", "Molenzicht", "nacht"),
    (
        "000103",
        "Fatima",
        "",
        "Yılmaz",
        f"fatima.yilmaz@{DOMAIN}",
        "Verpleging",
        "Lindenhof",
        "avond",
    ),
    (
        "000104",
        "Joris",
        "van den",
        "Berg",
        f"joris.vandenberg@{DOMAIN}",
        "Facilitair",
        "Molenzicht",
        "dag",
    ),
    ("000105", "Mila", "", "Brouwer", f"mila.brouwer@{DOMAIN}", "Thuiszorg", "Wijkteams", "dag"),
    (
        "000106",
        "Margriet",
        "",
        "Bakker",
        f"margriet.bakker@{DOMAIN}",
        "Personeelszaken",
        "Lindenhof",
        "dag",
    ),
)


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
    """The staff list as Windows-1252 would not hold it: CSV with semicolons, UTF-8 with a BOM."""
    draw = random.Random(1950)  # noqa: S311 (the year of the law; the same demo every time)
    text = io.StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\r\n")
    out.writerow(
        [
            "Personeelsnummer",
            "Voornaam",
            "Tussenvoegsel",
            "Achternaam",
            "E-mail",
            "Afdeling",
            "Vestiging",
            "Ploeg",
            "Datum in dienst",
        ]
    )
    for row in NAMED:
        out.writerow([*row, "01-03-2019"])
    number = 200
    for unit, (size, site, without) in UNITS.items():
        for _place in range(size):
            number += 1
            given, (infix, family) = draw.choice(GIVEN), draw.choice(FAMILY)
            mailbox = f"m{number}@{DOMAIN}" if draw.random() >= without else ""
            begun = dt.date(2008, 1, 1) + dt.timedelta(days=draw.randrange(6_500))
            shift = draw.choice(SHIFTS) if unit in {"Verpleging", "Facilitair"} else "dag"
            out.writerow(
                [
                    f"{number:06d}",
                    given,
                    infix,
                    family,
                    mailbox,
                    unit,
                    site,
                    shift,
                    f"{begun:%d-%m-%Y}",
                ]
            )
    return text.getvalue().encode("utf-8-sig")


def fill() -> Cast:
    """Import the staff list, appoint the council, the director and the administrator."""
    today = timezone.localdate()
    import_roster(make_plan(read_roster(staff_list(), today), today), None)
    ineke = _outsider("Ineke", "Postma", f"ineke.postma@{DOMAIN}")
    wim = _outsider("Wim", "Kuipers", "wim.kuipers@beheer.example")
    named = Person.objects.filter(staff_number__in=[row[0] for row in NAMED])
    by_number = {person.staff_number: person for person in named}
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
    for person, role in (
        (cast.fatima, Role.MEMBER),
        (cast.mila, Role.MEMBER),
        (cast.joris, Role.CHAIR),
        (cast.ineke, Role.SECRETARY),
        (cast.bakker, Role.DIRECTOR),
        (cast.wim, Role.ADMINISTRATOR),
    ):
        Appointment.objects.create(person=person, role=role, began_on=since)
    for person in (
        cast.sanne,
        cast.omar,
        cast.fatima,
        cast.joris,
        cast.mila,
        cast.ineke,
        cast.bakker,
        cast.wim,
    ):
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    return cast


def _outsider(given_name: str, family_name: str, email: str) -> Person:
    return Person.objects.create(given_name=given_name, family_name=family_name, email=email)
