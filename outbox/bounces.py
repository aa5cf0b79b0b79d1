"""Mail that comes back: which mail it was, why, and what that means for the address.

A returned mail is believed only where it names one of ours by a token that only its receiver had:
in the address it came to (``BOUNCE_ADDRESS`` with ``+`` and the token), or in the Message-ID of the
mail that it encloses. What servers write is read by flufl.bounce, Mailman's own reader.
"""

import hashlib
import logging
import re
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import Message

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from flufl.bounce import all_failures

from outbox import claims, tokens
from outbox.models import Bounce, BounceKind, Delivery, State, Suppression, SuppressionReason

log = logging.getLogger(__name__)
logging.getLogger("flufl.bounce").setLevel(logging.WARNING)  # it tells every step it takes

MOST_BYTES = 10 * 1024 * 1024
TOKEN = rb"([0-9a-f]{1,16}\.[0-9a-f]{16})"
IN_ADDRESS = re.compile(rb"\+" + TOKEN + rb"@", re.IGNORECASE)
IN_MESSAGE_ID = re.compile(rb"<" + TOKEN + rb"@", re.IGNORECASE)
STATUS = re.compile(r"\b([45])\.(\d{1,3})\.(\d{1,3})\b")
GONE = frozenset({"1", "10"})
"""Subjects of a 5.x.y status that speak of the address itself (RFC 3463): 5.1.y, 5.10.y."""
GONE_STATUSES = frozenset({"5.2.1"})
PASSING = re.compile(
    r"quota|"
    r"(mailbox|mail ?folder|mailbag|inbox|disk|account)('s| is| was)?( \w+){0,2} full\b|"
    r"(size|large|big)\b.{0,40}\b(limit|maximum|exceed)|"
    r"(exceed\w*|maximum|too)\b.{0,40}\b(message size|size limit|large|big)\b|"
    r"\bspam\b|unsolicited|black ?list|block ?list|grey ?list",
    re.IGNORECASE | re.DOTALL,
)
"""Words of a mailbox that is full or a mail that was not wanted: the address itself exists."""
ENCLOSED = re.compile(r"^[>\s]*(Received|Return-Path):", re.IGNORECASE | re.MULTILINE)
"""Where the returned mail itself begins in a report that has it in its text."""
SOFT_LIMIT = 3
"""Returned on so many different days within ``SOFT_SPAN``, an address is taken for dead."""
SOFT_SPAN = timedelta(days=60)


@dataclass(frozen=True)
class Reading:
    """What a returned mail says."""

    kind: BounceKind
    status: str = ""
    detail: str = ""


def take_in(data: bytes, recipient: str = "") -> Bounce | None:
    """Read one mail that came to the bounce address; None where it is no bounce of ours.

    ``recipient`` is the address it came to, where the mail server tells. The same mail taken in
    twice counts once.
    """
    data = data[:MOST_BYTES]
    message = message_from_bytes(data, policy=policy.compat32)
    reading = read(message)
    delivery = delivery_of(message, data, recipient)
    if reading is None or delivery is None:
        return None
    return record(delivery, reading, hashlib.sha256(f"{delivery.pk} ".encode() + data).hexdigest())


def record(delivery: Delivery, reading: Reading, digest: str) -> Bounce | None:
    """Write down that a mail came back and do what follows from it; None where it was known.

    ``digest`` is the same for what is told twice.
    """
    try:
        with transaction.atomic():
            bounce = Bounce.objects.create(
                digest=digest,
                delivery=delivery,
                kind=reading.kind,
                status=reading.status,
                detail=reading.detail,
            )
            if reading.kind in (BounceKind.HARD, BounceKind.SOFT):
                fail(delivery, reading)
            suppress_where_due(delivery.address, reading)
    except IntegrityError:
        return None
    return bounce


def delivery_of(message: Message, data: bytes, recipient: str) -> Delivery | None:
    """The mail that came back, by the address it came to or the Message-ID it holds."""
    places = [recipient.encode("ascii", "replace")]
    for name in ("Delivered-To", "X-Original-To", "Envelope-To", "To"):
        places += [str(value).encode("utf-8", "replace") for value in message.get_all(name, [])]
    found = [match[1] for place in places for match in IN_ADDRESS.finditer(place)]
    found += [match[1] for match in IN_MESSAGE_ID.finditer(data)]
    for token in dict.fromkeys(found):
        delivery = tokens.mail_of(token.decode("ascii"))
        if delivery is not None:
            return delivery
    return None


