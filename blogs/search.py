"""What blogs lets be found: posts, and the comments whose words are shown."""

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blogs.lifecycle import CommentState
from blogs.models import Comment, Post
from dossiers.search.sources import Kind, Shown, Source
from people.models import Person

POST = Kind("post", gettext_lazy("News"))
COMMENT = Kind("comment", gettext_lazy("Comments"))


def _comments(person: Person) -> QuerySet[Comment]:
    """Those that still say something: the words of a hidden comment are shown to nobody."""
    said = Comment.objects.visible_to(person)
    return said.filter(state__in=[CommentState.VISIBLE, CommentState.WAITING])


def _show_post(post: Post, _person: Person) -> Shown:
    return Shown(
        post.name,
        post.get_absolute_url(),
        f"{post.body}\n\n{post.transcript}",
        label=post.get_kind_display().capitalize(),
        detail="" if post.is_live() else post.get_state_display(),
    )


def _show_comment(comment: Comment, _person: Person) -> Shown:
    return Shown(
        comment.post.name,
        comment.get_absolute_url(),
        comment.body,
        label=_("comment").capitalize(),
        detail=comment.author.full_name,
    )


SOURCES = (
    Source(
        kind=POST,
        door=Post.objects.visible_to,
        title=("title",),
        text=("body", "transcript"),
        at=Coalesce("published_at", "created_at"),
        show=_show_post,
    ),
    Source(
        kind=COMMENT,
        door=_comments,
        text=("body",),
        at="created_at",
        show=_show_comment,
        related=("post", "author"),
    ),
)
