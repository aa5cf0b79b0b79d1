"""Newsletters that come again: setting up, pausing, stopping."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from newsletter import days, repeating, rules
from newsletter.forms import RecurrenceForm
from newsletter.models import Recurrence
from people.guards import SignedInRequest, permit, reveal, signed_in


def recurrence_of(request: SignedInRequest, key: str) -> Recurrence:
    """The recurrence, for whoever may know of it."""
    found = get_object_or_404(Recurrence.objects.visible_to(request.user), key=key)
    permit(rules.may_compose(request.user))
    return found


@require_safe
@signed_in
def index(request: SignedInRequest) -> HttpResponse:
    """All of them, when they come next, and what came of them last."""
    reveal(rules.may_read(request.user))
    permit(rules.may_compose(request.user))
    now = timezone.now()
    shown = [
        {
            "recurrence": each,
            "words": days.in_words(each),
            "next": None if each.is_paused else next(days.coming(each, now), None),
        }
        for each in Recurrence.objects.visible_to(request.user).with_last()
    ]
    return render(request, "newsletter/repeats.html", {"shown": shown})


@signed_in
def new(request: SignedInRequest) -> HttpResponse:
    """Set one up."""
    reveal(rules.may_read(request.user))
    permit(rules.may_compose(request.user))
    return _edit(request, Recurrence(made_by=request.user))


@signed_in
def edit(request: SignedInRequest, key: str) -> HttpResponse:
    """Change one; its coming days stand beside it."""
    return _edit(request, recurrence_of(request, key))


def _edit(request: SignedInRequest, recurrence: Recurrence) -> HttpResponse:
    is_new = recurrence._state.adding
    coming = [] if is_new else days.next_moments(recurrence, timezone.now())
    form = RecurrenceForm(request.POST or None, instance=recurrence, writer=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save(commit=False)
            repeating.save_recurrence(request.user, recurrence, timezone.now())
            form.save_m2m()
        moment = next(days.coming(recurrence, timezone.now()), None)
        if moment is not None:
            day = _("Saved. The next draft comes on %(day)s.")
            messages.success(request, day % {"day": days.day_words(moment)})
        return redirect("newsletter:repeats")
    return render(
        request,
        "newsletter/repeat.html",
        {"recurrence": recurrence, "is_new": is_new, "form": form, "coming": coming},
        status=400 if form.errors else 200,
    )


@require_POST
@signed_in
def pause(request: SignedInRequest, key: str) -> HttpResponse:
    """No drafts for a while."""
    repeating.pause(request.user, recurrence_of(request, key))
    messages.success(request, _("Paused: no drafts until you take it up again."))
    return redirect("newsletter:repeats")


@require_POST
@signed_in
def take_up(request: SignedInRequest, key: str) -> HttpResponse:
    """Drafts again."""
    repeating.take_up(request.user, recurrence_of(request, key), timezone.now())
    messages.success(request, _("It comes again."))
    return redirect("newsletter:repeats")


@require_POST
@signed_in
def stop(request: SignedInRequest, key: str) -> HttpResponse:
    """No more of it."""
    repeating.stop(request.user, recurrence_of(request, key))
    messages.success(request, _("Stopped. Drafts that were made are still there."))
    return redirect("newsletter:repeats")
