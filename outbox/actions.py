"""What is done with mail: queue it, pause it, resume it, cancel it, send it once more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr
from functools import partial

from django.conf import settings
from django.db import transaction

from outbox import wakes
from outbox.headers import domain_of, normal_address
from outbox.models import Delivery, Lane, Mailing, Rendering


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
    transaction.on_commit(partial(wakes.wake, Lane(mailing.lane)))
    return mailing.total - before


@transaction.atomic
def queue_single(
    *, subject: str, body: bytes, recipients: Sequence[Recipient], lane: Lane
) -> Mailing:
    """One composed message to one or a few: a mailing of its own."""
    mailing = open_mailing(subject, lane=lane)
    queue(mailing, add_rendering(mailing, "mail", subject=subject, body=body), recipients)
    return mailing
