"""What groups lets be found: groups one may know of, and what was said in those one sits in.

Only words are searched, never who wrote them: under an alias nothing leads to a person, and no
result names a writer. A day is all the time it tells.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.search.sources import Kind, Shown, Source
from groups.models import Group, Message, MessageState, Thread
from people.models import Person

GROUP = Kind("group", gettext_lazy("Groups"))
TALK = Kind("talk", gettext_lazy("In your groups"))


def _messages(person: Person) -> QuerySet[Message]:
    """Those that still say something; hidden and deleted ones have no words to show."""
    return Message.objects.readable_by(person).filter(state=MessageState.VISIBLE)


def _show_group(group: Group, _person: Person) -> Shown:
    return Shown(group.name, group.get_absolute_url(), group.purpose, label=_("Group"))


def _show_thread(thread: Thread, _person: Person) -> Shown:
    return Shown(
        thread.title, thread.get_absolute_url(), label=_("Thread"), detail=thread.group.name
    )


def _show_message(message: Message, _person: Person) -> Shown:
    thread = message.thread
    return Shown(
        thread.title,
        thread.get_absolute_url(),
        message.body,
        label=_("Message"),
        detail=thread.group.name,
    )


SOURCES = (
    Source(
        kind=GROUP,
        door=Group.objects.visible_to,
        title=("name",),
        text=("purpose",),
        at="started_on",
        show=_show_group,
    ),
    Source(
        kind=TALK,
        door=Thread.objects.readable_by,
        title=("title",),
        text=(),
        at="last_at",
        show=_show_thread,
        related=("group",),
    ),
    Source(
        kind=TALK,
        door=_messages,
        text=("body",),
        at="at",
        show=_show_message,
        thing="thread",
        related=("thread__group",),
    ),
)
