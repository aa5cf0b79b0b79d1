"""One message: its place, its picture, changing and deleting it, reports and moderation."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dossiers import images
from groups import actions, rules
from groups.aliases import Act, LetterTooLongError
from groups.conversation import page_of
from groups.forms import EditForm, ReasonForm
from groups.models import Message, MessageState, Picture
from groups.views.doors import inside, message_inside
from people.guards import SignedInRequest, permit, signed_in


@require_safe
@signed_in
def find(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Go to the page and place where the message stands."""
    message, _seat = message_inside(request, key)
    page = page_of(message.thread, message, request.user)
    where = message.thread.get_absolute_url()
    return redirect(f"{where}?page={page}#bericht-{message.key}")


@require_safe
@signed_in
def picture(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The picture, to who reads the message, while it is not hidden."""
    message, seat = message_inside(request, key)
    if message.state != MessageState.VISIBLE and not rules.may_moderate(seat):
        raise Http404
    found = Picture.objects.filter(message=message).first()
    if found is None:
        raise Http404
    return images.serve(bytes(found.content))


@signed_in
def edit(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Change own words; under an alias the change waits for the next round too."""
    message, seat = message_inside(request, key)
    permit(rules.may_change(seat, message))
    aliased = message.alias_id is not None
    form = EditForm(request.POST or None, under_alias=aliased, initial={"body": message.body})
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"]
        if not aliased:
            actions.edit_message(message, body)
            return redirect("groups:find_message", key)
        try:
            actions.post_letter(request.user, seat.group, Act.EDIT, message=message, body=body)
        except LetterTooLongError:
            form.add_error("body", _("This is too long for one letter. Make it two messages."))
        else:
            messages.success(request, _("Your change comes through at the next round."))
            return redirect("groups:find_message", key)
    status = 400 if request.method == "POST" else 200
    context = {"message": message, "group": seat.group, "form": form}
    return render(request, "groups/message_edit.html", context, status=status)


@require_POST
@signed_in
def delete(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take back own words; under an alias at the next round."""
    message, seat = message_inside(request, key)
    permit(rules.may_delete(seat, message))
    if message.alias_id is not None:
        actions.post_letter(request.user, seat.group, Act.DELETE, message=message)
        messages.success(request, _("Your message is deleted at the next round."))
    else:
        actions.delete_message(message)
        messages.success(request, _("Your message is gone."))
    return redirect(message.thread)


@signed_in
def report(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Point the group's moderators to a message."""
    message, seat = message_inside(request, key)
    permit(rules.may_report(seat, message))
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        context = {"message": message, "group": seat.group, "form": form}
        return render(request, "groups/message_report.html", context, status=status)
    actions.report_message(message, request.user, form.cleaned_data["reason"])
    messages.success(request, _("Thank you. The moderators of the group will look at it."))
    return redirect("groups:find_message", key)


@require_safe
@signed_in
def reports(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What members reported, for the moderators of this group."""
    seat = inside(request, key)
    permit(rules.may_moderate(seat))
    reported = (
        Message.objects.readable_by(request.user)
        .filter(thread__group=seat.group, reports__handled_on=None, reports__isnull=False)
        .distinct()
        .with_details()
        .select_related("thread")
        .prefetch_related("reports")
    )
    context = {"group": seat.group, "reported": reported}
    return render(request, "groups/reports.html", context)


@require_POST
@signed_in
def dismiss(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Close the reports; the message stays."""
    message, seat = message_inside(request, key)
    permit(rules.may_moderate(seat))
    actions.dismiss_reports(message)
    return redirect("groups:reports", seat.group.key)


@signed_in
def hide(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Hide a message for a stated reason."""
    message, seat = message_inside(request, key)
    permit(rules.may_moderate(seat) and message.state == MessageState.VISIBLE)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        context = {"message": message, "group": seat.group, "form": form}
        return render(request, "groups/message_hide.html", context, status=status)
    actions.hide_message(message, request.user, form.cleaned_data["reason"])
    return redirect("groups:find_message", key)


@require_POST
@signed_in
def show(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Show a hidden message again."""
    message, seat = message_inside(request, key)
    permit(rules.may_moderate(seat) and message.state == MessageState.HIDDEN)
    actions.show_message(message)
    return redirect("groups:find_message", key)


@require_POST
@signed_in
def mute(request: SignedInRequest, key: UUID) -> HttpResponse:
    """End writing under the alias of this message, or allow it again."""
    message, seat = message_inside(request, key)
    permit(rules.may_moderate(seat) and message.alias_id is not None)
    assert message.alias is not None
    actions.mute_alias(message.alias, muted=not message.alias.is_muted)
    return redirect("groups:find_message", key)