def read(message: Message) -> Reading | None:
    """What a message says about a mail that did not arrive; None for anything else.

    Some servers mark their returned mail as an automatic answer, so what the reader finds to be
    returned is believed over that mark; an automatic answer that speaks of a delay is somebody's
    absence.
    """
    report = str(message.get_param("report-type", "")).lower()
    if report == "feedback-report":
        return Reading(BounceKind.COMPLAINT)
    try:
        temporary, permanent = all_failures(message)
    except Exception:
        log.exception("a returned mail that could not be read")
        return None
    status, detail = explanation(message)
    if permanent:
        gone = is_gone(status) if is_precise(status) else not speaks_of_passing(message, detail)
        kind = BounceKind.HARD if gone else BounceKind.SOFT
        return Reading(kind, status, detail)
    if temporary and (report == "delivery-status" or not is_automatic_answer(message)):
        return Reading(BounceKind.DELAYED, status, detail)
    return None


def is_precise(status: str) -> bool:
    """Whether a status says what was wrong; many a server says 5.0.0 whatever it was."""
    return bool(status) and status != "5.0.0"


def speaks_of_passing(message: Message, detail: str) -> bool:
    """Whether a report without a precise status blames something else than the address."""
    text = ENCLOSED.split(first_text(message), maxsplit=1)[0]
    return bool(PASSING.search(f"{text}\n{detail}"))


def is_gone(status: str) -> bool:
    """Whether a precise status (``5.1.1``) says that there is no such address."""
    speaks_of_address = status in GONE_STATUSES or status.split(".")[1:2] in [
        [each] for each in GONE
    ]
    return speaks_of_address and not status.startswith("4")


def is_automatic_answer(message: Message) -> bool:
    """Whether a program answered for somebody who is away (RFC 3834, and older habits)."""
    submitted = str(message.get("Auto-Submitted", "")).lower()
    return (
        submitted.startswith("auto-replied")
        or "X-Autoreply" in message
        or "X-Autorespond" in message
        or str(message.get("Precedence", "")).lower() == "auto_reply"
    )


def explanation(message: Message) -> tuple[str, str]:
    """The enhanced status code and the server's words, from the report's own part."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if not isinstance(block, Message):
                continue
            status = STATUS.search(str(block.get("Status", "")))
            if status:
                words = " ".join(str(block.get("Diagnostic-Code", "")).split())
                told = STATUS.search(words)
                precise = told[0] if told and not is_precise(status[0]) else status[0]
                return precise, words[:500]
    text = first_text(message)
    status = STATUS.search(text)
    return (status[0] if status else ""), ""


def first_text(message: Message) -> str:
    """The beginning of what a person would read."""
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            return payload[:4000].decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return ""


def fail(delivery: Delivery, reading: Reading) -> None:
    """The mail did not arrive after all."""
    words = _("Came back: %(detail)s") % {"detail": reading.detail or reading.status}
    rows = Delivery.objects.filter(pk=delivery.pk, state__in=[State.SENT, State.UNKNOWN])
    claims.move(rows, State.FAILED, last_response=words[:500])


def suppress_where_due(address: str, reading: Reading) -> None:
    """Hard bounces and complaints at once; soft ones when they come on several days."""
    reasons = {
        BounceKind.HARD: SuppressionReason.BOUNCED,
        BounceKind.COMPLAINT: SuppressionReason.COMPLAINT,
    }
    reason = reasons.get(reading.kind)
    if reading.kind == BounceKind.SOFT and days_returned(address) >= SOFT_LIMIT:
        reason = SuppressionReason.FULL
    if reason is not None:
        Suppression.objects.get_or_create(
            address=address, defaults={"reason": reason, "detail": reading.detail}
        )


def days_returned(address: str) -> int:
    """On how many days mail to an address came back lately."""
    since = timezone.localdate() - SOFT_SPAN
    returned = Bounce.objects.filter(
        delivery__address=address, kind=BounceKind.SOFT, received_on__gte=since
    )
    return returned.values("received_on").distinct().count()
