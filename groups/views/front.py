"""The list of groups, a group's front page, and what its moderators decide about it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups import actions, rules
from groups.conversation import groups_with_new, threads_of, waiting
from groups.devices import seen_on
from groups.forms import GroupForm, NotifyForm, RequestForm, StartForm, initial_of
from groups.models import Group, History, Invitation, JoinRequest, Notify
from groups.seats import seat_of
from groups.views.doors import inside
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.rules import may_read_portal


@require_safe
@signed_in
def index(request: SignedInRequest) -> HttpResponse:
    """My groups, my invitations, and the groups that everyone may know of."""
    person = request.user
    reveal(may_read_portal(person))
    mine = list(Group.objects.mine(person))
    new = groups_with_new(person, mine, seen_on(request))
    others = Group.objects.visible_to(person).exclude(pk__in=[group.pk for group in mine])
    context = {
        "mine": [(group, group.pk in new) for group in mine],
        "others": others.filter(listing="listed", closed_on=None),
        "invitations": Invitation.objects.filter(person=person).select_related(
            "group", "invited_by"
        ),
        "may_start": rules.may_start(person),
        "may_ask_opening": rules.may_ask_opening(person),
    }
    return render(request, "groups/index.html", context)


@require_safe
@signed_in
def group(request: SignedInRequest, key: UUID) -> HttpResponse:
    """For readers its threads; for others the door, where they may know of it."""
    shown = get_object_or_404(Group.objects.visible_to(request.user), key=key)
    seat = seat_of(request.user, shown)
    if not seat.is_member and seat.opening is None:
        return render(request, "groups/door.html", _door(request, shown))
    words = request.GET.get("q", "").strip()
    threads, page = threads_of(shown, seat, request.GET.get("page"), seen_on(request), words)
    letters = (
        actions.own_letters(request.user, shown) if shown.alias_allowed and seat.is_member else []
    )
    context = {
        "group": shown,
        "seat": seat,
        "threads": threads,
        "page": page,
        "q": words,
        "waiting": waiting(letters, None),
        "may_write": rules.may_write(seat),
        "openings": shown.openings.exclude(seconded_by=None).select_related(
            "asked_by", "seconded_by"
        ),
        "to_moderate": _to_moderate(shown) if seat.is_moderator else 0,
        "may_become_moderator": rules.may_become_moderator(seat),
        "may_leave": rules.may_leave(seat),
    }
    return render(request, "groups/group.html", context)


@signed_in
def start(request: SignedInRequest) -> HttpResponse:
    """Start a group."""
    reveal(may_read_portal(request.user))
    permit(rules.may_start(request.user))
    form = StartForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "groups/start.html", {"form": form}, status=status)
    started = actions.start_group(
        request.user,
        form.text(),
        history=History(form.cleaned_data["history"]),
        alias_allowed=form.cleaned_data["alias_allowed"],
    )
    messages.success(request, _("The group is there. Invite the first members."))
    return redirect("groups:members", started.key)


@signed_in
def settings_page(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Change name, purpose, who knows of it and how to join."""
    seat = inside(request, key)
    permit(rules.may_moderate(seat))
    form = GroupForm(request.POST or None, initial=initial_of(seat.group))
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        context = {"form": form, "group": seat.group}
        return render(request, "groups/settings.html", context, status=status)
    actions.change_group(seat.group, form.text())
    messages.success(request, _("Your changes are saved."))
    return redirect(seat.group)


@require_POST
@signed_in
def close(request: SignedInRequest, key: UUID) -> HttpResponse:
    """End the group; its members keep reading."""
    seat = inside(request, key)
    permit(rules.may_moderate(seat) and not seat.group.is_closed)
    actions.close_group(seat.group, request.user)
    messages.success(request, _("The group is closed. Members can still read."))
    return redirect(seat.group)


@signed_in
def notify(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Choose when mail about this group comes."""
    seat = inside(request, key)
    permit(seat.is_member)
    assert seat.membership is not None
    alias_allowed = seat.group.alias_allowed
    form = NotifyForm(
        request.POST or None,
        alias_allowed=alias_allowed,
        initial={"notify": seat.membership.notify},
    )
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        context = {"form": form, "group": seat.group}
        return render(request, "groups/notify.html", context, status=status)
    actions.set_notify(seat.membership, Notify(form.cleaned_data["notify"]))
    messages.success(request, _("Your choice is saved."))
    return redirect(seat.group)


def _door(request: SignedInRequest, shown: Group) -> dict[str, object]:
    person = request.user
    return {
        "group": shown,
        "invited": Invitation.objects.filter(group=shown, person=person).exists(),
        "asked": JoinRequest.objects.filter(group=shown, person=person).first(),
        "may_join": rules.may_join(person, shown),
        "may_ask": rules.may_ask_to_join(person, shown),
        "form": RequestForm(),
    }


def _to_moderate(group: Group) -> int:
    """How much asks for the moderators: open reports and requests to join."""
    from groups.models import Report

    reports = Report.objects.filter(message__thread__group=group, handled_on=None)
    return reports.count() + group.requests.filter(declined_on=None).count()
