"""Mail to the council about newsletters that are being made."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from newsletter.models import Issue, Recurrence
from outbox import emails
from people.models import Person


def tell_draft(issue: Issue, found: int, people: Iterable[Person]) -> None:
    """A draft waits. What is in it is read in the portal: by then it may be secret."""
    url = f"{settings.PORTAL_URL}{reverse('newsletter:compose', args=[issue.key])}"
    for person in people:
        subject = issue.subject_en if person.language == "en" else ""
        context = {"url": url, "found": found, "person": person, "title": subject or issue.subject}
        emails.post(person, "newsletter/draft", context)


def tell_nothing_new(recurrence: Recurrence, since: datetime, people: Iterable[Person]) -> None:
    """Nothing is new, so there is no draft."""
    url = f"{settings.PORTAL_URL}{reverse('newsletter:start')}"
    for person in people:
        context = {"url": url, "since": since, "person": person}
        emails.post(person, "newsletter/nothing_new", context)
