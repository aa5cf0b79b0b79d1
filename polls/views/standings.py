"""Pages for who cannot answer (now): what is the matter, and what can be done."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people import rules as people
from people.guards import SignedInRequest
from polls.models import Consultation, ConsultationKind, ReleaseAudience
from polls.questions.posting import Posted
from polls.questions.schema import Schema
from polls.rights import AlreadyTookPart, CannotAnswer, NotOpen, VotesByCode
from polls.standing import Standing
from polls.views.keeping import typed_in_words
from polls.views.rendering import moment, reading_along


class Action(NamedTuple):
    """A button."""

    url: str
    label: str


class Words(NamedTuple):
    """What a page says about how it stands."""

    heading: str
    lines: list[str]
    tone: str = ""
    icon: str = "info"


def page(
    request: SignedInRequest,
    consultation: Consultation,
    standing: Standing,
    *,
    to_results: bool = True,
) -> HttpResponse:
    """How ``consultation`` stands for who does not get to answer it; 200, it is no error.

    ``to_results`` sends on to the results where this person may read them.
    """
    if to_results and standing is Standing.CLOSED and _has_results(request, consultation):
        return redirect("polls:results", key=consultation.key)
    return _page(request, consultation, standing, status=200)


def refusal(
    request: SignedInRequest,
    consultation: Consultation,
    schema: Schema,
    why: CannotAnswer,
    typed: Posted,
) -> HttpResponse:
    """Answers that cannot be taken: 409 (403 for who was never asked), with all that was typed."""
    standing = Standing.NOT_INVITED
    if isinstance(why, NotOpen):
        standing = Standing.CLOSED
    elif isinstance(why, AlreadyTookPart):
        standing = Standing.ANSWERED
    elif isinstance(why, VotesByCode):
        standing = Standing.BY_CODE
    status = 403 if standing is Standing.NOT_INVITED else 409
    return _page(request, consultation, standing, status=status, schema=schema, typed=typed)


def _page(
    request: SignedInRequest,
    consultation: Consultation,
    standing: Standing,
    *,
    status: int,
    schema: Schema | None = None,
    typed: Posted | None = None,
) -> HttpResponse:
    words = _words(consultation, standing, sent=typed is not None)
    context = {
        "consultation": consultation,
        **words._asdict(),
        "actions": _actions(request, consultation, standing),
        "typed": typed_in_words(schema, typed) if schema and typed else [],
    }
    return render(request, "polls/standing.html", context, status=status)


def _has_results(request: SignedInRequest, consultation: Consultation) -> bool:
    if not consultation.is_closed:
        return False
    audiences = [ReleaseAudience.STAFF]
    if people.is_director(request.user):
        audiences.append(ReleaseAudience.DIRECTOR)
    released = consultation.releases.filter(audience__in=audiences)
    return people.is_council(request.user) or released.exists()


def _words(consultation: Consultation, standing: Standing, *, sent: bool) -> Words:
    if standing is Standing.ANSWERED:
        lines = [
            _(
                "With your receipt code you can look up, change or withdraw your answers"
                " until %(when)s."
            )
            % {"when": moment(consultation)}
            if consultation.closes_at
            else _("With your receipt code you can look up, change or withdraw your answers.")
        ]
        if consultation.kind == ConsultationKind.STATEMENTS:
            lines.append(
                _(
                    "Colleagues may still add statements: with your code you can come back and vote"
                    " on those."
                )
            )
        if sent:
            lines.insert(0, _("So this was not sent again: everyone answers once."))
        return Words(_("You have answered"), lines, "success", "done")
    if standing is Standing.BY_CODE:
        return Words(
            _("You answer this with a letter"),
            [_("You received a letter or card with a code. Use that code to answer.")],
            icon="letter",
        )
    if standing is Standing.NOT_INVITED:
        return Words(
            _("You were not asked for this one"),
            [_("It is for other departments or locations, or you joined after it opened.")],
        )
    if standing is Standing.NOT_OPEN_YET:
        return Words(_("Not open yet"), [_("Come back once it has opened.")], icon="clock")
    lines = [_("Answers are no longer taken."), _closed_line(consultation)]
    if sent:
        lines.insert(0, _("It closed while you were filling it in. Your answers were not sent."))
    return Words(_("This one is closed"), lines, "warning" if sent else "", "clock")


def _closed_line(consultation: Consultation) -> str:
    if consultation.is_closed:
        return _("The council reads the results first. They appear here once they are released.")
    return _("The answers are being counted now.")


def _actions(
    request: SignedInRequest, consultation: Consultation, standing: Standing
) -> list[Action]:
    actions = []
    if standing is Standing.ANSWERED and consultation.is_anonymous:
        url = reverse("polls:own_answer", args=[consultation.key])
        actions.append(Action(url, _("See or change my answers")))
    along = reading_along(consultation) if standing is not Standing.NOT_INVITED else ""
    if along and consultation.opened_at:
        actions.append(Action(along, _("Read what colleagues wrote")))
    if standing is Standing.BY_CODE:
        actions.append(Action(reverse("polls:enter_code"), _("Fill in my code")))
    if people.is_council(request.user):
        url = reverse("polls:desk", args=[consultation.key])
        actions.append(Action(url, _("To the council's page")))
    actions.append(Action(reverse("polls:index"), _("All questions")))
    return actions
