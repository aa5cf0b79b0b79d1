"""What this app adds to a dossier's timeline and to what is due."""

from collections.abc import Iterable
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.models import Dossier
from dossiers.timeline import Item
from listening.models import ConversationNote, Signal
from people.models import Person


def timeline_source(dossier: Dossier, person: Person) -> Iterable[Item]:
    """What was heard about a dossier: conversations and signals; two queries."""
    for note in ConversationNote.objects.visible_to(person).filter(dossier=dossier):
        yield Item(at=note.noted_at, label=_("Conversation"), title=note.theme, source="listening")
    for signal in Signal.objects.visible_to(person).filter(dossier=dossier):
        yield Item(
            at=timezone.make_aware(datetime.combine(signal.noted_on, time(12))),
            label=_("Signal"),
            title=signal.title,
            url=signal.get_absolute_url(),
            detail=signal.get_state_display(),
            source="listening",
        )
