"""Results: the council's own reading from the closing on, and what was released to others."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people import rules as people
from people.guards import SignedInRequest, permit, reveal, signed_in
from polls import rules
from polls.actions.outcomes import publish_outcome
from polls.actions.reaching import NotNow, mail_outcome
from polls.actions.releasing import NothingToRelease, release_results
from polls.disclosure import has_comparison, shown_to
from polls.emails import Locked
from polls.forms.desk import OutcomeForm
from polls.models import Consultation, ConsultationKind, Outcome, ReleaseAudience
from polls.standing import Standing
from polls.statements.shapes import OPINION
from polls.views import standings
from polls.views.desk import consultation_for
from polls.views.figures import questions_html
from polls.views.languages import chosen_language
from polls.views.opinions import report_of
from polls.views.response import response_context


@signed_in
@require_GET
def results(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The figures this person may read, as pictures and tables, by at most one property."""
    found = Consultation.objects.visible_to(request.user).select_related("questionnaire", "dossier")
    consultation = get_object_or_404(found, key=key)
    by = request.GET.get("per", "")
    language = chosen_language(request, consultation)
    shown = shown_to(request.user, consultation, by, language)
    if shown is None:
        if people.is_council(request.user):
            return redirect("polls:desk", key=key)
        return standings.page(request, consultation, Standing.CLOSED, to_results=False)
    context = {
        "consultation": consultation,
        "disclosure": shown.disclosure,
        "release": shown.release,
        "by": shown.disclosure.by,
        **response_context(shown.disclosure),
        "outcome": Outcome.objects.filter(consultation=consultation).first(),
        "is_council": people.is_council(request.user),
        "has_comparison": has_comparison(request.user, consultation),
        "releases": consultation.releases.defer("payload", "texts").order_by("pk")
        if people.is_council(request.user)
        else [],
    }
    if consultation.kind == ConsultationKind.STATEMENTS and shown.disclosure.opinions:
        grouped = shown_to(request.user, consultation, OPINION, language) or shown
        context["report"] = report_of(shown.disclosure, grouped.disclosure)
        context["opinions"] = shown.disclosure.opinions
        return render(request, "polls/statements/report.html", context)
    theme = request.GET.get("thema", "")
    chosen = next((each for each in shown.disclosure.themes if theme and each.key == theme), None)
    context["questions"] = questions_html(
        shown, consultation, chosen, is_council=people.is_council(request.user)
    )
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


@signed_in
@require_http_methods(["GET", "POST"])
def outcome(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Tell what was heard and what was done with it."""
    consultation = consultation_for(request, key)
    permit(rules.may_read_results(request.user, consultation))
    standing = Outcome.objects.filter(consultation=consultation).first()
    initial = {"heard": standing.heard, "done": standing.done} if standing else {}
    sent = request.POST if request.method == "POST" else None
    # Who is mailed must be able to read it: only once staff see the results, and only once.
    released = consultation.releases.filter(audience=ReleaseAudience.STAFF).exists()
    may_mail = released and not (standing and standing.mailed_on)
    form = OutcomeForm(sent, initial=initial, may_mail=may_mail)
    if sent is not None and form.is_valid():
        words = form.cleaned_data
        told = publish_outcome(
            consultation, heard=words["heard"], done=words["done"], by=request.user
        )
        messages.success(request, _("Published on the results page."))
        if words.get("mail"):
            _mail(request, told)
        return redirect("polls:desk", key=key)
    context = {"consultation": consultation, "form": form}
    return render(request, "polls/outcome.html", context, status=200 if sent is None else 400)


def _mail(request: SignedInRequest, outcome: Outcome) -> None:
    try:
        sent = mail_outcome(outcome)
    except (NotNow, Locked):
        messages.info(request, _("It was mailed already, or secrecy keeps it from being mailed."))
    else:
        messages.success(
            request,
            ngettext(
                "%(n)d colleague gets a mail about it.",
                "%(n)d colleagues get a mail about it.",
                sent.recipients,
            )
            % {"n": sent.recipients},
        )
