"""How the mail stands, in the terminal."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from outbox.status import status_of_mail


class Command(BaseCommand):
    help = "Tells how the mail stands; exit status 1 where somebody should look."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a lane, then what is not as it should be."""
        status = status_of_mail()
        for lane in status.lanes:
            since = f", since {lane.oldest_due:%Y-%m-%d %H:%M:%S}" if lane.oldest_due else ""
            self.stdout.write(
                f"{lane.lane.queue}: {lane.waiting} waiting, {lane.due} due{since}, "
                f"{lane.sending} going out by {lane.streams} workers"
            )
        self.stdout.write(
            f"last hour: {status.sent_last_hour} sent; last day: {status.failed_last_day} failed; "
            f"{status.unknown} unknown; {status.paused} mailings paused"
        )
        if status.goes_to_files:
            self.stdout.write("no SMTP_URL: mail is delivered to files")
        if status.outage:
            self.stdout.write(
                f"OUTAGE since {status.outage.since:%Y-%m-%d %H:%M:%S}: {status.outage.reason}; "
                f"next attempt {status.outage.retry_at:%H:%M:%S}"
            )
        for lane in status.lanes:
            if lane.is_late:
                self.stdout.write(f"LATE: {lane.lane.queue} mail is left lying; are workers up?")
        if not status.is_well:
            sys.exit(1)
