"""The staff list: its figures, uploading a new one, the preview, and importing."""

import csv
import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import actions, rules
from people.forms import ConfirmImportForm, RosterForm
from people.guards import SignedInRequest, permit, signed_in
from people.models import Person, RosterUpload, Unit
from people.roster.planning import make_plan
from people.roster.plans import Plan
from people.roster.sheets import plan_rows

FIRST = 10
"""Rows per heading of the preview that are read at once; the rest is folded."""
SHOWN = 100
"""Rows per heading at most; the download holds all of them."""


@signed_in
def roster(request: SignedInRequest) -> HttpResponse:
    """Figures of the roster, a form for a new list, and what came of earlier ones."""
    permit(rules.may_manage_roster(request.user))
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["file"].name or ""
        upload = actions.keep_upload(form.reading, name, request.user)
        return redirect("people:roster_preview", upload.key)
    employed = Person.objects.employed().exclude(staff_number="")
    figures = employed.aggregate(people=Count("pk"), without_mail=Count("pk", filter=Q(email="")))
    uploads = RosterUpload.objects.visible_to(request.user).select_related("uploaded_by")
    context = {
        "form": form,
        "figures": figures,
        "units": Unit.objects.with_headcount(),
        "uploads": uploads.defer("packed")[:10],
    }
    return render(request, "people/roster.html", context)


@signed_in
@require_safe
def roster_preview(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """What importing this list would do, or what became of it."""
    permit(rules.may_manage_roster(request.user))
    upload = get_object_or_404(RosterUpload.objects.visible_to(request.user), key=key)
    if upload.state == RosterUpload.State.DONE:
        return render(request, "people/roster_done.html", {"upload": upload})
    if upload.is_waiting:
        return _waiting(request, upload)
    if upload.state == RosterUpload.State.CHANGED:
        messages.warning(
            request,
            _("The roster changed after you saw the preview. Nothing was imported; look again."),
        )
    plan = make_plan(upload.reading, timezone.localdate())
    form = ConfirmImportForm(plan=plan)
    return _show(request, upload, plan, form)


def _waiting(request: SignedInRequest, upload: RosterUpload) -> HttpResponse:
    part = "people/roster_waiting_part.html" if request.htmx else "people/roster_waiting.html"
    return render(request, part, {"upload": upload})


def _show(
    request: SignedInRequest,
    upload: RosterUpload,
    plan: Plan,
    form: ConfirmImportForm,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "upload": upload,
        "plan": plan,
        "form": form,
        "shown": SHOWN,
        "first": FIRST,
        "first_slice": f":{FIRST}",
        "rest_slice": f"{FIRST}:{SHOWN}",
        "share": round(plan.share_leaving * 100),
    }
    return render(request, "people/roster_preview.html", context, status=status)


def _show_anew(request: SignedInRequest, upload: RosterUpload, plan: Plan) -> HttpResponse:
    messages.warning(
        request,
        _("The roster changed after you saw the preview. Nothing was imported; look again."),
    )
    return _show(request, upload, plan, ConfirmImportForm(plan=plan), status=409)


@signed_in
@require_POST
def roster_import(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Import the list as it was shown; where the roster changed meanwhile, show it anew."""
    permit(rules.may_manage_roster(request.user))
    upload = get_object_or_404(RosterUpload.objects.visible_to(request.user), key=key)
    if upload.is_waiting or upload.state == RosterUpload.State.DONE:
        return redirect(upload)
    plan = make_plan(upload.reading, timezone.localdate())
    if not plan.is_usable:
        return _show(request, upload, plan, ConfirmImportForm(plan=plan), status=400)
    if request.POST.get("digest") != plan.digest:
        return _show_anew(request, upload, plan)
    form = ConfirmImportForm(request.POST, plan=plan)
    if not form.is_valid():
        return _show(request, upload, plan, form, status=400)
    try:
        done = actions.confirm_upload(upload, plan)
    except actions.RosterChanged as changed:
        return _show_anew(request, upload, changed.plan)
    if done:
        messages.success(request, _("The staff list has been imported."))
    return redirect(upload)


@signed_in
@require_POST
def roster_discard(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Forget a list without importing it."""
    permit(rules.may_manage_roster(request.user))
    upload = get_object_or_404(RosterUpload.objects.visible_to(request.user), key=key)
    actions.discard_upload(upload)
    messages.success(request, _("The list was thrown away; nothing was changed."))
    return redirect("people:roster")


@signed_in
@require_safe
def roster_plan(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """The whole preview as CSV, for a list too long to read on a page."""
    permit(rules.may_manage_roster(request.user))
    previews = RosterUpload.objects.visible_to(request.user).exclude(packed=b"")
    upload = get_object_or_404(previews, key=key)
    plan = make_plan(upload.reading, timezone.localdate())
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="voorbeeld-personeelslijst.csv"'
    csv.writer(response, delimiter=";").writerows(plan_rows(plan))
    return response
