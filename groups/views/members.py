"""Who sits in a group, inviting, and what moderators change about members."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups import actions, rules
from groups.models import Group, Membership, Seniority
from groups.searching import colleagues
from groups.seats import Seat, seat_of
from groups.views.doors import inside
from people.guards import SignedInRequest, permit, signed_in
from people.models import Person


@require_safe
@signed_in
def members(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The members; for moderators also requests, invitations and a search for colleagues."""
    seat = inside(request, key)
    group = seat.group
    context = {
        "group": group,
        "seat": seat,
        "memberships": group.memberships.current().select_related("person__unit"),
        "may_moderate": rules.may_moderate(seat),
    }
    if rules.may_moderate(seat):
        asked = request.GET.get("q", "").strip()
        context |= {
            "requests": group.requests.filter(declined_on=None).select_related("person__unit"),
            "invitations": group.invitations.select_related("person"),
            "q": asked,
            "found": colleagues(asked, group),
        }
    return render(request, "groups/members.html", context)


@require_POST
@signed_in
def invite(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Invite a colleague."""
    seat = inside(request, key)
    permit(rules.may_moderate(seat) and not seat.group.is_closed)
    person = get_object_or_404(Person.objects.readership(), key=_key(request))
    actions.invite(seat.group, person, request.user)
    messages.success(request, _("%(name)s is invited.") % {"name": person.full_name})
    return redirect("groups:members", key)


@require_POST
@signed_in
def take_over(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Become moderator of a group that has none left."""
    seat = inside(request, key)
    permit(rules.may_become_moderator(seat))
    assert seat.membership is not None
    actions.set_seniority(seat.membership, Seniority.MODERATOR, request.user)
    messages.success(request, _("You are moderator of this group now."))
    return redirect(seat.group)


@require_POST
@signed_in
def set_seniority(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Make a member moderator, or a moderator member."""
    other, _seat = _other(request, key)
    wanted = Seniority.MEMBER if other.is_moderator else Seniority.MODERATOR
    actions.set_seniority(other, wanted, request.user)
    return redirect("groups:members", other.group.key)


@require_POST
@signed_in
def remove(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Put a member out."""
    other, seat = _other(request, key)
    actions.remove_member(other, request.user)
    return redirect("groups:members", seat.group.key)


def _other(request: SignedInRequest, key: UUID) -> tuple[Membership, Seat]:
    readable = Group.objects.readable_by(request.user)
    other = get_object_or_404(
        Membership.objects.select_related("group", "person"), key=key, group__in=readable
    )
    seat = seat_of(request.user, other.group)
    permit(rules.may_change_member(seat, other))
    return other, seat


def _key(request: SignedInRequest) -> UUID:
    """The colleague's key from the form; one that is none finds nobody."""
    try:
        return UUID(request.POST.get("person", ""))
    except ValueError:
        return UUID(int=0)
