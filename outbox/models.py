"""Mail as rows: what is sent (mailing, rendering) and to whom (delivery), each with its state.

A single mail is a mailing of one. One path for everything means that the sign-in code and the
newsletter to 500,000 people are claimed, sent, counted and proved by the same forty lines; the
price is two more INSERTs for a single, which a mail of its own connection never notices.

Nothing here knows the portal's people: a recipient is an address and an opaque key that the app
which queued the mail can read back.
"""

import secrets
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outbox.querysets import DeliveryQuerySet, MailingQuerySet


class Lane(models.IntegerChoices):
    """How urgent a mail is; also the Celery queue that carries it."""

    URGENT = 0, _("at once")
    NORMAL = 5, _("soon")
    BULK = 9, _("in bulk")

    @property
    def queue(self) -> str:
        """The name of the Celery queue."""
        return self.name.lower()


class MailingState(models.TextChoices):
    """Where a mailing stands."""

    QUEUED = "queued", _("waiting")
    SENDING = "sending", _("being sent")
    PAUSED = "paused", _("paused")
    CANCELLED = "cancelled", pgettext_lazy("mail", "cancelled")
    DONE = "done", _("done")


class State(models.TextChoices):
    """Where one mail to one recipient stands.

    ``SENDING`` is claimed by a worker that holds a lease. ``UNKNOWN`` is a mail whose outcome a
    crash left open: it is never sent again but by a person.
    """

    QUEUED = "queued", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown")
    CANCELLED = "cancelled", pgettext_lazy("mail", "cancelled")


def _secret() -> bytes:
    return secrets.token_bytes(16)


