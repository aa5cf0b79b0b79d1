"""A long letter as a file: asked for, watched while a worker makes it, fetched."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from advice import rules
from advice.actions.deciding import text_digest
from advice.actions.exporting import ask_for_file, note_export
from advice.letters.formats import FORMATS
from advice.models import LetterExport
from advice.views.letter import file_name, letter_for
from people.guards import SignedInRequest, reveal, signed_in
from people.models import Person


def export_for(person: Person, key: uuid.UUID) -> LetterExport:
    """The file behind ``key`` without its bytes, or 404 for all but who asked for it."""
    reveal(rules.may_conclude(person))
    found = LetterExport.objects.visible_to(person).select_related("letter__dossier")
    return get_object_or_404(found.defer("content"), key=key)


@signed_in
@require_POST
def ask(request: SignedInRequest, key: uuid.UUID, suffix: str) -> HttpResponse:
    """Ask for a file of a letter."""
    letter = letter_for(request.user, key)
    if suffix not in FORMATS:
        raise Http404
    return redirect(ask_for_file(request.user, letter, suffix))


@signed_in
def export(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """How far it is; the middle part alone for script that asks again every second."""
    found = export_for(request.user, key)
    changed = found.is_ready and found.text_digest != text_digest(found.letter)
    context = {"export": found, "letter": found.letter, "changed": changed}
    template = "advice/partials/export.html" if request.htmx else "advice/export.html"
    return render(request, template, context)


@signed_in
def export_file(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """The file itself. Fetching it is what the log tells."""
    found = export_for(request.user, key)
    if not found.is_ready:
        raise Http404
    note_export(request.user, found.letter)
    response = HttpResponse(bytes(found.content), content_type=FORMATS[found.suffix].media_type)
    name = file_name(found.letter, found.suffix, draft=not found.letter.is_released)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
