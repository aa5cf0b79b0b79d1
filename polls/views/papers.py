"""The secretary types paper forms in: each one twice, and only what was read alike goes in the urn.

The code travels in the body of forms only. What is typed is nowhere but on the page and, sealed
with the code of the form, in ``PaperEntry``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.codes import MistypedCode, grouped
from people.guards import SignedInRequest, permit, signed_in
from polls import rules
from polls.actions.papers import (
    Outcome,
    PaperForm,
    Typed,
    cast_form,
    enter_form,
    first_reading,
    forget_reading,
)
from polls.models import Consultation
from polls.papers import Difference, as_on_paper, merged
from polls.questions.loading import schema_of
from polls.questions.posting import names_of, posted_of
from polls.questions.schema import Answers, Schema
from polls.questions.validation import validate
from polls.rights import AlreadyTookPart, CannotAnswer, NotOpen
from polls.urn import TooLong
from polls.views.desk import consultation_for
from polls.views.keeping import in_words
from polls.views.rendering import answer_context
from polls.views.steps import Turn, first_page, turn

BASE = "polls/paper_base.html"
CHOICE = "keuze-"
"""Before a field's name: which of the two readings stands there."""


class Reading(NamedTuple):
    """A field that was read in two ways, in words; ``chosen`` is ``first``, ``second`` or empty."""

    name: str
    question: str
    row: str
    first: str
    second: str
    chosen: str


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def enter_paper(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The code on the form, its answers, and what came of it."""
    consultation = consultation_for(request, key)
    permit(rules.may_enter_paper(request.user, consultation))
    if request.method == "GET":
        return _ask(request, consultation)
    typed = request.POST.get("code", "")
    try:
        form = PaperForm.of(consultation, typed)
        return _enter(request, consultation, form)
    except MistypedCode:
        words = _(
            "This is not a code from a letter. It has 12 letters and digits in groups of four;"
            " check whether one is missing or swapped."
        )
        return _ask(request, consultation, typed, words, 400)
    except AlreadyTookPart:
        words = _("This code has been used. Each code works once.")
        return _ask(request, consultation, typed, words, 409)
    except NotOpen:
        messages.error(request, _("It was not open any more."))
        return redirect("polls:desk", key=key)
    except CannotAnswer:
        words = _("This code does not belong to this consultation. Check it once more.")
        return _ask(request, consultation, typed, words, 400)


def _enter(request: SignedInRequest, consultation: Consultation, form: PaperForm) -> HttpResponse:
    go = request.POST.get("go", "")
    schema = as_on_paper(schema_of(consultation.questionnaire, request.POST.get("language", "")))
    if go.startswith("language-"):
        wanted = go.removeprefix("language-")
        schema = as_on_paper(schema_of(consultation.questionnaire, wanted))
    if go == "forget":
        forget_reading(form)
        messages.info(request, _("Both entries of this form are gone. Begin it anew."))
        return redirect("polls:enter_paper", key=consultation.key)
    if go == "settle":
        return _settle(request, consultation, form, schema)
    moved = turn(schema, request.POST) if go else Turn(first_page(schema, {}))
    if moved.answers is None:
        return _form(request, consultation, form, schema, moved)
    try:
        outcome = enter_form(form, schema, moved.answers)
    except TooLong:
        return _form(request, consultation, form, schema, moved, too_long=True)
    if outcome.typed is Typed.DIFFERS:
        return _differ(request, consultation, form, schema, moved.answers, outcome)
    if outcome.typed is Typed.CAST:
        return _cast(request, consultation)
    messages.success(
        request, _("Typed in once. Lay the form apart and type it again later, or let a colleague.")
    )
    return redirect("polls:enter_paper", key=consultation.key)


def _settle(
    request: SignedInRequest, consultation: Consultation, form: PaperForm, schema: Schema
) -> HttpResponse:
    """Put in the urn what was chosen at each difference; the rest was read alike."""
    second = validate(schema, dict(request.POST.lists())).answers
    first = first_reading(form)
    if first is None:
        return _form(request, consultation, form, schema, Turn(first_page(schema, {})))
    outcome = enter_form(form, schema, second)
    if outcome.typed is not Typed.DIFFERS:
        return _cast(request, consultation)
    chosen = {
        each.field.name: request.POST.get(CHOICE + each.field.name, "")
        for each in outcome.differences
    }
    if not all(choice in ("first", "second") for choice in chosen.values()):
        return _differ(request, consultation, form, schema, second, outcome, chosen)
    checked = validate(schema, merged(schema, first, second, chosen))
    if checked.errors:
        # Each reading was sound by itself, together they are not: type it anew from the form.
        page = first_page(schema, posted_of(schema, second))
        return _form(request, consultation, form, schema, Turn(page), unsound=True)
    cast_form(form, checked.answers, language=schema.language)
    messages.success(request, _("What you chose is in the urn. This form is done."))
    return redirect("polls:enter_paper", key=consultation.key)


def _cast(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    messages.success(request, _("Both entries are the same: the ballot is in the urn."))
    return redirect("polls:enter_paper", key=consultation.key)


def _ask(
    request: SignedInRequest,
    consultation: Consultation,
    typed: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "consultation": consultation,
        "entered": consultation.paper_entered,
        "waiting": consultation.paper_entries.count(),
        "typed_code": typed,
        "error": error,
    }
    return render(request, "polls/paper_code.html", context, status=status)


def _form(
    request: SignedInRequest,
    consultation: Consultation,
    form: PaperForm,
    schema: Schema,
    moved: Turn,
    *,
    too_long: bool = False,
    unsound: bool = False,
) -> HttpResponse:
    notice = ""
    if too_long:
        notice = _("Your answers together are too long to send. Shorten the longest one a little.")
    elif unsound:
        notice = _("What you chose does not go together. Check it against the form.")
    context = answer_context(
        consultation,
        schema,
        moved.page,
        action=request.path,
        notice=notice,
        send_label=_("Save what the form says"),
        keeps_draft=False,
    )
    context |= {
        "page_base": BASE,
        "code": form.code,
        "shown_code": grouped(form.code),
        "is_second": first_reading(form) is not None,
    }
    return render(request, "polls/answer.html", context, status=400 if moved.page.errors else 200)


def _differ(
    request: SignedInRequest,
    consultation: Consultation,
    form: PaperForm,
    schema: Schema,
    second: Answers,
    outcome: Outcome,
    chosen: Mapping[str, str] | None = None,
) -> HttpResponse:
    posted = posted_of(schema, second)
    context = {
        "consultation": consultation,
        "code": form.code,
        "shown_code": grouped(form.code),
        "language": schema.language,
        "readings": [_reading(each, chosen or {}) for each in outcome.differences],
        "is_unsettled": chosen is not None,
        "carried": [
            (name, value)
            for question in schema
            for name in names_of(question)
            for value in posted.get(name, ())
        ],
    }
    return render(request, "polls/paper_differences.html", context, status=400 if chosen else 200)


def _reading(difference: Difference, chosen: Mapping[str, str]) -> Reading:
    field = difference.field
    question = field.question
    rows = {row.code: row.text for row in question.rows}

    def words(answers: Answers) -> str:
        answer = answers.get(question.code)
        if field.name.endswith(".quote"):
            return _("may be quoted") if answer else _("may not be quoted")
        if field.name.endswith(".share"):
            return _("colleagues may read it") if answer else _("colleagues may not read it")
        if answer is None or answer == []:
            return ""
        if isinstance(answer, dict):
            labels = {choice.code: choice.text for choice in question.choices}
            return labels.get(answer[field.row], answer[field.row])
        return str(answer) if field.name.endswith(".other") else in_words(question, answer)

    name = field.name
    other = question.other.text if question.other and name.endswith(".other") else ""
    row = rows.get(field.row, "") or other
    first, second = words(difference.first), words(difference.second)
    return Reading(name, question.text, row, first, second, chosen.get(name, ""))
