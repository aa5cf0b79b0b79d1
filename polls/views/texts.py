"""Open answers: read, searched and reviewed by the council, in an order that says nothing."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from people.guards import SignedInRequest, permit, signed_in
from polls import rules
from polls.actions.reviewing import review_answer
from polls.models import OpenAnswer, Review
from polls.names import known_names
from polls.questions.loading import schema_of
from polls.questions.schema import Schema
from polls.redaction import suggest
from polls.tally import OTHER
from polls.views.desk import consultation_for
from polls.views.response import agreed_in_words

PER_PAGE = 25


class ShownAnswer(NamedTuple):
    """One answer with the words suggested for others to read."""

    row: OpenAnswer
    suggestion: str
    differs: bool
    agreed: str


class OpenOption(NamedTuple):
    """A question that is answered in own words, or the words beside "other, namely"."""

    code: str
    text: str


def open_options(schema: Schema) -> list[OpenOption]:
    """Everything that texts were written to, in the order of the questionnaire."""
    found = [OpenOption(question.code, question.text) for question in schema if question.is_open]
    for question in schema:
        if question.other:
            words = _("%(question)s (other, namely)") % {"question": question.text}
            found.append(OpenOption(f"{question.code}{OTHER}", words))
    return sorted(found, key=lambda each: schema.position[each.code.removesuffix(OTHER)])


@signed_in
@require_GET
def texts(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The answers to one open question, or to all; a page at a time."""
    consultation = consultation_for(request, key)
    schema = schema_of(consultation.questionnaire)
    permit(rules.may_read_texts(request.user, consultation, read_along=bool(schema.shared)))
    code, words = request.GET.get("vraag", ""), request.GET.get("zoek", "").strip()[:100]
    state = request.GET.get("stand", "")
    found = OpenAnswer.objects.filter(consultation=consultation)
    if code:
        found = found.to_question(code)
    if words:
        found = found.filter(text__icontains=words)
    if state in Review.values:
        found = found.filter(review=state)
    page = Paginator(found.order_by("pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "consultation": consultation,
        "is_released": consultation.releases.exists(),
        "page": page,
        "answers": _with_suggestions(list(page.object_list)),
        "options": open_options(schema),
        "chosen": code,
        "words": words,
        "state": state,
        "states": Review.choices,
    }
    return render(request, "polls/texts.html", context)


def _with_suggestions(answers: list[OpenAnswer]) -> list[ShownAnswer]:
    names = known_names(*(answer.text for answer in answers))
    shown = []
    for answer in answers:
        suggestion = answer.redacted_text or suggest(answer.text, names)
        agreed = agreed_in_words(answer.agreed, answer.agreed_is_least)
        shown.append(ShownAnswer(answer, suggestion, suggestion != answer.text, agreed))
    return shown


@signed_in
@require_POST
def review(request: SignedInRequest, key: UUID, answer: UUID) -> HttpResponse:
    """Let others read one answer, in the words given, or hold it back."""
    consultation = consultation_for(request, key)
    schema = schema_of(consultation.questionnaire)
    permit(rules.may_read_texts(request.user, consultation, read_along=bool(schema.shared)))
    row = get_object_or_404(OpenAnswer, consultation=consultation, key=answer)
    shown = request.POST.get("go") == "show"
    words = request.POST.get("text", "").strip()[:10_000]
    if shown and not words:
        # No words of its own would let the answer be read as it was written.
        messages.error(request, _('Write what others may read, or choose "Do not show".'))
    elif review_answer(row, may_be_shown=shown, redacted_text=words, by=request.user):
        messages.success(request, _("It is gone from the released results, too."))
    kept = {name: request.POST.get(name, "") for name in ("vraag", "zoek", "stand", "page")}
    query = urlencode({name: value for name, value in kept.items() if value})
    # The page opens where it was read, not at its top.
    return redirect(f"{reverse('polls:texts', args=[key])}?{query}#antwoord-{answer}")