class Mailing(models.Model):
    """One thing sent to one or many.

    ``secret`` signs the Message-ID and the bounce address of each of its mails, so that both stay
    the same for the life of the row and nobody can make up a bounce for somebody else's mail.
    The counts are kept by ``outbox.claims`` in the transaction that moves the rows; what is being
    sent and what waits is derived from them.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lane = models.SmallIntegerField(_("urgency"), choices=Lane.choices, default=Lane.NORMAL)
    state = models.CharField(
        _("state"), max_length=10, choices=MailingState.choices, default=MailingState.QUEUED
    )
    label = models.CharField(_("what it is"), max_length=200)
    sender = models.CharField(_("envelope sender"), max_length=254)
    message_domain = models.CharField(max_length=190)
    secret = models.BinaryField(default=_secret, editable=False)
    per_minute = models.PositiveIntegerField(_("mails a minute at most"), null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Mailing"]] = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["lane", "id"],
                condition=Q(state__in=["queued", "sending"]),
                name="outbox_mailing_active",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def settled(self) -> int:
        """How many mails have a final state."""
        return self.sent + self.failed + self.unknown + self.cancelled

    @property
    def remaining(self) -> int:
        """How many mails wait or are being sent."""
        return max(self.total - self.settled, 0)


class Rendering(models.Model):
    """One rendered MIME message with placeholders, in the form that ``outbox.filling`` reads.

    A mailing has one per language and per group of readers that may see different things. The body
    of a single mail is emptied once it is sent: what was written to one person is not kept.
    """

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="renderings")
    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=250)
    body = models.BinaryField()

    class Meta:
        verbose_name = _("rendering")
        verbose_name_plural = _("renderings")
        constraints = [
            models.UniqueConstraint(fields=["mailing", "name"], name="outbox_rendering_unique")
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One mail to one recipient.

    ``values`` fill the placeholders: a flat object of strings. ``claimed_by`` is the token of the
    batch that holds (or last held) the row; a write that names another token changes nothing.
    """

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="deliveries", db_index=False)
    rendering = models.ForeignKey(Rendering, models.PROTECT, related_name="+", db_index=False)
    lane = models.SmallIntegerField(choices=Lane.choices)
    address = models.CharField(_("address"), max_length=254)
    domain = models.CharField(max_length=190)
    name = models.CharField(_("name"), max_length=200, blank=True)
    recipient_key = models.CharField(max_length=64, blank=True)
    values = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    claimed_by = models.CharField(max_length=40, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    first_tried_at = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(_("when"), null=True, blank=True)
    last_response = models.CharField(_("what the server said"), max_length=500, default="")

    objects: ClassVar[models.Manager["Delivery"]] = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "address"], name="outbox_delivery_once_per_mailing"
            )
        ]
        indexes = [
            models.Index(
                fields=["lane", "mailing", "next_attempt_at"],
                condition=Q(state="queued"),
                name="outbox_delivery_due",
            ),
            models.Index(
                fields=["claimed_by", "lease_until"],
                condition=Q(state="sending"),
                name="outbox_delivery_claimed",
            ),
            models.Index(
                fields=["mailing", "state"],
                condition=Q(state__in=["failed", "unknown"]),
                name="outbox_delivery_trouble",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address} ({self.get_state_display()})"


class Throttle(models.Model):
    """How many mails a minute may go out: in all (empty domain) or to one receiving domain."""

    domain = models.CharField(
        _("receiving domain"),
        max_length=190,
        unique=True,
        blank=True,
        help_text=_("Empty: all mail together. * means each domain without a line of its own."),
    )
    per_minute = models.PositiveIntegerField(_("mails a minute at most"))

    class Meta:
        verbose_name = _("throttle")
        verbose_name_plural = _("throttles")
        ordering = ["domain"]

    def __str__(self) -> str:
        return f"{self.domain or '–'}: {self.per_minute}"


class SuppressionReason(models.TextChoices):
    """Why an address gets no mail but sign-in mail."""

    BOUNCED = "bounced", _("the address does not exist")
    FULL = "full", _("mail kept coming back")
    COMPLAINT = "complaint", _("marked as unwanted")
    BY_HAND = "by_hand", _("put here by hand")


class Suppression(models.Model):
    """An address that mail does not reach. By address, so it outlives every new staff list."""

    address = models.CharField(_("address"), max_length=254, unique=True)
    reason = models.CharField(_("reason"), max_length=10, choices=SuppressionReason.choices)
    detail = models.CharField(_("what the server said"), max_length=500, blank=True)
    since = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        ordering = ["-since"]

    def __str__(self) -> str:
        return self.address


class BounceKind(models.TextChoices):
    """What a returned mail says about its address."""

    HARD = "hard", _("does not exist")
    SOFT = "soft", _("could not be delivered")
    DELAYED = "delayed", _("delayed")
    COMPLAINT = "complaint", _("marked as unwanted")


class Bounce(models.Model):
    """A mail that came back, read once: ``digest`` is of the returned message itself."""

    digest = models.CharField(max_length=64, unique=True)
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="bounces")
    kind = models.CharField(max_length=10, choices=BounceKind.choices)
    status = models.CharField(max_length=12, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    received_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("returned mail")
        verbose_name_plural = _("returned mails")

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"


class Spending(models.Model):
    """The bucket of a throttle: how many mails may go at once, and when that was worked out.

    In a row, so that a restart does not forget. ``subject`` is empty (all mail), ``@`` and a
    domain, or ``#`` and a mailing's id.
    """

    subject = models.CharField(max_length=200, unique=True)
    tokens = models.FloatField()
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("spending")
        verbose_name_plural = _("spendings")

    def __str__(self) -> str:
        return f"{self.subject}: {self.tokens:.1f}"


class Outage(models.Model):
    """The mail server cannot be used: since when, why, and when it is tried again. One row at most.

    While it stands no mail is claimed, so an unreachable server costs no mail an attempt.
    """

    since = models.DateTimeField(db_default=Now())
    reason = models.CharField(max_length=500)
    attempts = models.PositiveIntegerField(default=1)
    retry_at = models.DateTimeField()

    class Meta:
        verbose_name = _("outage of the mail server")
        verbose_name_plural = _("outages of the mail server")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="outbox_outage_is_one")]

    def __str__(self) -> str:
        return self.reason


class ClockLook(models.Model):
    """When the sweep last looked at the database's clock (``outbox.clocks``). One row at most."""

    at = models.DateTimeField()

    class Meta:
        verbose_name = _("look at the clock")
        verbose_name_plural = _("looks at the clock")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="outbox_clock_look_is_one")]

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S}"
