"""The mails of dossiers. A mail about a dossier under secrecy names nothing but the portal."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from dossiers.clock import Term
from dossiers.models import Dossier
from people.models import Person


def send(name: str, person: Person, context: dict[str, Any]) -> None:
    """Queue the triple ``dossiers/email/<name>.*`` in the person's language, if they have mail."""
    if not person.email:
        return
    context = {
        "person": person,
        "council_name": settings.COUNCIL_NAME,
        "portal_url": settings.PORTAL_URL,
    } | context
    with translation.override(person.language):
        subject = render_to_string(f"dossiers/email/{name}_subject.txt", context).strip()
        text = render_to_string(f"dossiers/email/{name}.txt", context)
        html = render_to_string(f"dossiers/email/{name}.html", context)
    mail = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email])
    mail.attach_alternative(html, "text/html")
    mail.send()


def announce_request(dossier: Dossier, council: Iterable[Person], *, secret: bool) -> None:
    """Tell the council that the director handed in a request."""
    context = {
        "title": "" if secret else dossier.title,
        "url": settings.PORTAL_URL + _address(dossier, secret),
    }
    for person in council:
        send("request", person, context)


def remind(
    dossier: Dossier, term: Term, days_left: int, readers: Iterable[Person], *, secret: bool
) -> None:
    """Remind ``readers`` that ``term`` ends in ``days_left`` days (0: today)."""
    context = {
        "title": "" if secret else dossier.title,
        "what": "" if secret else (term.title or term.kind.label),
        "last_day": term.last_day,
        "act_by": term.act_by,
        "days_left": days_left,
        "url": settings.PORTAL_URL + _address(dossier, secret),
    }
    for person in readers:
        send("reminder", person, context)


def _address(dossier: Dossier, secret: bool) -> str:
    return reverse("dossiers:index") if secret else dossier.get_absolute_url()
