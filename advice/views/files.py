"""A letter as a file: the draft as it stands, or the very bytes that were released."""

import uuid

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from advice import rules
from advice.actions.deciding import note_receipt
from advice.actions.exporting import note_export, note_report
from advice.letters.compose import compose
from advice.letters.formats import FORMATS
from advice.letters.monthly import monthly_report
from advice.letters.tree import Tree
from advice.letters.yearly import report_of
from advice.models import LetterRelease
from advice.views.letter import file_name, letter_for
from people.guards import SignedInRequest, reveal, signed_in


@signed_in
def draft_file(request: SignedInRequest, key: uuid.UUID, suffix: str) -> HttpResponse:
    """A short letter as it stands, a draft until it is released; a long one is asked for."""
    letter = letter_for(request.user, key)
    if suffix not in FORMATS:
        raise Http404
    tree = compose(letter, draft=not letter.is_released)
    if tree.is_long:
        messages.info(request, _("This letter is long. Ask for the file here; it is made for you."))
        return redirect(letter)
    content = FORMATS[suffix].write(tree)
    note_export(request.user, letter)
    response = HttpResponse(content, content_type=FORMATS[suffix].media_type)
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
        content_type=FORMATS[suffix].media_type,
    )
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
def annual_report(request: SignedInRequest, year: int, suffix: str) -> HttpResponse:
    """The annual report as a file, made anew each time from what is there."""
    reveal(rules.may_conclude(request.user))
    if suffix not in FORMATS or not 2000 <= year <= timezone.localdate().year:
        raise Http404
    return _report(request, report_of(year), _("annual-report") + f"-{year}", suffix)


@signed_in
def month_report(request: SignedInRequest, suffix: str) -> HttpResponse:
    """The dashboard as a paper for the council's meeting, made anew each time."""
    reveal(rules.may_conclude(request.user))
    if suffix not in FORMATS:
        raise Http404
    today = timezone.localdate()
    name = _("monthly-report") + f"-{today:%Y-%m}"
    return _report(request, monthly_report(request.user, today), name, suffix)


def _report(request: SignedInRequest, tree: Tree, name: str, suffix: str) -> HttpResponse:
    note_report(request.user)
    written = FORMATS[suffix]
    response = HttpResponse(written.write(tree), content_type=written.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    response["Cache-Control"] = "private, no-store"
    return response
