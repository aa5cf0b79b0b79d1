"""Nothing typed is lost: not by an expired sign-in, not by a stale form, not by a closing."""

import re
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from polls.questions.posting import Posted
from polls.questions.schema import Answer, Kind, Question, Schema
from polls.questions.validation import validate
from polls.views.languages import kept_language

FORM_NAME = re.compile(r"[A-Za-z0-9_]{1,40}(\.[A-Za-z0-9_]{1,40})?", re.ASCII)
MAX_CARRIED = 1_000
NOT_CARRIED = frozenset({"csrfmiddlewaretoken", "go", "receipt"})
"""Not the receipt either: another site that sent the form would hold it, and could read with it
what is answered on the pages that follow. Nothing was cast, so a fresh one is as good."""


class _Csrf(CsrfViewMiddleware):
    """The framework's check, giving its reason instead of its page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def _unused(_request: HttpRequest) -> HttpResponse:
    raise AssertionError


_check = _Csrf(_unused)


def is_forged(request: HttpRequest) -> bool:
    """Whether the framework's cross-site check refuses this request.

    For views that are ``csrf_exempt`` because they answer a refusal with a page that holds what was
    typed; they call this first and do nothing else where it says yes.
    """

    _check.process_request(request)
    return _check.process_view(request, _unused, (), {}) is not None


def carried(post: QueryDict) -> list[tuple[str, str]]:
    """Names and values of a form, to be sent once more; bounded, and only names a form of ours has.

    A page that shows these does nothing with them: whoever sent them sees them, and nobody else.
    """
    pairs = [
        (name, value)
        for name, values in post.lists()
        if name not in NOT_CARRIED and FORM_NAME.fullmatch(name)
        for value in values
    ]
    return pairs[:MAX_CARRIED]


def keep_typed(request: HttpRequest) -> HttpResponse:
    """Answer a form that came from a stale page or an expired sign-in: 403, with all of it kept."""
    with translation.override(kept_language(request)):
        return _give_back(request, signed_out=not request.user.is_authenticated)


def _give_back(request: HttpRequest, *, signed_out: bool) -> HttpResponse:
    lines = [_("Your answers are still on this page. Nothing was sent and nothing was lost.")]
    if signed_out:
        lines.append(_("Sign in in a new tab, come back here, and go on."))
    else:
        lines.append(_("The page had been open for a long time. Go on to send it once more."))
    context = {
        "heading": _("You were signed out meanwhile") if signed_out else _("Please send it again"),
        "lines": lines,
        "action": request.path,
        "carried": carried(request.POST),
        "go": request.POST.get("go", ""),
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': reverse('start')})}"
        if signed_out
        else "",
    }
    response = render(request, "polls/kept.html", context, status=403)
    add_never_cache_headers(response)
    return response


class Typed(NamedTuple):
    """One question and what was filled in, in words."""

    question: str
    answer: str


def typed_in_words(schema: Schema, posted: Posted) -> list[Typed]:
    """What was filled in, for a page where it can be read and copied but no longer sent."""
    answers = validate(schema, posted).answers
    lines = []
    for question in schema:
        answer = answers.get(question.code)
        if answer is None and posted.get(question.code):
            lines.append(Typed(question.text, "\n".join(posted[question.code])))
        elif answer is not None:
            other = answers.get(f"{question.code}.other")
            lines.append(Typed(question.text, in_words(question, answer, other)))
    return lines


def in_words(question: Question, answer: Answer, other: Answer | None = None) -> str:
    """An answer as people read it."""
    labels = {choice.code: choice.text for choice in question.choices}
    labels |= {"yes": _("Yes"), "no": _("No")} if question.kind is Kind.YES_NO else {}
    if question.other and isinstance(other, str):
        labels[question.other.code] += f": {other}"
    if isinstance(answer, dict):
        rows = {row.code: row.text for row in question.rows}
        return "\n".join(
            f"{rows.get(row, row)}: {labels.get(choice, choice)}" for row, choice in answer.items()
        )
    if isinstance(answer, list):
        if question.kind is Kind.RANKING:
            return "\n".join(f"{n}. {labels.get(c, c)}" for n, c in enumerate(answer, start=1))
        return "\n".join(labels.get(code, code) for code in answer)
    return labels.get(str(answer), str(answer))
