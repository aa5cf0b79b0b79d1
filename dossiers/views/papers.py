"""Documents: filed, shared, and read through one guarded door. The director's requests."""

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dossiers import actions, rules
from dossiers.forms import DocumentForm, RequestForm
from dossiers.models import Document, Request
from dossiers.views.dossier import dossier_for
from people.guards import SignedInRequest, permit, reveal, signed_in


@signed_in
def add_document(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """File one or more documents."""
    found = dossier_for(request.user, key)
    permit(rules.may_keep_dossier(request.user, found))
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        for upload in form.cleaned_data["papers"]:
            actions.add_document(request.user, found, upload, what=form.cleaned_data["what"])
        messages.success(request, _("Filed."))
        return redirect(f"{found.get_absolute_url()}#stukken")
    return render(request, "dossiers/document.html", {"form": form, "dossier": found})


@signed_in
def document(request: SignedInRequest, key: uuid.UUID) -> HttpResponseBase:
    """The file itself, always as a download: nothing uploaded is ever shown as a page."""
    row = get_object_or_404(
        Document.objects.visible_to(request.user).select_related("dossier__secrecy"), key=key
    )
    actions.note_reading(request.user, row)
    response = FileResponse(
        row.file.open("rb"), as_attachment=True, filename=row.name, content_type=row.media_type
    )
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_POST
def share_document(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Let staff read a document, or no longer."""
    row = get_object_or_404(
        Document.objects.visible_to(request.user).select_related("dossier"), key=key
    )
    permit(rules.may_keep_dossier(request.user, row.dossier))
    actions.share_document(request.user, row, shared=request.POST.get("shared") == "1")
    return redirect(f"{row.dossier.get_absolute_url()}#stukken")


@signed_in
def request_list(request: SignedInRequest) -> HttpResponse:
    """The director's requests and where each stands."""
    reveal(rules.may_hand_in_request(request.user))
    rows = Request.objects.visible_to(request.user).select_related("dossier")
    return render(request, "dossiers/request_list.html", {"requests": rows})


@signed_in
def hand_in(request: SignedInRequest) -> HttpResponse:
    """The director hands in a request."""
    reveal(rules.may_hand_in_request(request.user))
    form = RequestForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = actions.hand_in_request(
            request.user, form.text, form.cleaned_data["annexes"], form.secrecy
        )
        messages.success(request, _("Your request has been handed to the council."))
        return redirect(made)
    return render(request, "dossiers/hand_in.html", {"form": form})


@signed_in
def request_page(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """One request as it was handed in, and where it stands."""
    row = get_object_or_404(
        Request.objects.visible_to(request.user)
        .select_related("dossier", "by")
        .prefetch_related("documents", "dossier__meetings"),
        key=key,
    )
    return render(
        request,
        "dossiers/request.html",
        {"request_paper": row, "dossier": row.dossier, "steps": row.steps},
    )
