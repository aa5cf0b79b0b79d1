"""What became of a letter: the director's decision, steps at law, and the conditions."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advice import rules
from advice.actions import outcome
from advice.forms import ConditionForm, DecisionForm, LegalStepForm
from advice.models import Condition, Decision, LegalStep
from advice.views.evidence import dossier_for
from people.guards import SignedInRequest, permit, signed_in


@signed_in
def decision(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """The director's decision, what runs from it, and the conditions."""
    dossier = dossier_for(request.user, key)
    found = Decision.objects.filter(dossier=dossier).select_related("document").first()
    last_day = outcome.last_day_to_contest(dossier)
    steps = LegalStep.objects.filter(dossier=dossier).select_related("document")
    return render(
        request,
        "advice/decision.html",
        {
            "dossier": dossier,
            "decision": found,
            "terms": dossier.terms,
            "knows_steps": dossier.kind in LegalStep.OF_KIND,
            "steps": [(step, _is_late(step, last_day)) for step in steps],
            "may_record_steps": rules.may_record_steps(request.user, dossier),
            "conditions": Condition.objects.filter(dossier=dossier),
            "may_record": rules.may_record_outcome(request.user, dossier),
            "may_follow": rules.may_follow_conditions(request.user, dossier),
        },
    )


@signed_in
def record_decision(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Record the decision; the clock follows."""
    dossier = dossier_for(request.user, key)
    permit(rules.may_record_outcome(request.user, dossier))
    found = Decision.objects.filter(dossier=dossier).first()
    initial = {}
    if found is not None:
        initial = {
            "received_on": found.received_on,
            "carried_out_on": found.carried_out_on,
            "follows": found.follows,
            "reasons": found.reasons,
        }
    form = DecisionForm(
        request.POST or None, request.FILES or None, initial=initial, kind=dossier.kind
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        uploads = data["papers"]
        outcome.record_decision(
            request.user,
            dossier,
            received_on=data["received_on"],
            follows=data["follows"],
            reasons=data["reasons"],
            carried_out_on=data.get("carried_out_on"),
            upload=uploads[0] if uploads else None,
        )
        messages.success(request, _("Recorded. The terms run from that day."))
        return redirect("advice:decision", dossier.key)
    return render(request, "advice/record_decision.html", {"form": form, "dossier": dossier})


def _is_late(step: LegalStep, last_day: date | None) -> bool:
    """Whether the council took this step after the month that the law gives it."""
    return step.what in LegalStep.CONTESTS and last_day is not None and step.on > last_day


@signed_in
def legal_step(
    request: SignedInRequest, key: uuid.UUID, step_key: uuid.UUID | None = None
) -> HttpResponse:
    """Record a step at law, or correct one."""
    dossier = dossier_for(request.user, key)
    permit(rules.may_record_steps(request.user, dossier))
    row = LegalStep(dossier=dossier)
    if step_key is not None:
        row = get_object_or_404(LegalStep, dossier=dossier, key=step_key)
    form = LegalStepForm(request.POST or None, request.FILES or None, instance=row)
    if request.method == "POST" and form.is_valid():
        uploads = form.cleaned_data["papers"]
        step = outcome.record_step(
            request.user, form.save(commit=False), uploads[0] if uploads else None
        )
        last_day = outcome.last_day_to_contest(dossier)
        if last_day is not None and _is_late(step, last_day):
            said = _("Recorded. Mind: the last day for it was %(day)s.")
            messages.warning(request, said % {"day": date_format(last_day)})
        else:
            messages.success(request, _("Recorded."))
        return redirect("advice:decision", dossier.key)
    context = {"form": form, "dossier": dossier, "step": row if step_key else None}
    return render(request, "advice/legal_step.html", context)


@signed_in
@require_POST
def drop_step(request: SignedInRequest, key: uuid.UUID, step_key: uuid.UUID) -> HttpResponse:
    """Take a step out that was recorded by mistake."""
    dossier = dossier_for(request.user, key)
    permit(rules.may_record_steps(request.user, dossier))
    outcome.drop_step(request.user, get_object_or_404(LegalStep, dossier=dossier, key=step_key))
    messages.success(request, _("Taken out. What waited for it is due again."))
    return redirect("advice:decision", dossier.key)


@signed_in
def condition(
    request: SignedInRequest, key: uuid.UUID, condition_key: uuid.UUID | None = None
) -> HttpResponse:
    """Add a condition, or say how one stands."""
    dossier = dossier_for(request.user, key)
    permit(rules.may_follow_conditions(request.user, dossier))
    row = Condition(dossier=dossier)
    if condition_key is not None:
        row = get_object_or_404(Condition, dossier=dossier, key=condition_key)
    form = ConditionForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        outcome.set_condition(request.user, form.save(commit=False))
        messages.success(request, _("Saved."))
        return redirect("advice:decision", dossier.key)
    return render(request, "advice/condition.html", {"form": form, "dossier": dossier})
