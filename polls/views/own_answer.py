"""My answer by receipt code: see it, change it, withdraw it, until the closing.

The code travels in the body of forms only, never in an address, so no log holds it.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from people.codes import MistypedCode
from polls.actions.casting import OwnBallot, change_ballot, read_ballot, withdraw_ballot
from polls.models import Consultation, ConsultationKind, Mode
from polls.questions.loading import schema_of
from polls.questions.posting import posted_of
from polls.questions.schema import Schema
from polls.receipts import read_receipt
from polls.rights import CannotAnswer, NotOpen
from polls.urn import TooLong
from polls.views import voting
from polls.views.keeping import carried, is_forged, typed_in_words
from polls.views.languages import asked_language, chosen_language, kept_language, page_language
from polls.views.rendering import answer_context, moment, next_steps
from polls.views.steps import Turn, first_page, turn


class Found(NamedTuple):
    """A ballot and the code it was found by."""

    code: str
    ballot: OwnBallot
    schema: Schema


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def own_answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask for the code; with it show, change or withdraw. Open to all: the code is the right."""
    # Open to whoever holds a receipt, also without signing in. Without one nothing is shown, not
    # even the title.
    consultation = get_object_or_404(
        Consultation.objects.select_related("questionnaire"),
        key=key,
        mode=Mode.ANONYMOUS,
        opened_at__isnull=False,
    )
    if request.method == "GET":
        return _ask(request, consultation)
    if is_forged(request):
        return _kept(request)
    typed = request.POST.get("code", "")
    try:
        code = read_receipt(typed)
    except MistypedCode:
        error = gettext_lazy(
            "This is not a receipt code. It has 20 letters and digits in groups of four; check"
            " whether one is missing or swapped."
        )
        return _ask(request, consultation, typed, error)
    ballot = read_ballot(consultation, code)
    if ballot is None:
        return _ask(request, consultation, typed, _nothing_found(consultation))
    language = asked_language(request) or request.POST.get("language") or ballot.language
    schema = schema_of(consultation.questionnaire, language)
    with translation.override(page_language(consultation, schema)):
        return _act(request, consultation, Found(code, ballot, schema))


def _act(request: HttpRequest, consultation: Consultation, found: Found) -> HttpResponse:
    go = request.POST.get("go", "show")
    try:
        if go == "withdraw":
            withdraw_ballot(consultation, found.code)
            return _done(request, consultation, withdrawn=True)
        if go != "show" and consultation.kind == ConsultationKind.STATEMENTS:
            return _vote(request, consultation, found)
        if go == "change":
            posted = posted_of(found.schema, found.ballot.answers)
            return _form(request, consultation, found, Turn(first_page(found.schema, posted)))
        if go != "show":
            moved = turn(found.schema, request.POST)
            if moved.answers is None:
                return _form(request, consultation, found, moved)
            change_ballot(consultation, found.code, moved.answers, language=found.schema.language)
            return _done(request, consultation, withdrawn=False)
    except TooLong:
        notice = _("Your answers together are too long to send. Shorten the longest one a little.")
        return _form(request, consultation, found, turn(found.schema, request.POST), notice)
    except NotOpen:
        return _show(request, consultation, found, closed_meanwhile=True)
    except CannotAnswer:
        return _ask(request, consultation, found.code, _nothing_found(consultation))
    return _show(request, consultation, found)


def _vote(request: HttpRequest, consultation: Consultation, found: Found) -> HttpResponse:
    """On with a round of statements, from the votes that stand under the code."""
    before = found.ballot.answers
    sitting = voting.Sitting(consultation, found.schema, found.code, before=before)
    answers = sitting.follow(request.POST)
    if answers is None:
        context = sitting.context(action=request.path)
        return render(request, voting.TEMPLATE, context, status=sitting.status)
    change_ballot(consultation, found.code, answers, language=found.schema.language)
    return _done(request, consultation, withdrawn=False)


def _ask(
    request: HttpRequest, consultation: Consultation, typed: str = "", error: str | Promise = ""
) -> HttpResponse:
    schema = schema_of(consultation.questionnaire, chosen_language(request, consultation))
    with translation.override(page_language(consultation, schema)):
        context = {"consultation": consultation, "typed_code": typed, "error": error}
        return render(request, "polls/own_answer_code.html", context, status=400 if error else 200)


def _nothing_found(consultation: Consultation) -> str | Promise:
    if consultation.is_open:
        return gettext_lazy(
            "No answers stand under this code here. Check the code, and that it belongs to this"
            " one."
        )
    return gettext_lazy(
        "This one is closed. The answers have been counted and single answers are gone, so a code"
        " no longer leads to them."
    )


def _show(
    request: HttpRequest,
    consultation: Consultation,
    found: Found,
    *,
    closed_meanwhile: bool = False,
) -> HttpResponse:
    context = {
        "consultation": consultation,
        "code": found.code,
        "title": found.schema.title,
        "language": found.schema.language,
        "title_language": found.schema.language_of("title"),
        "content_language": found.schema.language
        if found.schema.language != translation.get_language()
        else "",
        "is_withdrawn": found.ballot.is_withdrawn,
        "closed_meanwhile": closed_meanwhile,
        "is_open": consultation.is_open,
        "closes": moment(consultation),
        "lines": typed_in_words(found.schema, posted_of(found.schema, found.ballot.answers)),
    }
    status = 409 if closed_meanwhile else 200
    return render(request, "polls/own_answer.html", context, status=status)


def _form(
    request: HttpRequest, consultation: Consultation, found: Found, moved: Turn, notice: str = ""
) -> HttpResponse:
    context = answer_context(
        consultation,
        found.schema,
        moved.page,
        action=request.path,
        notice=notice,
        send_label=_("Save my changes"),
        keeps_draft=False,
    )
    context |= {"code": found.code, "is_change": True}
    return render(request, "polls/answer.html", context, status=400 if moved.page.errors else 200)


def _done(request: HttpRequest, consultation: Consultation, *, withdrawn: bool) -> HttpResponse:
    context = {
        "consultation": consultation,
        "heading": _("Your answers are withdrawn") if withdrawn else _("Your answers are changed"),
        "lead": _("They do not count. With your code you can still answer anew until the closing.")
        if withdrawn
        else _("Your code stays the same. Only your last answers count."),
        "next_steps": next_steps(consultation, has_receipt=True),
    }
    return render(request, "polls/own_answer_done.html", context)


def _kept(request: HttpRequest) -> HttpResponse:
    with translation.override(kept_language(request)):
        return _give_back(request)


def _give_back(request: HttpRequest) -> HttpResponse:
    context = {
        "heading": _("Please send it again"),
        "lines": [_("The page had been open for a long time. Nothing was lost.")],
        "action": request.path,
        "carried": carried(request.POST),
        "go": request.POST.get("go", "show"),
    }
    return render(request, "polls/kept.html", context, status=403)
