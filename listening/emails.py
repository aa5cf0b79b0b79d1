"""Mails about messages: that there is something to read, never what it says."""

from django.conf import settings
from django.urls import reverse

from listening.models import Message
from outbox.emails import post
from people.models import COUNCIL_ROLES, Person


def tell_writer(message: Message) -> None:
    """Tell who wrote under their name that the council answered."""
    if message.author is not None and message.author.is_active:
        url = settings.PORTAL_URL + reverse("listening:message", args=[message.key])
        post(message.author, "listening/answered", {"url": url})


def tell_council() -> None:
    """Tell the council that a message waits; one mail each, without its subject or its writer."""
    url = settings.PORTAL_URL + reverse("listening:index")
    for member in Person.objects.holding(*COUNCIL_ROLES):
        post(member, "listening/waiting", {"url": url})
