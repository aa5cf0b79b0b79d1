"""A newsletter of 20 kB for many readers, and what came of it."""

import resource
import time
from typing import Any

from django.test.utils import override_settings

from newsletter import actions, mailing
from newsletter.models import Block, Issue
from outbox.composing import compose
from outbox.filling import Form
from outbox.models import Lane, Rendering
from outbox.wakes import wake
from people.models import Appointment, Person, Role, Unit

WORDS = (
    "De ondernemingsraad sprak met collega's op alle afdelingen over de nieuwe roosters. "
    "Wat we hoorden, staat hieronder; wat we ermee doen, lees je in het advies. "
)


def make_readers(count: int) -> int:
    """A council with a secretary, and ``count`` readers by one statement each thousand."""
    units = [Unit.objects.get_or_create(name=f"Afdeling {number}")[0] for number in range(6)]
    secretary = Person.objects.create(
        given_name="Ineke", family_name="Postma", email="ineke@delinde.example", password="!"
    )
    Appointment.objects.create(person=secretary, role=Role.SECRETARY)
    for first in range(0, count, 5000):
        Person.objects.bulk_create(
            Person(
                given_name=f"Sanne{number}",
                infix="de",
                family_name="Wit",
                staff_number=f"{number:07d}",
                email=f"reader{number}@delinde.example",
                unit=units[number % 6],
                password="!",
            )
            for number in range(first, min(first + 5000, count))
        )
    return Person.objects.count()


def make_issue(kilobytes: int = 20) -> str:
    """An issue that makes mails of about ``kilobytes``, personal in name and links; its key."""
    secretary = Person.objects.get(email="ineke@delinde.example")
    issue = actions.start_issue(secretary, "Zelf roosteren: wat we hoorden")
    text, size = "", 0
    while size < kilobytes * 1000:
        text += f"{WORDS * 3}[Lees verder](https://voorbeeld.example/{len(text)}).\n\n"
        Block.objects.filter(issue=issue).update(text=text)
        size = mail_size(issue)
    return str(issue.key)


def mail_size(issue: Issue) -> int:
    """Bytes of one reader's mail."""
    from newsletter.editions import Reader, edition, parts_of

    made = edition(issue, parts_of(issue), "nl", reader=Reader("Sanne", "x" * 50))
    return len(compose(subject="x", sender="or@localhost", text=made.text, html=made.html))


def ready_made() -> str:
    """One reader's mail as it will go out, for a loop that only sends."""
    body = bytes(Rendering.objects.latest("pk").body)
    values = dict.fromkeys(Form(body).names, "x" * 12)
    return Form(body).fill({**values, "address": "reader@delinde.example"}).decode("ascii")


def queue(key: str) -> dict[str, Any]:
    """Queue the issue with the workers asleep: rows, bytes a mail, seconds, memory in MB."""
    issue = Issue.objects.get(key=key)
    began = time.monotonic()
    with override_settings(MAIL_STREAMS=0):
        actions.send_issue(issue.written_by, issue)
        mailing.hand_over(issue)
    spent = time.monotonic() - began
    issue.refresh_from_db()
    assert issue.mailing is not None
    return {
        "mailing": issue.mailing.pk,
        "rows": issue.mailing.deliveries.count(),
        "size": len(ready_made()),
        "seconds": spent,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def start() -> None:
    """Wake the workers."""
    wake(Lane.BULK, streams=4)
