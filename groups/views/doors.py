"""The doors to a group: 404 for everyone who may not know, before any rule is asked."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from groups.models import Group, Message, Thread
from groups.seats import Seat, seat_of
from people.guards import SignedInRequest


def inside(request: SignedInRequest, key: UUID) -> Seat:
    """The reader's seat in a group they may read."""
    group = get_object_or_404(Group.objects.readable_by(request.user), key=key)
    return seat_of(request.user, group)


def thread_inside(request: SignedInRequest, key: UUID) -> tuple[Thread, Seat]:
    """A thread in sight, and the reader's seat."""
    thread = get_object_or_404(Thread.objects.readable_by(request.user).with_details(), key=key)
    return thread, seat_of(request.user, thread.group)


def message_inside(request: SignedInRequest, key: UUID) -> tuple[Message, Seat]:
    """A message in sight, and the reader's seat."""
    message = get_object_or_404(
        Message.objects.readable_by(request.user).with_details().select_related("thread__group"),
        key=key,
    )
    return message, seat_of(request.user, message.thread.group)
