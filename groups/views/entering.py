"""Coming in and going out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from groups import actions, rules
from groups.forms import RequestForm
from groups.models import Group, Invitation, JoinRequest
from groups.seats import seat_of
from groups.views.doors import inside
from people.guards import SignedInRequest, permit, signed_in


@require_POST
@signed_in
def join(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Come in: where the group is open, or on an invitation."""
    group = get_object_or_404(Group.objects.visible_to(request.user), key=key)
    invited = Invitation.objects.filter(group=group, person=request.user).exists()
    permit(rules.may_join(request.user, group) or (invited and not group.is_closed))
    actions.join_group(request.user, group)
    messages.success(request, _("Welcome. You are a member now."))
    return redirect(group)


@require_POST
@signed_in
def ask(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Ask the moderators."""
    group = get_object_or_404(Group.objects.visible_to(request.user), key=key)
    permit(
        rules.may_ask_to_join(request.user, group) and not seat_of(request.user, group).is_member
    )
    form = RequestForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else request.POST.get("words", "")[:500]
    actions.ask_to_join(request.user, group, words)
    messages.success(request, _("Your request is with the moderators of the group."))
    return redirect(group)


@require_POST
@signed_in
def decline(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say no to an invitation."""
    group = get_object_or_404(Group.objects.visible_to(request.user), key=key)
    actions.decline_invitation(request.user, group)
    return redirect("groups:index")


@require_POST
@signed_in
def leave(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Go out."""
    seat = inside(request, key)
    permit(rules.may_leave(seat))
    assert seat.membership is not None
    actions.leave_group(seat.membership)
    messages.success(request, _("You left the group. What you wrote stays there."))
    return redirect("groups:index")


@require_POST
@signed_in
def let_in(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say yes to a request."""
    asked = _request(request, key)
    actions.let_in(asked, request.user)
    messages.success(request, _("%(name)s is a member now.") % {"name": asked.person.full_name})
    return redirect("groups:members", asked.group.key)


@require_POST
@signed_in
def decline_request(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say no to a request."""
    asked = _request(request, key)
    actions.decline_request(asked)
    return redirect("groups:members", asked.group.key)


def _request(request: SignedInRequest, key: UUID) -> JoinRequest:
    """An open request to a group that the signed-in person moderates."""
    readable = Group.objects.readable_by(request.user)
    asked = get_object_or_404(
        JoinRequest.objects.select_related("group", "person"),
        key=key,
        group__in=readable,
        declined_on=None,
    )
    permit(rules.may_moderate(seat_of(request.user, asked.group)))
    return asked
