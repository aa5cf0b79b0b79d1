"""Documents and the director's requests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from dossiers import emails
from dossiers.actions.keeping import open_dossier
from dossiers.models import Document, Dossier, Request, Secrecy, SecrecyChange
from people.log import log_act
from people.models import COUNCIL_ROLES, Person


@dataclass(frozen=True)
class Upload:
    """A file that was checked (``dossiers.uploads``), with the media type found."""

    file: UploadedFile[Any]
    media_type: str


@dataclass(frozen=True)
class RequestText:
    """What the director writes in a request."""

    kind: str
    title: str
    decision: str
    reasons: str
    consequences: str
    measures: str
    wished_by: date | None


@dataclass(frozen=True)
class SecrecyWish:
    """Secrecy the director imposes along with a request."""

    scope: str
    until: date | None


@transaction.atomic
def add_document(
    actor: Person,
    dossier: Dossier,
    upload: Upload,
    *,
    what: str = Document.What.OTHER,
    request: Request | None = None,
) -> Document:
    """File a checked document under a dossier."""
    document = Document(
        dossier=dossier,
        what=what,
        name=(upload.file.name or "document")[-160:],
        media_type=upload.media_type,
        size=upload.file.size or 0,
        by=actor,
        request=request,
    )
    document.file = upload.file
    document.save()
    log_act(actor, "dossiers.add_document", document)
    return document


@transaction.atomic
def share_document(actor: Person, document: Document, *, shared: bool) -> None:
    """Let staff read a document, or no longer."""
    document.shared_with_staff = shared
    document.save(update_fields=["shared_with_staff"])
    log_act(actor, "dossiers.share_document", document)


def note_reading(actor: Person, document: Document) -> None:
    """Log who took a document out of a dossier under secrecy; other reading is not logged."""
    if document.dossier.is_secret:
        log_act(actor, "dossiers.read_document", document)


@transaction.atomic
def hand_in_request(
    actor: Person,
    text: RequestText,
    annexes: Iterable[Upload] = (),
    secrecy: SecrecyWish | None = None,
) -> Request:
    """The director hands in a request: a dossier opens, not shared with staff, and the council
    gets mail. With secrecy, the council of this moment is exempt and the mail names nothing.
    """
    dossier = open_dossier(
        actor,
        kind=text.kind,
        title=text.title,
        summary=text.decision,
        received_on=timezone.localdate(),
        shared_with_staff=False,
    )
    request = Request.objects.create(
        dossier=dossier,
        by=actor,
        title=text.title,
        decision=text.decision,
        reasons=text.reasons,
        consequences=text.consequences,
        measures=text.measures,
        wished_by=text.wished_by,
    )
    for upload in annexes:
        add_document(actor, dossier, upload, what=Document.What.ANNEX, request=request)
    council = list(Person.objects.holding(*COUNCIL_ROLES))
    if secrecy is not None:
        _lock(actor, dossier, secrecy, council)
    emails.announce_request(dossier, council, secret=secrecy is not None)
    log_act(actor, "dossiers.hand_in_request", request)
    return request


def _lock(actor: Person, dossier: Dossier, wish: SecrecyWish, council: list[Person]) -> None:
    lock = Secrecy.objects.create(
        dossier=dossier, imposed_by=actor.full_name, scope=wish.scope, until=wish.until
    )
    lock.exempt.set(council)
    SecrecyChange.objects.create(
        dossier=dossier,
        what=SecrecyChange.What.IMPOSED,
        by=actor,
        imposed_by=actor.full_name,
        scope=wish.scope,
        until=wish.until,
    )
    log_act(actor, "dossiers.impose_secrecy", dossier)
