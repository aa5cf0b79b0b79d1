"""A staff list from upload to import: kept, previewed, confirmed, and forgotten again."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from people.actions.roster import RosterChanged, import_roster
from people.models import Person, RosterUpload
from people.roster.planning import make_plan
from people.roster.plans import Plan
from people.roster.rows import Reading

State = RosterUpload.State

AT_ONCE = 5_000
"""Lists with more rows are imported by a worker; fewer take no longer than a page may."""
KEPT_FOR = dt.timedelta(hours=24)
STUCK_AFTER = dt.timedelta(minutes=15)


def keep_upload(reading: Reading, file_name: str, by: Person) -> RosterUpload:
    """Keep what was read of a list for its preview; the file itself is not kept."""
    upload = RosterUpload(uploaded_by=by, file_name=file_name[:120])
    upload.reading = reading
    upload.save()
    return upload


def discard_upload(upload: RosterUpload) -> None:
    """Forget a list that is not to be imported; one that a worker holds stays."""
    RosterUpload.objects.filter(pk=upload.pk, state__in=[State.PREVIEW, State.CHANGED]).delete()


def confirm_upload(upload: RosterUpload, plan: Plan) -> bool:
    """Import the list as ``plan`` shows it, now or by a worker; whether it is done already.

    ``plan`` is the one that was confirmed, with its tick where it needs one. Raises
    ``RosterChanged``. A list that is no longer a preview is left as it is.
    """
    later = len(plan.reading.rows) > AT_ONCE
    confirmed = RosterUpload.objects.filter(
        pk=upload.pk, state__in=[State.PREVIEW, State.CHANGED]
    ).update(state=State.QUEUED, confirmed_digest=plan.digest)
    if later:
        from people.tasks import import_queued_rosters

        transaction.on_commit(import_queued_rosters.delay)
        return False
    if confirmed and _claim(upload.pk):
        _import_claimed(upload.pk)
    upload.refresh_from_db()
    if upload.state == State.CHANGED:
        raise RosterChanged(make_plan(upload.reading, timezone.localdate()))
    return upload.state == State.DONE


def import_next() -> bool:
    """Import the oldest confirmed list; False where none waits or another is under way."""
    waiting = RosterUpload.objects.filter(state=State.QUEUED).order_by("pk").first()
    if waiting is None or not _claim(waiting.pk):
        return False
    _import_claimed(waiting.pk)
    return True


def recover_stuck() -> None:
    """Hand lists back whose worker died: its transaction is undone, so nothing was written."""
    RosterUpload.objects.filter(
        state=State.RUNNING, claimed_at__lt=timezone.now() - STUCK_AFTER
    ).update(state=State.QUEUED, claimed_at=None)


def forget_expired() -> int:
    """Delete previews that nobody confirmed within a day."""
    count, _each = RosterUpload.objects.filter(
        state__in=[State.PREVIEW, State.CHANGED], uploaded_at__lt=timezone.now() - KEPT_FOR
    ).delete()
    return count


def _claim(pk: int) -> bool:
    """Take a list; a constraint lets one run at a time."""
    try:
        with transaction.atomic():
            taken = RosterUpload.objects.filter(pk=pk, state=State.QUEUED).update(
                state=State.RUNNING, claimed_at=timezone.now()
            )
    except IntegrityError:
        return False
    return taken == 1


def _import_claimed(pk: int) -> None:
    upload = RosterUpload.objects.select_related("uploaded_by").get(pk=pk)
    plan = make_plan(upload.reading, timezone.localdate())
    running = RosterUpload.objects.filter(pk=pk, state=State.RUNNING)
    try:
        if plan.digest != upload.confirmed_digest:
            raise RosterChanged(plan)
        with transaction.atomic():
            import_roster(plan, upload.uploaded_by, ticked=True)
            running.update(
                state=State.DONE,
                packed=b"",
                finished_at=timezone.now(),
                joined=len(plan.joining),
                changed=len(plan.changed),
                left=len(plan.leaving),
                returned=len(plan.returning),
                unreadable=len(plan.problems),
            )
    except RosterChanged:
        running.update(state=State.CHANGED, claimed_at=None)
    except BaseException:
        # Whatever it was is reported by who called; the list is free to be tried again.
        running.update(state=State.PREVIEW, claimed_at=None)
        raise
