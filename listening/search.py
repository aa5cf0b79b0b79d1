"""What listening lets be found: messages to the council, conversations, office hours, signals."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.search.sources import Kind, Shown, Source
from listening.models import ConversationNote, Message, OfficeHour, Reply, Signal
from people.models import Person

MESSAGE = Kind("message", gettext_lazy("Messages to the council"))
NOTE = Kind("conversation", gettext_lazy("Conversations"))
OFFICE_HOUR = Kind("office_hour", gettext_lazy("Office hours"))
SIGNAL = Kind("signal", gettext_lazy("Signals"))


def _replies(person: Person) -> QuerySet[Reply]:
    """Those in conversations that the person reads."""
    return Reply.objects.filter(message__in=Message.objects.visible_to(person))


def _show_message(message: Message, _person: Person) -> Shown:
    return Shown(
        message.subject,
        message.get_absolute_url(),
        message.text,
        label=_("Message to the council"),
        detail=message.get_state_display(),
    )


def _show_reply(reply: Reply, person: Person) -> Shown:
    message = reply.message
    return Shown(
        message.subject,
        message.get_absolute_url(),
        reply.text,
        label=_("Message to the council"),
        detail=message.get_state_display(),
    )


def _show_note(note: ConversationNote, _person: Person) -> Shown:
    return Shown(
        note.theme,
        reverse("listening:notes"),
        note.text,
        label=_("Conversation"),
        detail=note.get_source_display(),
    )


def _show_office_hour(hour: OfficeHour, _person: Person) -> Shown:
    return Shown(
        hour.subject or hour.place,
        reverse("listening:office_hours"),
        label=_("Office hour"),
        detail=hour.place if hour.subject else "",
    )


def _show_signal(signal: Signal, _person: Person) -> Shown:
    return Shown(
        signal.title,
        signal.get_absolute_url(),
        f"{signal.text}\n\n{signal.director_answer}\n\n{signal.feedback}",
        label=_("Signal"),
        detail=signal.get_state_display(),
    )


SOURCES = (
    Source(
        kind=MESSAGE,
        door=Message.objects.visible_to,
        title=("subject",),
        text=("text",),
        at="received_on",
        show=_show_message,
    ),
    Source(
        kind=MESSAGE,
        door=_replies,
        text=("text",),
        at="written_on",
        show=_show_reply,
        thing="message",
        related=("message",),
    ),
    Source(
        kind=NOTE,
        door=ConversationNote.objects.visible_to,
        title=("theme",),
        text=("text",),
        at="held_on",
        show=_show_note,
    ),
    Source(
        kind=OFFICE_HOUR,
        door=OfficeHour.objects.visible_to,
        title=("subject", "place"),
        text=(),
        at="starts_at",
        show=_show_office_hour,
    ),
    Source(
        kind=SIGNAL,
        door=Signal.objects.visible_to,
        title=("title",),
        text=("text", "director_answer", "feedback"),
        at="noted_on",
        show=_show_signal,
    ),
)
