"""What the worker and the scheduler ask of the roster; the rows decide, so twice does no harm."""

from celery import shared_task

from people.actions import codes, uploads
from people.sign_in.sessions import SessionStore


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


@shared_task
def forget() -> None:
    """Delete sessions that ended, and codes on paper that did."""
    SessionStore.clear_expired()
    codes.forget_closed_codes()
