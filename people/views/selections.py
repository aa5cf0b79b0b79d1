"""Selections of colleagues that the council keeps."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import actions, rules
from people.forms import SelectionForm
from people.guards import SignedInRequest, permit, signed_in
from people.models import Selection
from people.selections import described


@signed_in
@require_safe
def selections(request: SignedInRequest) -> HttpResponse:
    """All of them, each with whom it names in words."""
    permit(rules.may_use_selections(request.user))
    kept = Selection.objects.visible_to(request.user).with_lists()
    return render(request, "people/selections.html", {"selections": described(kept)})


@signed_in
def new(request: SignedInRequest) -> HttpResponse:
    """Make one."""
    permit(rules.may_use_selections(request.user))
    return _edit(request, Selection())


@signed_in
def selection(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Change one, with how many colleagues it names today."""
    permit(rules.may_use_selections(request.user))
    return _edit(request, _selection(request, key))


@signed_in
@require_POST
def delete(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Throw one away."""
    permit(rules.may_use_selections(request.user))
    found = _selection(request, key)
    try:
        actions.delete_selection(request.user, found)
    except actions.SelectionInUse:
        messages.error(
            request,
            _("A newsletter or a question is for this selection, so it stays."),
        )
        return redirect("people:selection", found.key)
    messages.success(request, _("The selection is gone."))
    return redirect("people:selections")


def _selection(request: SignedInRequest, key: uuid.UUID) -> Selection:
    return get_object_or_404(Selection.objects.visible_to(request.user), key=key)


def _edit(request: SignedInRequest, kept: Selection) -> HttpResponse:
    form = SelectionForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.save_selection(request.user, kept, units=data["units"], sites=data["sites"])
        messages.success(request, _("Saved."))
        return redirect("people:selection", kept.key)
    context: dict[str, Any] = {"form": form, "selection": kept if kept.pk else None}
    if kept.pk:
        saved = Selection.objects.with_lists().get(pk=kept.pk)
        context |= {"saved": saved, "described": described([saved])[0]}
    return render(request, "people/selection.html", context, status=400 if form.errors else 200)
