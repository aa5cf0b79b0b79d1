"""Writing posts: new ones, changes, the preview."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blogs import actions, rules
from blogs.forms import PostForm
from blogs.hashtags import address
from blogs.models import Post
from dossiers import markdown
from dossiers.models import Dossier
from dossiers.readability import measure, to_marked_html
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.rules import may_read_portal


@signed_in
def write(request: SignedInRequest) -> HttpResponse:
    """A new post; saved as a draft first, so nothing typed is lost."""
    reveal(may_read_portal(request.user))
    permit(rules.may_write(request.user))
    if request.method != "POST":
        return _page(request, PostForm(person=request.user, initial=_initial(request)))
    form = PostForm(request.POST, request.FILES, person=request.user)
    if "preview" in request.POST:
        return _page(request, PostForm(person=request.user, initial=request.POST.dict()))
    if not form.is_valid():
        return _page(request, form, status=400)
    post = actions.write_post(request.user, form.text())
    messages.success(request, _("Your draft is saved. Only the council can see it."))
    return redirect(post)


@signed_in
def edit(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Change a post; who started from an older version is told and loses nothing."""
    post = get_object_or_404(Post.objects.visible_to(request.user), key=key)
    permit(rules.may_edit(request.user, post))
    if request.method != "POST":
        older = _older_version(request, post)
        return _page(request, PostForm(post=post, person=request.user, initial=older), post)
    form = PostForm(request.POST, request.FILES, post=post, person=request.user)
    if "preview" in request.POST:
        shown = PostForm(post=post, person=request.user, initial=request.POST.dict())
        return _page(request, shown, post)
    if not form.is_valid():
        return _page(request, form, post, status=400)
    based_on = form.cleaned_data["version"] or 0
    try:
        actions.revise_post(post, request.user, form.text(), based_on=based_on)
    except actions.EditConflictError as conflict:
        form.data = {**request.POST.dict(), "version": str(conflict.post.version)}
        newer = conflict.post.revisions.select_related("author").first()
        return _page(request, form, post, newer=newer, status=409)
    messages.success(request, _("Your changes are saved."))
    return redirect(post)


@require_POST
@signed_in
def preview(request: SignedInRequest) -> HttpResponse:
    """The text as readers will see it, with what makes it hard to read marked; saves nothing."""
    reveal(may_read_portal(request.user))
    permit(rules.may_write(request.user))
    context = _preview(request.POST.get("title", ""), request.POST.get("body", ""))
    return render(request, "blogs/_preview.html", context)


@require_POST
@signed_in
def delete(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Throw away a draft."""
    post = get_object_or_404(Post.objects.visible_to(request.user), key=key)
    permit(rules.may_delete(request.user, post))
    actions.delete_draft(post, request.user)
    messages.success(request, _("The draft is gone."))
    return redirect("blogs:drafts")


def _initial(request: SignedInRequest) -> dict[str, object]:
    """A dossier's page may ask for a post under it: ``?dossier=<key>``."""
    try:
        key = UUID(request.GET.get("dossier", ""))
    except ValueError:
        return {}
    return {"dossier": Dossier.objects.visible_to(request.user).filter(key=key).first()}


def _older_version(request: SignedInRequest, post: Post) -> dict[str, object]:
    """``?version=2`` opens the form with the words of that version, to save as a new one."""
    number = request.GET.get("version", "")
    if not number.isdecimal():
        return {}
    older = get_object_or_404(post.revisions, number=int(number))
    return {"title": older.title, "body": older.body}


def _page(
    request: SignedInRequest,
    form: PostForm,
    post: Post | None = None,
    *,
    newer: object = None,
    status: int = 200,
) -> HttpResponse:
    """The writing page, with the preview of what stands in the form."""
    title = form["title"].value() or ""
    body = form["body"].value() or ""
    context = {"form": form, "post": post, "newer": newer, **_preview(title, body)}
    return render(request, "blogs/write.html", context, status=status)


def _preview(title: str, body: str) -> dict[str, object]:
    return {
        "preview_title": title,
        "preview_html": to_marked_html(body),
        "reading": measure(body),
        "hashtags": [(tag, address(tag)) for tag in markdown.hashtags(f"{title}\n\n{body}")],
    }
