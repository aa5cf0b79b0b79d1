"""Opening a group from outside: two council members, a reason, a limited time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from groups import actions, rules
from groups.forms import OpeningForm
from groups.models import Group, Opening
from groups.searching import key_in
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.rules import may_read_portal


@signed_in
def openings(request: SignedInRequest) -> HttpResponse:
    """What was asked and opened, and a form to ask."""
    reveal(may_read_portal(request.user))
    permit(rules.may_ask_opening(request.user))
    form = OpeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = key_in(form.cleaned_data["group"])
        group = Group.objects.filter(key=key).first() if key else None
        if group is not None:
            actions.ask_opening(group, request.user, form.cleaned_data["reason"])
            messages.success(
                request, _("Asked. Another council member must agree before anything opens.")
            )
            return redirect("groups:openings")
        form.add_error("group", _("This address does not lead to a group. Check it and try again."))
    rows = Opening.objects.select_related("asked_by", "seconded_by", "group")
    context = {
        "form": form,
        "openings": [
            (opening, rules.may_second(request.user, opening), rules.may_end(request.user, opening))
            for opening in rows
        ],
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "groups/openings.html", context, status=status)


@require_POST
@signed_in
def second(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Agree as the second."""
    opening = _opening(request, key)
    permit(rules.may_second(request.user, opening))
    actions.second_opening(opening, request.user)
    messages.success(request, _("Opened for seven days. The group sees that, and why."))
    return redirect("groups:openings")


@require_POST
@signed_in
def end(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Close it again before its time."""
    opening = _opening(request, key)
    permit(rules.may_end(request.user, opening))
    actions.end_opening(opening, request.user)
    return redirect("groups:openings")


def _opening(request: SignedInRequest, key: UUID) -> Opening:
    """An opening; only the council knows of them."""
    reveal(rules.may_ask_opening(request.user))
    return get_object_or_404(Opening.objects.select_related("group"), key=key)
