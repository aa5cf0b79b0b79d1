"""Commenting, changing and taking back one's own words, reporting, objecting."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blogs import actions, rules
from blogs.forms import AppealForm, CommentForm, ReportForm
from blogs.lifecycle import CommentState
from blogs.models import Comment, Post
from blogs.threads import page_of
from blogs.views.reading import post_page
from people.guards import SignedInRequest, permit, signed_in


@require_POST
@signed_in
def comment(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Comment on a post, or reply to the comment named by ``parent``."""
    post = get_object_or_404(Post.objects.visible_to(request.user), key=key)
    permit(rules.may_comment(request.user, post))
    parent = _parent(request, post)
    if parent:
        permit(rules.may_reply(request.user, parent))
    form = CommentForm(request.POST, auto_id=not parent)
    if not form.is_valid():
        return post_page(request, key, comment_form=form, reply_to=parent, status=400)
    words = form.cleaned_data
    written = actions.write_comment(
        post, request.user, words["body"], parent, may_quote=words["may_quote"]
    )
    if written.state == CommentState.WAITING:
        messages.success(
            request, _("Thank you. Your comment appears when the council has read it.")
        )
    return redirect("blogs:find_comment", written.key)


@require_safe
@signed_in
def find(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Go to the page and place where the comment stands."""
    found = _comment(request, key)
    where = reverse("blogs:post", args=[found.post.key])
    page = page_of(found)
    query = f"?page={page}" if page > 1 else ""
    return redirect(f"{where}{query}#reactie-{found.key}")


@signed_in
def edit(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Change an own comment, for a while."""
    found = _comment(request, key)
    permit(rules.may_edit_comment(request.user, found))
    if request.method != "POST":
        form = CommentForm(initial={"body": found.body, "may_quote": found.may_quote})
        return render(request, "blogs/comment_edit.html", {"comment": found, "form": form})
    form = CommentForm(request.POST)
    if not form.is_valid():
        context = {"comment": found, "form": form}
        return render(request, "blogs/comment_edit.html", context, status=400)
    words = form.cleaned_data
    actions.edit_comment(found, words["body"], may_quote=words["may_quote"])
    return redirect("blogs:find_comment", key)


@require_POST
@signed_in
def delete(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take back an own comment."""
    found = _comment(request, key)
    permit(rules.may_delete_comment(request.user, found))
    actions.delete_comment(found)
    messages.success(request, _("Your comment is gone."))
    return redirect(found.post)


@signed_in
def report(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Point the council to a comment."""
    found = _comment(request, key)
    permit(rules.may_report(request.user, found))
    form = ReportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        context = {"comment": found, "form": form}
        return render(request, "blogs/comment_report.html", context, status=status)
    actions.report_comment(found, request.user, form.cleaned_data["reason"])
    messages.success(request, _("Thank you. The council will look at it."))
    return redirect("blogs:find_comment", key)


@signed_in
def appeal(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Object to the hiding of an own comment."""
    found = _comment(request, key)
    permit(rules.may_appeal(request.user, found))
    form = AppealForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        context = {"comment": found, "form": form}
        return render(request, "blogs/comment_appeal.html", context, status=status)
    actions.appeal_hiding(found, form.cleaned_data["words"])
    messages.success(request, _("Another council member will look at it again."))
    return redirect("blogs:find_comment", key)


def _comment(request: SignedInRequest, key: UUID) -> Comment:
    found: Comment = get_object_or_404(
        Comment.objects.visible_to(request.user).with_details(), key=key
    )
    return found


def _parent(request: SignedInRequest, post: Post) -> Comment | None:
    asked = request.POST.get("parent")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError:
        key = UUID(int=0)
    return get_object_or_404(
        Comment.objects.visible_to(request.user).with_details(), key=key, post=post
    )
