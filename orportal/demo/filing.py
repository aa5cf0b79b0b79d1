"""The demo's dossiers: one running under art. 25, one decided, one free, one secret."""

import datetime as dt

from django.utils import timezone

from dossiers.actions.keeping import open_dossier
from dossiers.actions.secrecy import impose_secrecy
from dossiers.models import Dossier, Kind
from orportal.demo.staff import Cast


def fill(cast: Cast) -> Dossier:
    """Open the dossiers; gives the one about the roster, which the rest is filed under."""
    today = timezone.localdate()
    roster = open_dossier(
        cast.ineke,
        kind=Kind.ADVICE,
        title="Zelfroosteren in zorg en Facilitair",
        summary=(
            "De bestuurder wil vanaf 1 april zelfroosteren invoeren bij Verpleging, Thuiszorg en"
            " Facilitair. De adviesaanvraag noemt als redenen het verzuim en de werving."
        ),
        received_on=today - dt.timedelta(days=12),
        advice_due_on=_working_day(today + dt.timedelta(days=25)),
    )
    open_dossier(
        cast.ineke,
        kind=Kind.CONSENT,
        title="Regeling thuiswerken",
        summary="Instemming met de regeling voor thuiswerken van de ondersteunende diensten.",
        received_on=today - dt.timedelta(days=30),
        advice_due_on=_working_day(today + dt.timedelta(days=5)),
    )
    secret = open_dossier(
        cast.ineke,
        kind=Kind.ADVICE,
        title="Samengaan met een andere zorggroep",
        received_on=today - dt.timedelta(days=6),
        advice_due_on=_working_day(today + dt.timedelta(days=36)),
        shared_with_staff=False,
    )
    impose_secrecy(
        cast.joris,
        secret,
        imposed_by="M. Bakker, bestuurder",
        scope="Alles over de partij met wie gesproken wordt, tot beide raden het weten.",
        until=today + dt.timedelta(days=60),
        exempt=[cast.joris, cast.ineke],
    )
    return roster


def _working_day(day: dt.date) -> dt.date:
    """The day itself, or the Friday before a weekend."""
    return day - dt.timedelta(days=max(day.weekday() - 4, 0))
