"""The answering page: see what is asked, answer it, and get a receipt."""

from __future__ import annotations

from functools import partial
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from dossiers.images import serve
from people import rules as people
from people.codes import MistypedCode, grouped
from people.guards import SignedInRequest, signed_in
from people.models import Person
from polls.actions.casting import cast_ballot, cast_named
from polls.models import Consultation, ConsultationKind, Mode, Question
from polls.questions.loading import schema_of
from polls.questions.posting import Posted, only_known, posted_of
from polls.questions.schema import Answers, Schema
from polls.receipts import new_receipt, read_receipt
from polls.rights import CannotAnswer, ElectorRight
from polls.standing import Approach, Standing, approach
from polls.urn import TooLong
from polls.views import standings, voting
from polls.views.keeping import is_forged, keep_typed
from polls.views.languages import chosen_language, page_language
from polls.views.preprinted import fill
from polls.views.rendering import answer_context, thanks_context
from polls.views.steps import Turn, first_page, turn


@csrf_exempt
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page of one consultation for whoever was asked: answer it, or read how it stands.

    Checks forgery itself, so that a stale form is answered with what was typed in it.
    """
    if request.method == "POST":
        if not request.user.is_authenticated or is_forged(request):
            return keep_typed(request)
        return _take(cast(SignedInRequest, request), key)
    return cast(HttpResponse, _show(request, key))


def _approach(request: SignedInRequest, key: UUID) -> Approach:
    found = approach(request.user, key)
    if found is None:
        raise Http404
    return found


@signed_in
def _show(request: SignedInRequest, key: UUID) -> HttpResponse:
    found = _approach(request, key)
    consultation, standing = found.consultation, found.standing
    if people.is_council(request.user) and standing is Standing.NOT_OPEN_YET:
        return redirect("polls:desk", key=key)
    if standing is Standing.ANSWERED and consultation.mode == Mode.NAMED:
        standing = Standing.MAY_ANSWER
    language = chosen_language(request, consultation)
    schema = schema_of(consultation.questionnaire, language)
    with translation.override(page_language(consultation, schema)):
        if standing is not Standing.MAY_ANSWER:
            return standings.page(request, consultation, standing)
        if consultation.kind == ConsultationKind.STATEMENTS:
            return _sit(request, voting.Sitting(consultation, schema, new_receipt()))
        if consultation.is_anonymous:
            return _first_page(request, consultation, schema)
        posted = _named_before(consultation, request.user, schema)
        return _render(request, consultation, schema, Turn(first_page(schema, posted)), "")


def _take(request: SignedInRequest, key: UUID) -> HttpResponse:
    found = _approach(request, key)
    consultation = found.consultation
    group = found.invitation.group if found.invitation else None
    right = ElectorRight(consultation, request.user, group)
    language = request.POST.get("language", "")
    go = request.POST.get("go", "")
    if go.startswith("language-"):
        language = go.removeprefix("language-")
    schema = schema_of(consultation.questionnaire, language)
    with translation.override(page_language(consultation, schema)):
        if consultation.kind == ConsultationKind.STATEMENTS:
            return _vote(request, right, schema)
        moved = turn(schema, request.POST)
        if moved.answers is None:
            return _render(request, consultation, schema, moved, _receipt(request))
        return _cast(request, right, schema, moved, moved.answers)


def _cast(
    request: SignedInRequest,
    right: ElectorRight,
    schema: Schema,
    moved: Turn,
    answers: Answers,
) -> HttpResponse:
    consultation, receipt = right.consultation, ""
    try:
        if consultation.mode == Mode.NAMED:
            cast_named(consultation, request.user, answers)
        else:
            receipt = cast_ballot(
                right, answers, language=schema.language, receipt=_receipt(request)
            )
    except TooLong:
        notice = _("Your answers together are too long to send. Shorten the longest one a little.")
        return _render(request, consultation, schema, moved, _receipt(request), notice=notice)
    except CannotAnswer as refusal:
        typed = only_known(schema, dict(request.POST.lists()))
        return standings.refusal(request, consultation, schema, refusal, typed)
    if not receipt:
        context = thanks_context(consultation, schema, "")
        return render(request, "polls/thanks.html", context)
    made = partial(thanks_context, consultation, schema)
    return fill(request, "polls/thanks.html", consultation, schema, made, receipt=grouped(receipt))


def _first_page(
    request: SignedInRequest, consultation: Consultation, schema: Schema
) -> HttpResponse:
    """The page that everybody starts on alike: nothing typed, nothing wrong."""

    def context(receipt: str) -> dict[str, Any]:
        page = first_page(schema, {})
        action = consultation.get_absolute_url()
        return answer_context(consultation, schema, page, action=action, receipt=receipt)

    blanks = {"receipt": new_receipt()}
    return fill(request, "polls/answer.html", consultation, schema, context, **blanks)


def _vote(request: SignedInRequest, right: ElectorRight, schema: Schema) -> HttpResponse:
    """A page of a round of statements: the next one, or the ballot into the urn."""
    consultation = right.consultation
    sitting = voting.Sitting(consultation, schema, _receipt(request))
    answers = sitting.follow(request.POST)
    if answers is None:
        return _sit(request, sitting)
    try:
        receipt = cast_ballot(right, answers, language=schema.language, receipt=sitting.receipt)
    except CannotAnswer as refusal:
        typed = {code: [vote] for code, vote in sitting.voting.ballot.votes.items()}
        return standings.refusal(request, consultation, schema, refusal, typed)
    context = thanks_context(consultation, schema, grouped(receipt))
    context["go_on"] = sitting.has_more
    return render(request, "polls/thanks.html", context)


def _sit(request: SignedInRequest, sitting: voting.Sitting) -> HttpResponse:
    context = sitting.context(action=sitting.consultation.get_absolute_url())
    return render(request, voting.TEMPLATE, context, status=sitting.status)


def _render(
    request: SignedInRequest,
    consultation: Consultation,
    schema: Schema,
    moved: Turn,
    receipt: str,
    *,
    notice: str = "",
) -> HttpResponse:
    context = answer_context(
        consultation,
        schema,
        moved.page,
        action=consultation.get_absolute_url(),
        receipt=receipt if consultation.is_anonymous else "",
        notice=notice,
    )
    return render(request, "polls/answer.html", context, status=400 if moved.page.errors else 200)


def _receipt(request: HttpRequest) -> str:
    """The receipt that was made with the form; a fresh one where the form holds none."""
    try:
        return read_receipt(request.POST.get("receipt", ""))
    except MistypedCode:
        return new_receipt()


@require_GET
def image(request: HttpRequest, key: UUID, code: str) -> HttpResponse:
    """The picture at a question: for everyone while it is asked (letters reach people who do not
    sign in), else for those who see the consultation."""
    asked = Consultation.objects.for_everyone().open()
    if request.user.is_authenticated:
        asked = Consultation.objects.visible_to(cast(SignedInRequest, request).user)
    consultation = get_object_or_404(asked, key=key)
    questions = Question.objects.filter(questionnaire=consultation.questionnaire_id)
    question = get_object_or_404(questions.exclude(image=""), code=code)
    with question.image.open("rb") as picture:
        return serve(picture.read())


def _named_before(consultation: Consultation, person: Person, schema: Schema) -> Posted:
    before = consultation.named_ballots.filter(person=person).first()
    return posted_of(schema, before.answers) if before else {}
