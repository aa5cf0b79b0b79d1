"""What is done with mail: queue it, pause it, resume it, cancel it, send it once more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now, StrIndex, Substr

from outbox import claims, forgetting, wakes
from outbox.headers import domain_of, normal_address
from outbox.models import Delivery, Lane, Mailing, MailingState, Rendering, State


@dataclass(frozen=True)
class Recipient:
    """Whom one mail goes to, and what fills its placeholders."""

    address: str
    name: str = ""
    key: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def open_mailing(label: str, *, lane: Lane, per_minute: int | None = None) -> Mailing:
    """A mailing without recipients yet; it sends nothing until it has some."""
    return Mailing.objects.create(
        lane=lane,
        label=label[:200],
        sender=bounce_address(),
        message_domain=domain_of(author_address()),
        per_minute=per_minute,
    )


def author_address() -> str:
    """The bare address of the portal's own sender."""
    return normal_address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


def bounce_address() -> str:
    """The envelope sender: with ``{}`` for each mail's token where a bounce mailbox is set."""
    if not settings.BOUNCE_ADDRESS:
        return author_address()
    local, _at, domain = normal_address(settings.BOUNCE_ADDRESS).rpartition("@")
    return f"{local}+{{}}@{domain}"


def add_rendering(mailing: Mailing, name: str, *, subject: str, body: bytes) -> Rendering:
    """One composed form (``outbox.composing.compose``) of a mailing."""
    return Rendering.objects.create(mailing=mailing, name=name, subject=subject[:250], body=body)


@transaction.atomic
def queue(mailing: Mailing, rendering: Rendering, recipients: Sequence[Recipient]) -> int:
    """Add recipients; whoever is in this mailing already stays as they are. Returns how many came.

    Sending starts when the transaction commits. For tens of thousands, use ``queue_rows``.
    """
    rows = []
    for recipient in recipients:
        address = normal_address(recipient.address)
        rows.append(
            Delivery(
                mailing=mailing,
                rendering=rendering,
                lane=mailing.lane,
                address=address,
                domain=domain_of(address),
                name=recipient.name[:200],
                recipient_key=recipient.key,
                values=dict(recipient.values),
            )
        )
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    before, mailing.total = mailing.total, mailing.deliveries.count()
    mailing.save(update_fields=["total"])
    reopen(mailing.pk)
    transaction.on_commit(partial(wakes.wake, Lane(mailing.lane)))
    return mailing.total - before


