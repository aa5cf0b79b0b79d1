"""The council's queue of comments, and what it does with them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blogs import actions, rules
from blogs.forms import AppealAnswerForm, HideForm
from blogs.lifecycle import CommentState
from blogs.models import Comment
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.rules import may_read_portal


@require_safe
@signed_in
def queue(request: SignedInRequest) -> HttpResponse:
    """What asks for the council's eyes: waiting, reported, objected to."""
    reveal(may_read_portal(request.user))
    permit(rules.may_moderate(request.user))
    visible = Comment.objects.visible_to(request.user).with_details()
    context = {
        "waiting": visible.waiting(),
        "reported": visible.reported().prefetch_related("reports__reporter"),
        "appealed": [
            (comment, rules.may_decide_appeal(request.user, comment))
            for comment in visible.appealed().select_related("hidden_by", "author", "post")
        ],
    }
    return render(request, "blogs/moderation.html", context)


@require_POST
@signed_in
def let_through(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Show a comment that waits."""
    found = _comment(request, key)
    permit(found.can_become(CommentState.VISIBLE))
    actions.let_through(found)
    messages.success(request, _("The comment is visible now."))
    return redirect("blogs:moderation")


@signed_in
def hide(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Hide a comment for a stated reason."""
    found = _comment(request, key)
    permit(found.can_become(CommentState.HIDDEN))
    form = HideForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        context = {"comment": found, "form": form}
        return render(request, "blogs/comment_hide.html", context, status=status)
    actions.hide_comment(found, request.user, form.cleaned_data["reason"])
    messages.success(request, _("The comment is hidden; your reason stands in its place."))
    return redirect("blogs:find_comment", key)


@require_POST
@signed_in
def dismiss(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Close the reports; the comment stays."""
    actions.dismiss_reports(_comment(request, key))
    messages.success(request, _("The comment stays; the report is closed."))
    return redirect("blogs:moderation")


@signed_in
def decide(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Answer an objection."""
    found = _comment(request, key)
    permit(rules.may_decide_appeal(request.user, found))
    form = AppealAnswerForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        context = {"comment": found, "form": form}
        return render(request, "blogs/comment_decide.html", context, status=status)
    answer, restore = form.cleaned_data["answer"], form.cleaned_data["restore"]
    actions.decide_appeal(found, request.user, answer, restore=restore)
    messages.success(request, _("Your answer is with the writer."))
    return redirect("blogs:moderation")


@require_POST
@signed_in
def lock(request: SignedInRequest, key: UUID) -> HttpResponse:
    """No further replies."""
    actions.lock_thread(_comment(request, key), request.user)
    return redirect("blogs:find_comment", key)


@require_POST
@signed_in
def unlock(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Replies again."""
    actions.unlock_thread(_comment(request, key), request.user)
    return redirect("blogs:find_comment", key)


def _comment(request: SignedInRequest, key: UUID) -> Comment:
    """One comment, for who moderates."""
    found: Comment = get_object_or_404(
        Comment.objects.visible_to(request.user).with_details(), key=key
    )
    permit(rules.may_moderate(request.user))
    return found
