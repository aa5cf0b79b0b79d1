"""The list of questions: what waits for you, what came of earlier ones; for the council, all."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people import rules as people
from people.guards import SignedInRequest, permit, signed_in
from polls.models import Consultation, ReleaseAudience, State
from polls.querysets import has_release
from polls.rules import may_ask

PER_PAGE = 20


@signed_in
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Open questions that wait for this person, and those whose results they may read."""
    permit(people.may_read_portal(request.user) or people.is_director(request.user))
    seen = Consultation.objects.visible_to(request.user)
    context = {
        "waiting": seen.waiting_for(request.user).order_by("closes_at", "pk"),
        "answered": seen.open().answered_by(request.user).order_by("closes_at", "pk"),
        "by_letter": seen.open().by_letter_for(request.user).order_by("closes_at", "pk"),
        "closed": Paginator(
            seen.filter(state__in=[State.CLOSING, State.CLOSED])
            .annotate(has_results=has_release(ReleaseAudience.STAFF))
            .order_by("-closes_at", "-pk"),
            PER_PAGE,
        ).get_page(request.GET.get("page")),
        "may_ask": may_ask(request.user),
    }
    return render(request, "polls/index.html", context)


@signed_in
@require_GET
def council_index(request: SignedInRequest) -> HttpResponse:
    """Everything the council asks: drafts, running, closed."""
    permit(may_ask(request.user))
    seen = Consultation.objects.visible_to(request.user).select_related("dossier", "created_by")
    page = Paginator(seen.order_by("-created_at", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "polls/council_index.html", {"page": page})
