"""Results as a file for the council."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from people.guards import SignedInRequest, permit, reveal, signed_in
from people.log import log_act
from polls import rules
from polls.disclosure import comparison_for, disclose
from polls.exports import as_csv, as_json, as_xlsx
from polls.views.desk import consultation_for

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@signed_in
@require_GET
def export(request: SignedInRequest, key: UUID, form: str) -> HttpResponseBase:
    """The figures the council may read, by every breakdown, as ``csv``, ``xlsx`` or ``json``."""
    consultation = consultation_for(request, key)
    reveal(form in TYPES)
    permit(rules.may_read_results(request.user, consultation))
    whole = disclose(consultation)
    tables = [whole, *(disclose(consultation, each.code) for each in whole.breakdowns)]
    compared = comparison_for(request.user, consultation)
    log_act(request.user, "polls.export", consultation)
    name = slugify(consultation.title) or "uitslag"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    if form == "csv":
        return StreamingHttpResponse(
            as_csv(tables, compared), content_type=TYPES[form], headers=headers
        )
    body = as_xlsx(tables, compared) if form == "xlsx" else as_json(tables, compared)
    return HttpResponse(body, content_type=TYPES[form], headers=headers)
