"""The communication plan: of one dossier, and of the council as a whole."""

import uuid
from datetime import date, timedelta

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dossiers import actions, brought, rules
from dossiers.forms import PlanStepForm
from dossiers.models import Dossier, PlanStep
from dossiers.plan import month_grid, plan_of
from dossiers.views.dossier import dossier_for
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.rules import is_council


@signed_in
def council_plan(request: SignedInRequest) -> HttpResponse:
    """All steps of all dossiers that the person sees, and of the year; those of one year."""
    reveal(is_council(request.user))
    this_year = timezone.localdate().year
    year = _number(request.GET.get("jaar", ""), 1900, 2999) or this_year
    steps = PlanStep.objects.visible_to(request.user).select_related("owner", "dossier")
    years = {day.year for day in steps.order_by().dates("planned_on", "year")} | {this_year, year}
    of_the_year = Q(planned_on__year=year)
    if year == this_year:
        of_the_year |= Q(planned_on=None)
    return _page(request, None, list(steps.filter(of_the_year)), year, sorted(years))


@signed_in
def dossier_plan(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """The steps of one dossier."""
    reveal(is_council(request.user))
    dossier = dossier_for(request.user, key)
    steps = PlanStep.objects.filter(dossier=dossier).select_related("owner", "dossier")
    return _page(request, dossier, list(steps), None, [])


def _page(
    request: SignedInRequest,
    dossier: Dossier | None,
    steps: list[PlanStep],
    year: int | None,
    years: list[int],
) -> HttpResponse:
    today = timezone.localdate()
    plan = plan_of(steps, brought.of(request.user, (row.became for row in steps)), today)
    month = _month_asked(request, year, today)
    return render(
        request,
        "dossiers/plan.html",
        {
            "dossier": dossier,
            "plan": plan,
            "today": today,
            "year": year,
            "years": years,
            "month": month,
            "weeks": month_grid(plan, month),
            "previous": (month - timedelta(days=1)).replace(day=1),
            "next": (month + timedelta(days=31)).replace(day=1),
            "undated": [row for first, rows in plan.months if first is None for row in rows],
            "may_plan": rules.may_plan(request.user, dossier),
        },
    )


def _month_asked(request: SignedInRequest, year: int | None, today: date) -> date:
    """The month in the address; else this one, or January of another year than this."""
    asked_year, _dash, asked_month = request.GET.get("maand", "").partition("-")
    found_year = _number(asked_year, 1900, 2999)
    found_month = _number(asked_month, 1, 12)
    if found_year and found_month:
        return date(found_year, found_month, 1)
    return date(year, 1, 1) if year and year != today.year else today.replace(day=1)


def _number(text: str, least: int, most: int) -> int | None:
    return int(text) if text.isdecimal() and least <= int(text) <= most else None


@signed_in
def dossier_step(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Add a step to a dossier's plan."""
    reveal(is_council(request.user))
    dossier = dossier_for(request.user, key)
    return _edit(request, PlanStep(dossier=dossier))


@signed_in
def council_step(request: SignedInRequest, step_key: uuid.UUID | None = None) -> HttpResponse:
    """Add a step to the council's own plan, or change any step."""
    reveal(is_council(request.user))
    step = PlanStep()
    if step_key is not None:
        visible = PlanStep.objects.visible_to(request.user).select_related("dossier")
        step = get_object_or_404(visible, key=step_key)
    return _edit(request, step)


def _edit(request: SignedInRequest, step: PlanStep) -> HttpResponse:
    permit(rules.may_plan(request.user, step.dossier))
    is_new = step.pk is None
    form = PlanStepForm(request.POST or None, instance=step, person=request.user)
    if request.method == "POST" and form.is_valid():
        actions.keep_plan_step(request.user, form.save(commit=False))
        messages.success(request, _("Saved."))
        return redirect(_address(step))
    return render(
        request,
        "dossiers/plan_step.html",
        {"form": form, "step": None if is_new else step, "back_url": _address(step)},
    )


@signed_in
@require_POST
def drop_step(request: SignedInRequest, step_key: uuid.UUID) -> HttpResponse:
    """Take a step out of the plan."""
    visible = PlanStep.objects.visible_to(request.user).select_related("dossier")
    step = get_object_or_404(visible, key=step_key)
    permit(rules.may_plan(request.user, step.dossier))
    address = _address(step)
    actions.drop_plan_step(request.user, step)
    messages.success(request, _("The step is out of the plan."))
    return redirect(address)


def _address(step: PlanStep) -> str:
    if step.dossier is None:
        return reverse("dossiers:plan")
    return reverse("dossiers:dossier_plan", args=[step.dossier.key])
