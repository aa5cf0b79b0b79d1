"""A portal of its own for tests that need one: ``python -m tests.outbox.carrier make|carry|tell``.

``make N`` queues a mailing, ``carry`` sends batch after batch until nothing is due, ``tell`` prints
the rows by state and the mailing's own counts as JSON.
"""

import json
import sys

import django


def main(what: str, *numbers: str) -> None:
    """Do one of the three."""
    django.setup()
    from outbox import delivering
    from outbox.models import Lane, Mailing
    from tests.outbox.making import make_mailing, states

    if what == "make":
        make_mailing(int(numbers[0]))
    elif what == "carry":
        while delivering.deliver_batch(Lane.BULK).rows:
            pass
    else:
        mailing = Mailing.objects.get()
        counts = [mailing.total, mailing.sent, mailing.failed, mailing.unknown]
        print(json.dumps([states(mailing), counts]))


if __name__ == "__main__":
    main(*sys.argv[1:])
