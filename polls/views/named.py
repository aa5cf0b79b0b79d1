"""Who answered what, where answers stand under a name: for exactly those whom the form named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from people.guards import SignedInRequest, permit, reveal, signed_in
from people.log import log_act
from polls import rules
from polls.models import Consultation, NamedBallot
from polls.named.files import as_csv, as_json, as_xlsx, codebook_as_csv
from polls.named.rows import named_ballots
from polls.questions.loading import schema_of
from polls.questions.posting import posted_of
from polls.questions.schema import Schema
from polls.views.exporting import TYPES
from polls.views.keeping import Typed, typed_in_words

PER_PAGE = 25
CODEBOOK = "codebook"


class Answered(NamedTuple):
    """One person's answers in words."""

    name: str
    department: str
    lines: list[Typed]


def _consultation(request: SignedInRequest, key: UUID) -> Consultation:
    """Named, visible and of theirs to read: anonymous ones have no such page for anybody."""
    found = Consultation.objects.visible_to(request.user).select_related("questionnaire")
    consultation = get_object_or_404(found, key=key)
    reveal(not consultation.is_anonymous)
    permit(rules.may_read_named_answers(request.user, consultation))
    return consultation


@never_cache
@signed_in
@require_GET
def answers(request: SignedInRequest, key: UUID) -> HttpResponseBase:
    """Who answered what so far, by name, a page at a time."""
    consultation = _consultation(request, key)
    schema = schema_of(consultation.questionnaire)
    found = named_ballots(consultation).select_related("person__unit")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    log_act(request.user, "polls.read_named", consultation)
    context = {
        "consultation": consultation,
        "page": page,
        "people": [_answered(schema, ballot) for ballot in page.object_list],
    }
    return render(request, "polls/named_answers.html", context)


def _answered(schema: Schema, ballot: NamedBallot) -> Answered:
    person = ballot.person
    lines = typed_in_words(schema, posted_of(schema, ballot.answers))
    return Answered(person.full_name, person.unit.name if person.unit else "", lines)


@never_cache
@signed_in
@require_GET
def export(request: SignedInRequest, key: UUID, form: str) -> HttpResponseBase:
    """The same as ``csv``, ``xlsx`` or ``json``; ``codebook`` says what the CSV's codes mean."""
    consultation = _consultation(request, key)
    reveal(form in TYPES or form == CODEBOOK)
    schema = schema_of(consultation.questionnaire)
    name = slugify(consultation.title) or "antwoorden"
    if form == CODEBOOK:
        return _file(codebook_as_csv(schema), "csv", f"{name}-codeboek.csv")
    log_act(request.user, "polls.export_named", consultation)
    if form == "xlsx":
        content = as_xlsx(consultation, schema)
        return FileResponse(
            content, as_attachment=True, filename=f"{name}.xlsx", content_type=TYPES[form]
        )
    pieces = as_csv(consultation, schema) if form == "csv" else as_json(consultation, schema)
    return _file(pieces, form, f"{name}.{form}")


def _file(pieces: Iterator[str], form: str, name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(pieces, content_type=TYPES[form], headers=headers)
