"""Django's mail backend: what any package of ours sends becomes rows."""

from collections.abc import Sequence
from email.utils import getaddresses

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from outbox.actions import Recipient, queue_single
from outbox.composing import compose_from_django
from outbox.headers import RefusedHeader
from outbox.models import Lane


class OutboxBackend(BaseEmailBackend):
    """Queues each message in the current transaction; sign-in mail comes this way, so urgently."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many messages were queued. Raises ``RefusedHeader`` unless failing silently."""
        queued = 0
        for message in email_messages:
            addresses = [address for _name, address in getaddresses(message.recipients())]
            if not addresses:
                continue
            try:
                queue_single(
                    subject=str(message.subject),
                    body=compose_from_django(message),
                    recipients=[Recipient(address) for address in addresses],
                    lane=Lane.URGENT,
                )
            except RefusedHeader:
                if not self.fail_silently:
                    raise
            else:
                queued += 1
        return queued
