"""A letter as a file: the draft as it stands, or the very bytes that were released."""

import uuid
from collections.abc import Callable

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from advice import rules
from advice.actions.deciding import note_receipt
from advice.actions.exporting import note_export, note_report
from advice.letters import docx, odt, pdf
from advice.letters.compose import compose
from advice.letters.tree import Tree
from advice.letters.yearly import report_of
from advice.models import LetterRelease
from advice.views.letter import file_name, letter_for
from people.guards import SignedInRequest, reveal, signed_in

WRITERS: dict[str, tuple[Callable[[Tree], bytes], str]] = {
    "docx": (docx.to_docx, docx.MEDIA_TYPE),
    "odt": (odt.to_odt, odt.MEDIA_TYPE),
    "pdf": (pdf.to_pdf, pdf.MEDIA_TYPE),
}


@signed_in
def draft_file(request: SignedInRequest, key: uuid.UUID, suffix: str) -> HttpResponse:
    """The letter as it stands, marked as a draft until it is released."""
    letter = letter_for(request.user, key)
    if suffix not in WRITERS:
        raise Http404
    write, media_type = WRITERS[suffix]
    content = write(compose(letter, draft=not letter.is_released))
    note_export(request.user, letter)
    response = HttpResponse(content, content_type=media_type)
    name = file_name(letter, suffix, draft=not letter.is_released)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
def released_file(request: SignedInRequest, key: uuid.UUID, suffix: str) -> HttpResponseBase:
    """A released letter's file, the bytes that were released."""
    release = get_object_or_404(
        LetterRelease.objects.visible_to(request.user).select_related("letter"), key=key
    )
    stored = {"docx": release.docx, "pdf": release.pdf, "odt": release.odt}.get(suffix)
    if not stored:
        raise Http404
    if rules.gives_receipt(request.user):
        note_receipt(request.user, release)
    response = FileResponse(
        stored.open("rb"),
        as_attachment=True,
        filename=file_name(release.letter, suffix, draft=False),
        content_type=WRITERS[suffix][1],
    )
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
def annual_report(request: SignedInRequest, year: int, suffix: str) -> HttpResponse:
    """The annual report as a file, made anew each time from what is there."""
    reveal(rules.may_conclude(request.user))
    if suffix not in WRITERS or not 2000 <= year <= timezone.localdate().year:
        raise Http404
    write, media_type = WRITERS[suffix]
    note_report(request.user)
    response = HttpResponse(write(report_of(year)), content_type=media_type)
    name = _("annual-report")
    response["Content-Disposition"] = f'attachment; filename="{name}-{year}.{suffix}"'
    response["Cache-Control"] = "private, no-store"
    return response
