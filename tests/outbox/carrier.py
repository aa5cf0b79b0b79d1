"""A portal of its own for tests that need one: ``python -m tests.outbox.carrier make|carry|tell``.

``make N`` queues a mailing, ``carry`` puts right what died on this host and sends batch after batch
until nothing is due, ``tell`` prints the rows by state and the mailing's own counts as JSON.
``CARRIER_HOST`` and ``CARRIER_HOURS`` make it a host with that name and a clock so far ahead.
"""

import json
import os
import socket
import sys
from datetime import UTC, datetime, timedelta

import django
import time_machine


def elsewhere() -> None:
    """Be another host, where that is asked."""
    name = os.environ.get("CARRIER_HOST")
    if name:
        socket.gethostname = lambda: name
        ahead = timedelta(hours=float(os.environ["CARRIER_HOURS"]))
        time_machine.travel(datetime.now(UTC) + ahead).start()


def main(what: str, *numbers: str) -> None:
    """Do one of the three."""
    django.setup()
    from outbox import delivering
    from outbox.models import Lane, Mailing
    from tests.outbox.making import make_mailing, states

    elsewhere()
    if what == "make":
        make_mailing(int(numbers[0]))
    elif what == "carry":
        delivering.recover()
        while delivering.deliver_batch(Lane.BULK).rows:
            pass
    else:
        mailing = Mailing.objects.get()
        counts = [mailing.total, mailing.sent, mailing.failed, mailing.unknown]
        print(json.dumps([states(mailing), counts]))


if __name__ == "__main__":
    main(*sys.argv[1:])
