"""Waking the workers. A wake may be lost, doubled or late: the rows are the truth, and the sweep
finds what a lost wake left."""

import logging

from kombu.exceptions import OperationalError

from outbox.models import Lane

log = logging.getLogger(__name__)


def wake(lane: Lane, *, streams: int = 1, countdown: float = 0, link: int = 0) -> None:
    """Ask ``streams`` workers to look at ``lane``; without a broker the sweep will find it."""
    from outbox.tasks import deliver

    try:
        for _stream in range(streams):
            deliver.apply_async(
                (int(lane), link), queue=lane.queue, countdown=countdown, retry=False
            )
    except (OperationalError, OSError) as error:
        log.warning("no broker to wake the workers with, the sweep will: %s", error)
