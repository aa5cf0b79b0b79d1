"""What a mail provider tells of our mail: an option beside returned mail.

django-anymail knows how each provider signs and words its events; its views are asked to check and
read a request. Its signal is not used: what happens here is in the open. Opens and clicks, which
some providers count, are thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from anymail.exceptions import AnymailConfigurationError
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.sendgrid import SendGridTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostTrackingWebhookView
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

from outbox import bounces, tokens
from outbox.bounces import Reading
from outbox.models import Bounce, BounceKind, Delivery, State

PROVIDERS: dict[str, type[AnymailBaseWebhookView]] = {
    "brevo": BrevoTrackingWebhookView,
    "mailjet": MailjetTrackingWebhookView,
    "postmark": PostmarkTrackingWebhookView,
    "sendgrid": SendGridTrackingWebhookView,
    "sparkpost": SparkPostTrackingWebhookView,
}
"""Those that prove themselves with a user and password in the address they call."""


def is_on() -> bool:
    """Whether a provider is configured, with the secret it proves itself with."""
    return settings.MAIL_EVENTS_FROM in PROVIDERS and bool(settings.MAIL_EVENTS_SECRET)


def events_of(request: HttpRequest) -> list[AnymailTrackingEvent]:
    """What a request tells, once it is known to be the provider's.

    Raises ``SuspiciousOperation`` (HTTP 400) for a wrong secret or a body that cannot be read.
    """
    view = PROVIDERS[settings.MAIL_EVENTS_FROM](webhook_secret=settings.MAIL_EVENTS_SECRET)
    view.setup(request)
    view.run_validators(request)
    try:
        return list(view.parse_events(request))
    except (ValueError, KeyError, TypeError, AttributeError, AnymailConfigurationError) as error:
        raise SuspiciousOperation("these events cannot be read") from error


def take_events(events: Iterable[AnymailTrackingEvent]) -> int:
    """Write down what events say of mail of ours; how many said something new."""
    return sum(take_event(event) is not None for event in events)


def take_event(event: AnymailTrackingEvent) -> Bounce | None:
    """One event; None where it says nothing, nothing new, or is about no mail of ours."""
    reading = read(event)
    delivery = delivery_of(event) if reading else None
    if reading is None or delivery is None:
        return None
    named = f"{delivery.pk} {event.event_id or event.timestamp} {reading.kind}"
    return bounces.record(delivery, reading, sha256(named.encode()).hexdigest())


def read(event: AnymailTrackingEvent) -> Reading | None:
    """What an event means for the address; None for deliveries, opens and the like."""
    words = " ".join(str(event.mta_response or event.description or "").split())[:500]
    found = bounces.STATUS.search(words)
    status = found[0] if found else ""
    if event.event_type == EventType.COMPLAINED:
        return Reading(BounceKind.COMPLAINT, status, words)
    if event.event_type == EventType.DEFERRED:
        return Reading(BounceKind.DELAYED, status, words)
    if event.event_type not in (EventType.BOUNCED, EventType.REJECTED, EventType.FAILED):
        return None
    gone = event.reject_reason == RejectReason.INVALID or bounces.is_gone(status)
    return Reading(BounceKind.HARD if gone else BounceKind.SOFT, status, words)


def delivery_of(event: AnymailTrackingEvent) -> Delivery | None:
    """The mail by its Message-ID, or the only one to that address that may be meant.

    Some providers give mails names of their own. The event is the provider's word, so the address
    is enough, where one mail alone fits.
    """
    token = str(event.message_id or "").strip("<>").partition("@")[0]
    named = tokens.mail_of(token)
    if named is not None or not event.recipient:
        return named
    to_them = Delivery.objects.filter(address=event.recipient.lower(), state=State.SENT)
    last = list(to_them.order_by("-settled_at")[:2])
    return last[0] if len(last) == 1 else None
