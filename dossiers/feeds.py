"""A member's deadlines as a calendar feed (iCalendar, RFC 5545), behind a secret address."""

import hashlib
import secrets
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from dossiers.clock import Term
from dossiers.models import CalendarFeed, Dossier
from dossiers.querysets import unlocked
from people.models import Person


def hash_of(token: str) -> str:
    """What is kept of a feed's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """A fresh secret of 43 characters for the address."""
    return secrets.token_urlsafe(32)


def person_behind(token: str) -> Person | None:
    """Whose feed the token opens, or None."""
    feed = (
        CalendarFeed.objects.select_related("person")
        .prefetch_related("person__appointments")
        .filter(token_hash=hash_of(token))
        .first()
    )
    return feed.person if feed else None


def calendar_for(person: Person, now: datetime) -> bytes:
    """The terms of open dossiers as all-day events, in four queries.

    Nothing under secrecy is in it, not even for the exempt: a feed is read by other people's
    servers and shown on shared screens.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//ORportaal//dossiers//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    what = _("deadlines")
    calendar.add("x-wr-calname", f"{settings.COUNCIL_NAME}: {what}")
    calendar.add("refresh-interval;value=duration", "PT6H")
    dossiers = (
        Dossier.objects.visible_to(person).filter(unlocked(None, path="")).open().with_clock()
    )
    for dossier in dossiers:
        for term in dossier.terms:
            calendar.add_component(_event(dossier, term, now))
    return bytes(calendar.to_ical())


def _event(dossier: Dossier, term: Term, now: datetime) -> Event:
    what = term.title or str(term.kind.label)
    event = Event()
    event.add("uid", f"{dossier.key}-{term.kind.value}-{_mark(term)}@orportaal")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", term.last_day)
    event.add("dtend", term.last_day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"{what}: {dossier.title}")
    event.add("url", settings.PORTAL_URL + dossier.get_absolute_url())
    lines = [term.source] if term.source else []
    if term.is_prolonged:
        lines.append(_("Prolonged to the next working day (Algemene termijnenwet)."))
    elif term.act_by != term.last_day:
        lines.append(_("Not a working day: act by %(day)s.") % {"day": _plain(term.act_by)})
    if lines:
        event.add("description", "\n".join(lines))
    return event


def _mark(term: Term) -> str:
    """What tells two terms of one kind in one dossier apart, and stays when a day moves."""
    return hashlib.sha256(f"{term.title}{term.since}".encode()).hexdigest()[:12]


def _plain(day: date) -> str:
    return day.strftime("%d-%m-%Y")
