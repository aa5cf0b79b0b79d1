"""Answering with a code from a letter or card, on the own phone or on a shared screen.

The code travels in the body of forms only. In the square it stands behind a "#", which no browser
sends to a server.
"""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from people.codes import MistypedCode, grouped
from polls.actions.casting import cast_ballot
from polls.actions.codes import open_by_used_code
from polls.models import Consultation, ConsultationKind
from polls.questions.loading import schema_of
from polls.questions.posting import only_known
from polls.questions.schema import Schema
from polls.receipts import new_receipt, read_receipt
from polls.rights import AlreadyTookPart, CannotAnswer, CodeRight, NotOpen
from polls.urn import TooLong
from polls.views import voting
from polls.views.keeping import carried, is_forged, typed_in_words
from polls.views.languages import (
    SWITCH,
    asked_language,
    chosen_language,
    entry_language,
    entry_links,
    kept_language,
    page_language,
)
from polls.views.rendering import answer_context, thanks_context
from polls.views.steps import Turn, first_page, turn

OWN, SHARED = "polls/answer_base.html", "polls/kiosk_base.html"

MISTYPED = gettext_lazy(
    "This is not a code from a letter. It has 12 letters and digits in groups of four;"
    " check whether one is missing or swapped."
)
UNKNOWN = gettext_lazy(
    "We do not know this code. Check it once more, or ask the council for a new one."
)
USED = gettext_lazy("This code has been used. Each code works once.")
CLOSED = gettext_lazy("This one is closed: answers are no longer taken.")
MANY = gettext_lazy(
    "Many wrong codes were typed here just now. Take your time and copy it sign by sign: a code"
    " that is right always works."
)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """The code, the questions, the receipt; on somebody's own phone or computer."""
    return _answer(request, shared=False)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def kiosk(request: HttpRequest) -> HttpResponse:
    """The same on a shared screen: large, and everything is forgotten after each person."""
    return _answer(request, shared=True)


def _answer(request: HttpRequest, *, shared: bool) -> HttpResponse:
    if request.method == "GET":
        return _ask(request, shared)
    if is_forged(request):
        return _kept(request, shared)
    typed = request.POST.get("code", "")
    if request.POST.get("go", "").startswith(SWITCH) and "language" not in request.POST:
        return _ask(request, shared, typed)
    try:
        right = CodeRight.of(typed)
        return _take(request, right, typed, shared)
    except MistypedCode:
        return _wrong(request, shared, typed, MISTYPED)
    except AlreadyTookPart:
        # Only on somebody's own screen: the page of a receipt does not forget by itself.
        answered = None if shared else open_by_used_code(typed)
        return _ask(request, shared, typed, USED, status=409, answered=answered)
    except NotOpen:
        return _ask(request, shared, typed, CLOSED, status=409)
    except CannotAnswer:
        return _wrong(request, shared, typed, UNKNOWN)


def _wrong(request: HttpRequest, shared: bool, typed: str, error: str | Promise) -> HttpResponse:
    """What is no code, or nobody's. Only these are counted: a right code is never refused."""
    if ratelimit.consume(request, action="voting_code"):
        return _ask(request, shared, typed, error, status=400)
    return _ask(request, shared, typed, error, MANY, status=429)


def _take(request: HttpRequest, right: CodeRight, code: str, shared: bool) -> HttpResponse:
    consultation = right.consultation
    go = request.POST.get("go", "")
    schema = schema_of(consultation.questionnaire, chosen_language(request, consultation))
    with translation.override(page_language(consultation, schema)):
        if consultation.kind == ConsultationKind.STATEMENTS:
            return _vote(request, right, schema, code, shared)
        moved = turn(schema, request.POST) if go else Turn(first_page(schema, {}))
        receipt = _receipt(request)
        notice = ""
        if moved.answers is not None:
            try:
                made = cast_ballot(right, moved.answers, language=schema.language, receipt=receipt)
                return _thank(request, consultation, schema, made, shared)
            except TooLong:
                notice = _(
                    "Your answers together are too long to send. Shorten the longest one a little."
                )
            except NotOpen:
                closed = _("It closed while you were filling it in. Your answers were not sent.")
                posted = only_known(schema, dict(request.POST.lists()))
                context = {
                    **_around(shared),
                    "typed": typed_in_words(schema, posted),
                    "error": closed,
                }
                return render(request, "polls/enter_code.html", context, status=409)
        context = answer_context(
            consultation,
            schema,
            moved.page,
            action=request.path,
            receipt=receipt,
            notice=notice,
            keeps_draft=False,
        )
        context |= {**_around(shared), "code": code}
        return render(
            request, "polls/answer.html", context, status=400 if moved.page.errors else 200
        )


def _vote(
    request: HttpRequest, right: CodeRight, schema: Schema, code: str, shared: bool
) -> HttpResponse:
    """A page of a round of statements for whoever holds a code."""
    consultation = right.consultation
    sitting = voting.Sitting(consultation, schema, _receipt(request))
    answers = sitting.follow(request.POST) if request.POST.get("go") else None
    if answers is not None:
        try:
            made = cast_ballot(right, answers, language=schema.language, receipt=sitting.receipt)
        except NotOpen:
            closed = _("It closed while you were filling it in. Your answers were not sent.")
            typed = {code: [vote] for code, vote in sitting.voting.ballot.votes.items()}
            context = {
                **_around(shared),
                "typed": typed_in_words(schema, typed),
                "error": closed,
            }
            return render(request, "polls/enter_code.html", context, status=409)
        return _thank(request, consultation, schema, made, shared)
    context = {**sitting.context(action=request.path), **_around(shared), "code": code}
    return render(request, voting.TEMPLATE, context, status=sitting.status)


def _thank(
    request: HttpRequest, consultation: Consultation, schema: Schema, made: str, shared: bool
) -> HttpResponse:
    context = thanks_context(consultation, schema, grouped(made), by_code=True) | _around(shared)
    if shared:
        context["own_answer_url"] = ""
    return render(request, "polls/thanks.html", context)


def _around(shared: bool) -> dict[str, object]:
    home = reverse("polls:kiosk" if shared else "polls:enter_code")
    return {
        "page_base": SHARED if shared else OWN,
        "is_shared": shared,
        "keeps_draft": False,
        "home_url": home,
        "home_label": _("Ready") if shared else _("Another code"),
    }


def _ask(
    request: HttpRequest,
    shared: bool,
    typed: str = "",
    *errors: str | Promise,
    status: int = 200,
    answered: Consultation | None = None,
) -> HttpResponse:
    """The page for the code, in a language somebody chose or their browser asks for."""
    language = entry_language(request)
    with translation.override(language):
        context = {
            **_around(shared),
            "typed_code": typed,
            "error": " ".join(str(error) for error in errors),
            "own_answer_url": reverse("polls:own_answer", args=[answered.key]) if answered else "",
            "languages": entry_links(language),
            "asked_language": asked_language(request),
        }
        return render(request, "polls/enter_code.html", context, status=status)


def _kept(request: HttpRequest, shared: bool) -> HttpResponse:
    with translation.override(kept_language(request)):
        context = {
            **_around(shared),
            "heading": _("Please send it again"),
            "lines": [_("The page had been open for a long time. Nothing was lost.")],
            "action": request.path,
            "carried": carried(request.POST),
            "go": request.POST.get("go", ""),
        }
        return render(request, "polls/kept.html", context, status=403)


def _receipt(request: HttpRequest) -> str:
    try:
        return read_receipt(request.POST.get("receipt", ""))
    except MistypedCode:
        return new_receipt()
