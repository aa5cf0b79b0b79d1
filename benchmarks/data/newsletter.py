"""A newsletter of 20 kB for many readers, and what came of it."""

import resource
import time
from typing import Any

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat, Now
from django.test.utils import override_settings
from django.urls import reverse

from benchmarks.data.ballots import sign_in
from newsletter import actions, mailing
from newsletter.models import Block, Issue
from outbox.actions import pause
from outbox.composing import compose
from outbox.filling import Form
from outbox.models import Delivery, Lane, Mailing, Rendering, State
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


def make_crowd(count: int) -> int:
    """Readers by the hundred thousand: copies of one, made by the database itself."""
    make_readers(1)
    model = Person.objects.get(email="reader0@delinde.example")
    own = {
        "key": "gen_random_uuid()",
        "given_name": "'Sanne' || n",
        "staff_number": "lpad(n::text, 7, '0')",
        "email": "'reader' || n || '@delinde.example'",
    }
    names = [field.column for field in Person._meta.concrete_fields if not field.primary_key]
    values = ", ".join(own.get(name, f'"{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO people_person ({columns}) SELECT {values} FROM people_person,"
            " generate_series(1, %s) AS n WHERE people_person.id = %s",
            [count - 1, model.pk],
        )
        cursor.execute("ANALYZE people_person")
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


def fail_some(mailing: int) -> int:
    """Let every twentieth mail have failed, each server with words of its own; how many."""
    rows = Delivery.objects.filter(mailing=mailing).annotate(nth=F("pk") % 20).filter(nth=0)
    failed = rows.update(
        state=State.FAILED,
        settled_at=Now(),
        last_response=Concat(Value("550 5.1.1 <"), F("address"), Value(">: user unknown")),
    )
    Mailing.objects.filter(pk=mailing).update(failed=failed)
    return failed


def watcher(key: str) -> dict[str, str]:
    """Where the secretary watches an issue go, and her session."""
    secretary = Person.objects.get(email="ineke@delinde.example")
    path = reverse("newsletter:progress", args=[key])
    (session,) = sign_in([secretary])
    return {"path": path, "session": session}


def stop(mailing: int) -> None:
    """Let the workers put down what they have."""
    pause(Mailing.objects.get(pk=mailing))
