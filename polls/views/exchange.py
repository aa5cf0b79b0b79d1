"""Questionnaires from LimeSurvey and XLSForm files, and to XLSForm."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from people.guards import SignedInRequest, permit, signed_in
from polls.actions.importing import import_plan
from polls.exchange.writing import write_xlsform
from polls.forms.exchange import ImportForm
from polls.forms.setting import in_a_week
from polls.models import Breakdown, Consultation, ConsultationKind
from polls.rules import may_ask
from polls.views.desk import consultation_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
@require_http_methods(["GET", "POST"])
def import_file(request: SignedInRequest) -> HttpResponse:
    """Read a file into a draft, and say what could not be carried over."""
    permit(may_ask(request.user))
    sent = request.POST if request.method == "POST" else None
    form = ImportForm(sent, None if sent is None else request.FILES)
    if sent is not None and form.is_valid():
        plan = form.cleaned_data["file"]
        draft = Consultation(
            kind=ConsultationKind.SURVEY, closes_at=in_a_week(), breakdown=Breakdown.UNIT
        )
        made = import_plan(draft, plan, request.user)
        context = {"consultation": made, "plan": plan}
        return render(request, "polls/imported.html", context)
    return render(request, "polls/import.html", {"form": form}, status=200 if sent is None else 400)


@signed_in
@require_GET
def export_xlsform(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The questions of a consultation as an XLSForm workbook; never any answer."""
    consultation = consultation_for(request, key)
    name = slugify(consultation.title)[:60] or "vragenlijst"
    return HttpResponse(
        write_xlsform(consultation.questionnaire),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )
