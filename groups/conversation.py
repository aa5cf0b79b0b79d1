"""The messages of a thread, and the threads of a group, as one reader sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.safestring import SafeString

from dossiers import markdown
from groups import rules
from groups.aliases import Act, Letter
from groups.models import Group, Message, MessageState, Thread
from groups.seats import Seat
from people.models import Person

PER_PAGE = 40
THREADS_PER_PAGE = 25


@dataclass(frozen=True)
class ShownMessage:
    """A message with what the seat may see and do."""

    message: Message
    seat: Seat
    is_new: bool

    @property
    def name(self) -> str:
        """The name or alias it stands under."""
        if self.message.alias is not None:
            return self.message.alias.name
        assert self.message.author is not None
        return self.message.author.full_name

    @property
    def is_own(self) -> bool:
        """Whether the reader wrote it."""
        return rules.is_writer(self.seat, self.message)

    @property
    def html(self) -> SafeString:
        """The words, safe to show."""
        return markdown.to_html(self.message.body, top=3)

    @property
    def shows_words(self) -> bool:
        """Whether the words are shown: a hidden message's only to its writer and moderators."""
        if self.message.state == MessageState.HIDDEN:
            return self.is_own or self.seat.is_moderator
        return self.message.state == MessageState.VISIBLE

    @property
    def may_change(self) -> bool:
        """See ``rules.may_change``."""
        return rules.may_change(self.seat, self.message)

    @property
    def may_delete(self) -> bool:
        """See ``rules.may_delete``."""
        return rules.may_delete(self.seat, self.message)

    @property
    def may_report(self) -> bool:
        """See ``rules.may_report``."""
        return rules.may_report(self.seat, self.message)

    @property
    def may_quote(self) -> bool:
        """See ``rules.may_quote``."""
        return rules.may_quote(self.seat, self.message)

    @property
    def has_more(self) -> bool:
        """Whether anything can be done with it."""
        return (
            self.may_change
            or self.may_delete
            or self.may_report
            or self.may_quote
            or self.may_moderate
        )

    @property
    def may_moderate(self) -> bool:
        """See ``rules.may_moderate``."""
        return rules.may_moderate(self.seat)


@dataclass(frozen=True)
class Conversation:
    """One page of a thread."""

    messages: list[ShownMessage]
    page: Page[Message]

    @property
    def newest(self) -> datetime | None:
        """When the newest message on this page appeared."""
        return self.messages[-1].message.at if self.messages else None


@dataclass(frozen=True)
class ShownThread:
    """A thread in the list."""

    thread: Thread
    is_new: bool

    @property
    def name(self) -> str:
        """The name or alias that started it."""
        if self.thread.starter_alias is not None:
            return self.thread.starter_alias.name
        assert self.thread.starter is not None
        return self.thread.starter.full_name


def conversation(
    thread: Thread, seat: Seat, page: str | None, seen_upto: datetime | None
) -> Conversation:
    """One page of the messages in sight, oldest first; without ``page`` the newest.

    What came after ``seen_upto`` is new; on a first visit nothing is, since everything would be.
    """
    in_sight = Message.objects.readable_by(seat.person).filter(thread=thread).with_details()
    paginator = Paginator(in_sight, PER_PAGE)
    chosen = paginator.get_page(page or paginator.num_pages)
    shown = [
        ShownMessage(message, seat, is_new=seen_upto is not None and message.at > seen_upto)
        for message in chosen.object_list
    ]
    return Conversation(shown, chosen)


def page_of(thread: Thread, message: Message, person: Person) -> int:
    """The page of ``conversation`` on which the message stands."""
    before = (
        Message.objects.readable_by(person)
        .filter(thread=thread)
        .filter(at__lte=message.at)
        .exclude(pk=message.pk)
        .count()
    )
    return before // PER_PAGE + 1


def threads_of(
    group: Group,
    seat: Seat,
    page: str | None,
    on_device: Mapping[int, datetime],
    words: str = "",
) -> tuple[list[ShownThread], Page[Thread]]:
    """One page of the group's threads, the last written in first, new ones marked.

    ``words`` narrows to threads that hold them, in the title or in a message in sight.
    """
    in_sight = Thread.objects.readable_by(seat.person).filter(group=group).with_details()
    if words:
        said = Message.objects.readable_by(seat.person).filter(
            thread__group=group, state=MessageState.VISIBLE, body__icontains=words
        )
        in_sight = in_sight.filter(Q(title__icontains=words) | Q(pk__in=said.values("thread")))
    chosen = Paginator(in_sight, THREADS_PER_PAGE).get_page(page)
    found = list(chosen.object_list)
    new = _new_among(group, seat.person, found, on_device)
    return [ShownThread(thread, thread.pk in new) for thread in found], chosen


def groups_with_new(
    person: Person, groups: Iterable[Group], on_device: Mapping[int, datetime]
) -> set[int]:
    """Which of the person's groups hold something unread; two queries for all of them."""
    by_marker = [group.pk for group in groups if not group.alias_allowed]
    by_device = [group.pk for group in groups if group.alias_allowed]
    readable = Thread.objects.readable_by(person)
    new = set(readable.filter(group__in=by_marker).new_for(person).values_list("group", flat=True))
    recent = readable.filter(group__in=by_device).order_by("-last_at")[:200]
    for pk, group, last_at in recent.values_list("pk", "group", "last_at"):
        if pk not in on_device or on_device[pk] < last_at:
            new.add(group)
    return new


def waiting(letters: list[Letter], thread: Thread | None) -> list[tuple[Act, str, SafeString]]:
    """Own letters that wait for the next round, in a thread or (None) as new threads."""
    key = str(thread.key) if thread else ""
    return [
        (letter.act, letter.title, markdown.to_html(letter.body, top=3))
        for letter in letters
        if letter.thread == key
    ]


def _new_among(
    group: Group, person: Person, threads: list[Thread], on_device: Mapping[int, datetime]
) -> set[int]:
    if group.alias_allowed:
        return {
            thread.pk
            for thread in threads
            if thread.pk not in on_device or on_device[thread.pk] < thread.last_at
        }
    pks = [thread.pk for thread in threads]
    return set(Thread.objects.filter(pk__in=pks).new_for(person).values_list("pk", flat=True))
