"""Results: the council's own reading from the closing on, and what was released to others."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from people import rules as people
from people.guards import SignedInRequest, permit, reveal, signed_in
from polls import rules
from polls.actions.releasing import NothingToRelease, release_results
from polls.disclosure import shown_to
from polls.models import Consultation, ReleaseAudience
from polls.standing import Standing
from polls.views import standings
from polls.views.charts import pictures
from polls.views.desk import consultation_for
from polls.views.languages import chosen_language
from polls.views.rendering import response_context


@signed_in
@require_GET
def results(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The figures this person may read, as pictures and tables, by at most one property."""
    found = Consultation.objects.visible_to(request.user).select_related("questionnaire", "dossier")
    consultation = get_object_or_404(found, key=key)
    by = request.GET.get("per", "")
    shown = shown_to(request.user, consultation, by, chosen_language(request, consultation))
    if shown is None:
        if people.is_council(request.user):
            return redirect("polls:desk", key=key)
        return standings.page(request, consultation, Standing.CLOSED, to_results=False)
    context = {
        "consultation": consultation,
        "disclosure": shown.disclosure,
        "release": shown.release,
        "pictures": pictures(shown.disclosure),
        "by": shown.disclosure.by,
        **response_context(shown.disclosure),
        "is_council": people.is_council(request.user),
    }
    return render(request, "polls/results.html", context)


@signed_in
@require_POST
def release(request: SignedInRequest, key: UUID, audience: str) -> HttpResponse:
    """Show the results to the director, or to staff; frozen from then on."""
    consultation = consultation_for(request, key)
    reveal(audience in (ReleaseAudience.DIRECTOR, ReleaseAudience.STAFF))
    permit(rules.may_release(request.user, consultation))
    try:
        release_results(consultation, ReleaseAudience(audience), request.user)
    except NothingToRelease:
        messages.error(request, _("There is nothing to release: too few took part."))
    else:
        messages.success(request, _("Released. These figures stay as they are."))
    return redirect("polls:desk", key=key)
