"""Trying a draft: a preview for the council, a pilot for whoever gets the link. Nothing is kept."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from people import rules as people
from people.codes import MistypedCode
from people.guards import SignedInRequest, permit, signed_in
from polls.electorate import people_asked
from polls.models import Consultation, ConsultationKind, State
from polls.questions.loading import schema_of
from polls.receipts import new_receipt, read_receipt
from polls.views.desk import consultation_for
from polls.views.languages import chosen_language, page_language
from polls.views.rendering import answer_context
from polls.views.steps import first_page, turn
from polls.views.voting import TEMPLATE, Sitting

PILOT_DAYS = 14
_signer = TimestampSigner(salt="polls.pilot")


def pilot_token(consultation: Consultation) -> str:
    """What the link holds in place of a right: the key, signed and dated."""
    return _signer.sign(str(consultation.key))


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def preview(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The pages as an employee gets them, at any time, without anything being sent."""
    consultation = consultation_for(request, key)
    back = reverse("polls:desk", args=[key])
    if consultation.state == State.DRAFT and consultation.kind == "survey":
        back = reverse("polls:build", args=[key])
    return _try(request, consultation, request.path, back)


@signed_in
@require_GET
def pilot_link(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The address with which colleagues try a draft."""
    consultation = consultation_for(request, key)
    path = reverse("polls:pilot", args=[pilot_token(consultation)])
    context = {
        "consultation": consultation,
        "address": f"{settings.PORTAL_URL}{path}",
        "days": PILOT_DAYS,
    }
    return render(request, "polls/pilot_link.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def pilot(request: SignedInRequest, token: str) -> HttpResponse:
    """A draft for whoever has the link and is signed in; good for two weeks, and until it opens."""
    permit(people.may_read_portal(request.user))
    try:
        key = _signer.unsign(token, max_age=PILOT_DAYS * 24 * 3600)
    except SignatureExpired:
        return render(request, "polls/pilot_over.html", status=410)
    except BadSignature:
        raise Http404 from None
    found = Consultation.objects.for_everyone().select_related("questionnaire")
    consultation = get_object_or_404(found, key=key)
    if consultation.state not in (State.DRAFT, State.SCHEDULED):
        return render(request, "polls/pilot_over.html", status=410)
    return _try(request, consultation, request.path, reverse("polls:index"))


def _try(request: HttpRequest, consultation: Consultation, action: str, back: str) -> HttpResponse:
    language = chosen_language(request, consultation)
    if request.method == "POST":
        language = request.POST.get("language", "")
        go = request.POST.get("go", "")
        if go.startswith("language-"):
            language = go.removeprefix("language-")
    if consultation.opened_at is None:
        # Not saved: only so that the page says of itself what it will say once it is open.
        consultation.electorate_size = people_asked(consultation).count()
    schema = schema_of(consultation.questionnaire, language)
    if not schema.by_code:
        return render(request, "polls/preview_empty.html", {"back": back})
    with translation.override(page_language(consultation, schema)):
        if consultation.kind == ConsultationKind.STATEMENTS:
            return _vote(request, Sitting(consultation, schema, _order(request)), action, back)
        if request.method == "GET":
            page = first_page(schema, {})
            errors = False
        else:
            moved = turn(schema, request.POST)
            if moved.answers is not None:
                context = {"consultation": consultation, "back": back, "action": action}
                return render(request, "polls/preview_done.html", context)
            page, errors = moved.page, bool(moved.page.errors)
        context = answer_context(
            consultation, schema, page, action=action, keeps_draft=False, send_label=_("Send")
        )
        context |= {"is_preview": True, "back": back}
        return render(request, "polls/answer.html", context, status=400 if errors else 200)


def _vote(request: HttpRequest, sitting: Sitting, action: str, back: str) -> HttpResponse:
    context: dict[str, object] = {"consultation": sitting.consultation, "back": back}
    if request.method == "POST" and sitting.follow(request.POST) is not None:
        return render(request, "polls/preview_done.html", context | {"action": action})
    context |= sitting.context(action=action)
    context |= {"is_preview": True, "keeps_draft": False}
    return render(request, TEMPLATE, context, status=sitting.status)


def _order(request: HttpRequest) -> str:
    """A receipt that opens nothing, so that the order of statements stays the same."""
    try:
        return read_receipt(request.POST.get("receipt", ""))
    except MistypedCode:
        return new_receipt()
