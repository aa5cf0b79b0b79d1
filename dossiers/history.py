"""What dossiers itself puts on the timeline: its own days, papers and secrecy."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.models import Document, Dossier
from dossiers.timeline import Item
from people import rules
from people.models import Person


def timeline_source(dossier: Dossier, person: Person) -> Iterable[Item]:
    """Own days for who sees the dossier, papers for whom they are for; five queries."""
    yield from _days(dossier)
    yield from _documents(dossier, person)
    if rules.is_council(person):
        yield from _notes(dossier)
        yield from _secrecy(dossier)


def _days(dossier: Dossier) -> Iterable[Item]:
    if dossier.received_on:
        yield Item(_noon(dossier.received_on), _("Request"), _("The request was received"))
    for meeting in dossier.meetings.all():
        if meeting.held_on:
            yield Item(
                _noon(meeting.held_on), _("Meeting"), _("Held: %s") % meeting, "", meeting.remark
            )
        elif meeting.requested_on:
            yield Item(_noon(meeting.requested_on), _("Meeting"), _("Asked for: %s") % meeting)
    if dossier.advice_given_on:
        yield Item(
            _noon(dossier.advice_given_on), _("Position"), _("The council gave its position")
        )
    if dossier.decision_received_on:
        yield Item(
            _noon(dossier.decision_received_on), _("Decision"), _("The director's decision arrived")
        )
    elif dossier.carried_out_on:
        yield Item(
            _noon(dossier.carried_out_on),
            _("Decision"),
            _("The council saw a decision carried out that it was not told"),
        )
    if dossier.closed_on:
        yield Item(_noon(dossier.closed_on), _("Dossier"), _("The dossier was closed"))


def _documents(dossier: Dossier, person: Person) -> Iterable[Item]:
    for document in Document.objects.visible_to(person).filter(dossier=dossier):
        yield Item(
            document.at,
            document.get_what_display().capitalize(),
            document.name,
            document.get_absolute_url(),
        )


def _notes(dossier: Dossier) -> Iterable[Item]:
    for note in dossier.notes.select_related("by"):
        yield Item(note.at, _("Note"), note.by.full_name, "", note.text)


def _secrecy(dossier: Dossier) -> Iterable[Item]:
    for change in dossier.secrecy_changes.all():
        yield Item(
            change.at, _("Secrecy"), change.get_what_display().capitalize(), "", change.reason
        )


def _noon(day: date) -> datetime:
    """A day known without its hour stands at noon, in the portal's own time zone."""
    return timezone.make_aware(datetime.combine(day, time(12)))
