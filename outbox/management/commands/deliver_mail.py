"""Deliver what is due now, in this process."""

from typing import Any

from django.core.management.base import BaseCommand

from outbox import claims, delivering
from outbox.models import Lane


class Command(BaseCommand):
    help = "Delivers all mail that is due now, without a worker. For a cron job, or to try things."

    def handle(self, *args: Any, **options: Any) -> None:
        """Lane after lane, the urgent one first, until nothing is due."""
        delivering.recover()
        claims.give_up_expired()
        held = 0
        for lane in Lane:
            while rows := delivering.deliver_batch(lane).rows:
                held += len(rows)
        self.stdout.write(f"{held} mails handled.")
