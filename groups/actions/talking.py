"""Writing under one's own name, reading, and what moderators do with messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from groups.actions.care import answer_quote
from groups.actions.notices import announce, forget_if_read
from groups.models import (
    Alias,
    Group,
    Message,
    MessageState,
    Picture,
    QuoteState,
    ReadMarker,
    Thread,
)

if TYPE_CHECKING:
    from django.core.files.base import ContentFile

    from people.models import Person


@dataclass(frozen=True)
class MessageText:
    """What a member writes; ``image`` is a remade picture (``dossiers.images.remake``)."""

    body: str
    image: ContentFile[bytes] | None = None
    image_alt: str = ""


@transaction.atomic
def start_thread(author: Person, group: Group, title: str, text: MessageText) -> Thread:
    """Open a conversation under one's name, with its first message."""
    thread = Thread.objects.create(group=group, title=title, starter=author)
    write_message(author, thread, text)
    return thread


@transaction.atomic
def write_message(author: Person, thread: Thread, text: MessageText) -> Message:
    """Write under one's name; the others get notice in time."""
    message = Message.objects.create(thread=thread, author=author, body=text.body)
    if text.image is not None:
        text.image.seek(0)
        Picture.objects.create(message=message, content=text.image.read(), alt=text.image_alt)
    Thread.objects.filter(pk=thread.pk, last_at__lt=message.at).update(last_at=message.at)
    announce(thread.group, author, message.at)
    return message


@transaction.atomic
def edit_message(message: Message, body: str) -> Message:
    """Change own words under one's name."""
    message.body, message.edited_at = body, timezone.now()
    message.save(update_fields=["body", "edited_at"])
    return message


@transaction.atomic
def delete_message(message: Message) -> None:
    """Wipe own words under one's name, with their picture; the place stays.

    Who takes words back also says no to quoting them.
    """
    for signal in message.quotations.filter(quote_state=QuoteState.ASKED):
        answer_quote(signal, allowed=False)
    Picture.objects.filter(message=message).delete()
    message.reports.all().delete()
    message.body, message.state, message.hidden_reason = "", MessageState.DELETED, ""
    message.save(update_fields=["body", "state", "hidden_reason"])


@transaction.atomic
def hide_message(message: Message, moderator: Person, reason: str) -> Message:
    """Hide a message for a reason that stands in its place; closes its reports."""
    message.state = MessageState.HIDDEN
    message.hidden_by, message.hidden_reason = moderator, reason
    message.save(update_fields=["state", "hidden_by", "hidden_reason"])
    message.reports.filter(handled_on=None).update(handled_on=timezone.localdate())
    return message


@transaction.atomic
def show_message(message: Message) -> Message:
    """Show a hidden message again."""
    message.state, message.hidden_by, message.hidden_reason = MessageState.VISIBLE, None, ""
    message.save(update_fields=["state", "hidden_by", "hidden_reason"])
    return message


@transaction.atomic
def close_thread(thread: Thread, *, closed: bool) -> None:
    """Take no more messages in a thread, or take them again."""
    thread.is_closed = closed
    thread.save(update_fields=["is_closed"])


@transaction.atomic
def mute_alias(alias: Alias, *, muted: bool) -> None:
    """End writing under an alias, or allow it again; who is behind it stays unknown."""
    alias.is_muted = muted
    alias.save(update_fields=["is_muted"])


@transaction.atomic
def mark_read(person: Person, thread: Thread, upto: datetime) -> None:
    """Remember up to which message the person has read; only in groups without aliases.

    Raises ``ValueError`` in a group with aliases: there a marker would tell who wrote.
    """
    if thread.group.alias_allowed:
        raise ValueError("no read markers in a group with aliases")
    marker, created = ReadMarker.objects.get_or_create(
        thread=thread, person=person, defaults={"seen_upto": upto}
    )
    if not created and marker.seen_upto < upto:
        marker.seen_upto = upto
        marker.save(update_fields=["seen_upto"])
    forget_if_read(person, thread.group)
