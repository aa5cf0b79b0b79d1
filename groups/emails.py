"""Mail about groups: that there is something, never what, where or by whom."""

from django.urls import reverse

from outbox import emails
from people.models import Person


def something_new(person: Person) -> int:
    """There is something new in a group of yours; 1 where a mail was posted, 0 without address."""
    return _post(person, "groups/something_new")


def invited(person: Person) -> int:
    """You are invited to a group."""
    return _post(person, "groups/invited")


def answered(person: Person) -> int:
    """Your request to join was answered."""
    return _post(person, "groups/answered")


def _post(person: Person, template: str) -> int:
    """Every mail links to the same page, the person's own groups."""
    posted = emails.post(person, template, {"path": reverse("groups:index")})
    return int(posted is not None)
