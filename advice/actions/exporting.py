"""Taking a letter out of the portal as a file, and having a worker make a long one."""

import logging
import secrets
from datetime import timedelta

from celery import current_app
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from advice.actions.deciding import text_digest
from advice.letters.compose import compose
from advice.letters.formats import FORMATS
from advice.models import UNDER_WAY, ExportStep, Letter, LetterExport
from dossiers.models import Dossier
from people.log import log_act
from people.models import Person

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)
"""Far above the seconds that a letter takes: a claim older than this is of a worker that died."""
MOST_TRIES = 3
KEPT = timedelta(hours=24)


def note_export(actor: Person, letter: Letter) -> None:
    """Log that somebody took the draft out as a file."""
    log_act(actor, "advice.export_letter", letter)


def note_report(actor: Person) -> None:
    """Log that somebody took the annual or the monthly report out as a file."""
    log_act(actor, "advice.export_report")


def ask_for_file(actor: Person, letter: Letter, suffix: str) -> LetterExport:
    """Ask for a file; asked twice while the first is being made: that one."""
    with transaction.atomic():
        Letter.objects.select_for_update().get(pk=letter.pk)
        mine = LetterExport.objects.filter(letter=letter, asked_by=actor, suffix=suffix)
        export = mine.filter(step__in=UNDER_WAY).first()
        if export is None:
            export = LetterExport.objects.create(letter=letter, asked_by=actor, suffix=suffix)
        # Without a broker the next sweep finds the row.
        transaction.on_commit(lambda: _wake(export.pk), robust=True)
    return export


def make_file(export_pk: int) -> bool:
    """Claim a file that waits and make it; True where this call did.

    Whoever asked must still see the letter, before and after: secrecy stops a file half-way.
    """
    token = secrets.token_hex(16)
    waiting = LetterExport.objects.waiting().filter(pk=export_pk, tries__lt=MOST_TRIES)
    if not waiting.update(
        claimed_by=token,
        lease_until=Now() + LEASE,
        tries=F("tries") + 1,
        step=ExportStep.GATHERING,
    ):
        return False
    held = LetterExport.objects.filter(pk=export_pk, claimed_by=token)
    export = held.select_related("letter__dossier", "asked_by").get()
    if not held.visible_to(export.asked_by).exists():
        held.delete()
        return False
    try:
        digest = text_digest(export.letter)
        tree = compose(export.letter, draft=not export.letter.is_released)
        held.update(step=ExportStep.WRITING)
        content = FORMATS[export.suffix].write(tree)
    except Exception:
        logger.exception("letter export %s failed at try %s", export.key, export.tries)
        over = export.tries >= MOST_TRIES
        held.update(
            step=ExportStep.FAILED if over else ExportStep.WAITING, claimed_by="", lease_until=None
        )
        return False
    with transaction.atomic():
        # Secrecy is imposed under this lock: it comes before, and is seen, or after, and takes all.
        Dossier.objects.select_for_update().get(pk=export.letter.dossier_id)
        return bool(
            held.visible_to(export.asked_by).update(
                content=content,
                text_digest=digest,
                step=ExportStep.READY,
                done_at=timezone.now(),
                claimed_by="",
                lease_until=None,
            )
        )


def sweep_files() -> None:
    """Wake what waits, give up what died too often, and forget what is a day old."""
    LetterExport.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()
    waiting = LetterExport.objects.waiting()
    waiting.filter(tries__gte=MOST_TRIES).update(
        step=ExportStep.FAILED, claimed_by="", lease_until=None
    )
    for pk in waiting.filter(tries__lt=MOST_TRIES).values_list("pk", flat=True):
        _wake(pk)


def drop_files(dossier: Dossier) -> None:
    """Throw away every file of a dossier's letters: it became secret."""
    LetterExport.objects.filter(letter__dossier=dossier).delete()


def _wake(export_pk: int) -> None:
    current_app.send_task("advice.export_letter", [export_pk])
