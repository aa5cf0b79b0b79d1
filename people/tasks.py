"""What the worker and the scheduler ask of the roster; the rows decide, so twice does no harm."""

from celery import shared_task

from people.actions import uploads


@shared_task
def import_queued_rosters() -> None:
    """Import every confirmed list, oldest first."""
    while uploads.import_next():
        pass


@shared_task
def sweep_rosters() -> None:
    """Pick up lists whose message or worker was lost, and forget previews left lying."""
    uploads.recover_stuck()
    uploads.forget_expired()
    import_queued_rosters()
