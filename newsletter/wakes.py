"""Waking a worker for an issue that is due; the sweep finds what a lost wake left."""

import logging

from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def wake() -> None:
    """Ask a worker to look for due issues."""
    from newsletter.tasks import hand_over_due

    try:
        hand_over_due.apply_async(queue="normal", retry=False)
    except (OperationalError, OSError) as error:
        log.warning("no broker to wake a worker with, the sweep will: %s", error)
