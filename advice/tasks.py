"""The hands that write letters as files; the rows say which."""

from celery import shared_task

from advice.actions import exporting


@shared_task(name="advice.export_letter")
def export_letter(export_pk: int) -> bool:
    """Make one file, where it still waits."""
    return exporting.make_file(export_pk)


@shared_task(name="advice.sweep_exports")
def sweep_exports() -> None:
    """Find what a lost message or a dead worker left, and forget old files."""
    exporting.sweep_files()
