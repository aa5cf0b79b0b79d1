"""Reminders of terms by mail: at set distances, once each, however often the sweep runs."""

from datetime import date

from django.db import transaction

from dossiers import emails
from dossiers.clock import ENDS_BY_TIME, Term
from dossiers.models import Dossier, Reminder
from people.models import COUNCIL_ROLES, Person

DISTANCES = (14, 7, 3, 1, 0)
"""Days before the last working day on which a term can be met."""


def distance_reached(term: Term, today: date) -> int | None:
    """The smallest of ``DISTANCES`` that ``today`` has reached for ``term``, or None.

    Counted to the last working day on which one can act, so a portal that was down for a day still
    sends the reminder it missed, and only the nearest one.
    """
    left = (term.act_by - today).days
    if left < 0:
        return None
    return next((distance for distance in sorted(DISTANCES) if left <= distance), None)


def send_due(today: date) -> int:
    """Queue every reminder that is due; the number of terms reminded of.

    Secret dossiers: only the exempt members get mail, without any content.
    """
    council = list(
        Person.objects.holding(*COUNCIL_ROLES).prefetch_related("appointments").exclude(email="")
    )
    dossiers = Dossier.objects.open().with_clock().prefetch_related("secrecy__exempt")
    count = 0
    for dossier in dossiers:
        secret = dossier.is_secret
        readers = council
        if secret:
            exempt = set(dossier.secrecy.exempt.all())
            readers = [person for person in council if person in exempt]
        for term in dossier.terms:
            count += _remind(dossier, term, today, readers, secret)
    return count


@transaction.atomic
def _remind(dossier: Dossier, term: Term, today: date, readers: list[Person], secret: bool) -> int:
    distance = distance_reached(term, today)
    if distance is None or (term.kind in ENDS_BY_TIME and term.last_day < today):
        return 0
    _reminder, fresh = Reminder.objects.get_or_create(
        dossier=dossier,
        term=term.kind,
        title=term.title,
        last_day=term.last_day,
        days_before=distance,
    )
    if not fresh:
        return 0
    emails.remind(dossier, term, (term.act_by - today).days, readers, secret=secret)
    return 1