INSERT = """
INSERT INTO {table} (mailing_id, rendering_id, lane, address, domain, name, recipient_key, "values",
    state, claimed_by, attempts, last_response)
SELECT %s, mail_rendering, %s, mail_address, mail_domain, mail_name, mail_key, mail_values,
    'queued', '', 0, ''
FROM ({rows}) AS chosen WHERE TRUE
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def queue_rows(mailing: Mailing, people: QuerySet[Any]) -> int:
    """Add whoever a query finds, in one statement: half a million as easily as ten.

    ``people`` carries the annotations ``mail_address`` (lower case), ``mail_name``, ``mail_key``,
    ``mail_values`` (a JSON object of strings) and ``mail_rendering`` (a rendering's id). What is no
    address is found when it is sent, and failed with words. Returns how many came.
    """
    rows = people.annotate(
        mail_domain=Substr("mail_address", StrIndex(F("mail_address"), Value("@")) + 1)
    ).order_by()
    names = ["mail_address", "mail_domain", "mail_name", "mail_key", "mail_values"]
    sql, params = rows.values_list(*names, "mail_rendering").query.sql_with_params()
    table = connection.ops.quote_name(Delivery._meta.db_table)
    with connection.cursor() as cursor:
        statement = INSERT.format(table=table, rows=sql)
        cursor.execute(statement, [mailing.pk, int(mailing.lane), *params])
        came = int(cursor.rowcount)
    Mailing.objects.filter(pk=mailing.pk).update(total=F("total") + came)
    reopen(mailing.pk)
    transaction.on_commit(partial(wakes.wake, Lane(mailing.lane), streams=settings.MAIL_STREAMS))
    return came


def reopen(mailing: int) -> None:
    """A mailing that was done sends again, now that somebody was added."""
    Mailing.objects.filter(pk=mailing, state=MailingState.DONE, total__gt=settled_count()).update(
        state=MailingState.QUEUED, finished_at=None
    )


def settled_count() -> CombinedExpression:
    """How many mails of a mailing have a final state, in the database."""
    return F("sent") + F("failed") + F("unknown") + F("cancelled")


@transaction.atomic
def queue_single(
    *, subject: str, body: bytes, recipients: Sequence[Recipient], lane: Lane
) -> Mailing:
    """One composed message to one or a few: a mailing of its own."""
    mailing = open_mailing(subject, lane=lane)
    queue(mailing, add_rendering(mailing, "mail", subject=subject, body=body), recipients)
    return mailing


@transaction.atomic
def pause(mailing: Mailing) -> bool:
    """Let nothing more of a mailing go out; workers look every second. Whether it was going."""
    return bool(Mailing.objects.active().filter(pk=mailing.pk).update(state=MailingState.PAUSED))


@transaction.atomic
def resume(mailing: Mailing) -> bool:
    """Go on with a paused mailing. Whether it was paused."""
    paused = Mailing.objects.filter(pk=mailing.pk, state=MailingState.PAUSED)
    resumed = bool(paused.update(state=MailingState.QUEUED))
    if resumed:
        claims.finish([mailing.pk])
        transaction.on_commit(
            partial(wakes.wake, Lane(mailing.lane), streams=settings.MAIL_STREAMS)
        )
    return resumed


def cancel(mailing: Mailing) -> int:
    """Send nothing more of a mailing, ever. How many mails were still waiting.

    Two transactions: workers must see the state before the many rows are written. What a worker
    holds meanwhile it gives back, and that is cancelled too.
    """
    going = [MailingState.QUEUED, MailingState.SENDING, MailingState.PAUSED]
    stopped = Mailing.objects.filter(pk=mailing.pk, state__in=going).update(
        state=MailingState.CANCELLED, finished_at=Now()
    )
    if not stopped:
        return 0
    with transaction.atomic():
        return claims.cancel_waiting(mailing.pk)


def withdraw(mailing: Mailing) -> int:
    """Cancel a mailing whose words became secret, and forget them: it is never sent again.

    How many mails were still waiting. Done again, it finishes what a crash left.
    """
    waiting = cancel(mailing)
    with transaction.atomic():
        forgetting.forget_words(mailing.pk)
        return waiting + claims.cancel_waiting(mailing.pk)


@transaction.atomic
def forget_recipients(mailing: Mailing) -> int:
    """Send nothing more of a mailing and delete whom it went to; its counts stay. How many rows.

    A worker that holds some of them at this moment finds nothing left to mark.
    """
    cancel(mailing)
    rows, _by_model = mailing.deliveries.all().delete()
    return rows


RESENDABLE = (State.FAILED, State.UNKNOWN, State.CANCELLED)


@transaction.atomic
def send_again(mailing: Mailing, states: Iterable[State], *, row: int | None = None) -> int:
    """Put mails that did not arrive, or may not have, back to waiting: a person's decision.

    ``states`` are among ``RESENDABLE``; ``row`` narrows it to one mail. Returns how many.
    """
    again = 0
    for state in states:
        if state not in RESENDABLE:
            raise ValueError(f"never sent again: {state}")
        rows = mailing.deliveries.filter(state=state)
        if row is not None:
            rows = rows.filter(pk=row)
        moved = rows.update(
            state=State.QUEUED,
            claimed_by="",
            lease_until=None,
            first_tried_at=None,
            settled_at=None,
            next_attempt_at=Now(),
        )
        claims.count(mailing.pk, {state: -moved})
        again += moved
    if again:
        Mailing.objects.filter(pk=mailing.pk).update(state=MailingState.QUEUED, finished_at=None)
        transaction.on_commit(
            partial(wakes.wake, Lane(mailing.lane), streams=settings.MAIL_STREAMS)
        )
    return again
