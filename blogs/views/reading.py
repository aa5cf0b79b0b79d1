"""Reading posts: the list, one post with its comments, its image, and what is in the making."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blogs import rules
from blogs.forms import CommentForm
from blogs.hashtags import address
from blogs.models import Comment, Hashtag, Post
from blogs.threads import threads
from dossiers import images, markdown
from dossiers.models import Dossier
from dossiers.readability import measure
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.rules import may_read_portal

PER_PAGE = 15


@require_safe
@signed_in
def index(request: SignedInRequest) -> HttpResponse:
    """What was published, newest first, by dossier or hashtag where asked."""
    reveal(may_read_portal(request.user))
    found = Post.objects.visible_to(request.user).published()
    dossier = _asked_dossier(request)
    hashtag = request.GET.get("hashtag", "").strip().lstrip("#").lower()
    if dossier:
        found = found.filter(dossier=dossier)
    if hashtag:
        found = found.tagged(hashtag)
    everything = Post.objects.visible_to(request.user).published()
    popular = (
        Hashtag.objects.filter(post__in=everything.order_by())
        .values("name")
        .annotate(posts=Count("pk"))
        .order_by("-posts", "name")[:10]
    )
    context = {
        "page": Paginator(found.with_details(request.user), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "dossier": dossier,
        "hashtag": hashtag,
        "popular": popular,
        "dossiers": Dossier.objects.visible_to(request.user)
        .filter(posts__in=everything.order_by())
        .distinct(),
        "may_write": rules.may_write(request.user),
        "to_moderate": _to_moderate(request),
    }
    return render(request, "blogs/index.html", context)


@require_safe
@signed_in
def post(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One post and a page of its comments."""
    return post_page(request, key)


def post_page(
    request: SignedInRequest,
    key: UUID,
    *,
    comment_form: CommentForm | None = None,
    reply_to: Comment | None = None,
    status: int = 200,
) -> HttpResponse:
    """The post's page; a form that was refused comes back in its place with what was typed."""
    shown = get_object_or_404(
        Post.objects.visible_to(request.user).with_details(request.user), key=key
    )
    person = request.user
    context = {
        "post": shown,
        "body": markdown.to_html(shown.body, hashtag_url=address),
        "transcript": markdown.to_html(shown.transcript, top=3),
        "minutes": measure(shown.body).minutes,
        "is_live": shown.is_live(),
        "threads": threads(shown, person, request.GET.get("page")),
        "may_comment": rules.may_comment(person, shown),
        "comment_form": comment_form if comment_form and not reply_to else CommentForm(),
        "reply_form": comment_form if reply_to else CommentForm(auto_id=False),
        "reply_to": reply_to,
        "may_edit": rules.may_edit(person, shown),
        "may_publish": rules.may_publish(person, shown),
        "may_schedule": rules.may_schedule(person, shown),
        "may_unschedule": rules.may_unschedule(person, shown),
        "may_withdraw": rules.may_withdraw(person, shown),
        "may_delete": rules.may_delete(person, shown),
        "may_moderate": rules.may_moderate(person),
    }
    if context["may_edit"]:
        context["under_secrecy"] = rules.is_under_secrecy(shown)
    return render(request, "blogs/post.html", context, status=status)


@require_safe
@signed_in
def image(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The picture, to whom the post is visible."""
    shown = get_object_or_404(Post.objects.visible_to(request.user), key=key)
    if not shown.image:
        raise Http404
    with shown.image.open() as picture:
        return images.serve(picture.read())


@require_safe
@signed_in
def revisions(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Every saved version, newest first, for the council."""
    shown = get_object_or_404(Post.objects.visible_to(request.user), key=key)
    permit(rules.may_edit(request.user, shown))
    versions = shown.revisions.select_related("author")
    return render(request, "blogs/revisions.html", {"post": shown, "revisions": versions})


@require_safe
@signed_in
def drafts(request: SignedInRequest) -> HttpResponse:
    """What the council is working on: drafts, planned and withdrawn posts."""
    reveal(may_read_portal(request.user))
    permit(rules.may_write(request.user))
    found = Post.objects.visible_to(request.user).in_the_making().with_details(request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "blogs/drafts.html", {"page": page})


def _asked_dossier(request: SignedInRequest) -> Dossier | None:
    asked = request.GET.get("dossier")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError as error:
        raise BadRequest from error
    return get_object_or_404(Dossier.objects.visible_to(request.user), key=key)


def _to_moderate(request: SignedInRequest) -> int:
    """How many comments ask for the council's eyes; 0 for who does not moderate."""
    if not rules.may_moderate(request.user):
        return 0
    return Comment.objects.visible_to(request.user).asking_attention().count()
