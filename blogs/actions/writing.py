"""Writing a post and its versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from blogs.lifecycle import CommentPolicy
from blogs.models import Hashtag, Kind, Post, Revision
from dossiers import markdown
from people.log import log_act
from people.models import Person

if TYPE_CHECKING:
    from django.core.files.base import ContentFile

    from dossiers.models import Dossier


class EditConflictError(Exception):
    """Someone saved a newer version meanwhile; ``post`` is that version."""

    def __init__(self, post: Post) -> None:
        super().__init__(f"version {post.version} was saved meanwhile")
        self.post = post


@dataclass(frozen=True)
class PostText:
    """What a writer hands in. ``image`` is a remade picture (``dossiers.images.remake``)."""

    body: str
    title: str = ""
    kind: Kind = Kind.POST
    dossier: Dossier | None = None
    comment_policy: CommentPolicy = CommentPolicy.OPEN
    image: ContentFile[bytes] | None = None
    image_alt: str = ""
    remove_image: bool = False
    media_url: str = ""
    transcript: str = ""


@transaction.atomic
def write_post(author: Person, text: PostText) -> Post:
    """Keep a new draft, version 1."""
    post = Post(author=author)
    _fill(post, text)
    post.save()
    _record(post, author)
    return post


@transaction.atomic
def revise_post(post: Post, editor: Person, text: PostText, *, based_on: int) -> Post:
    """Save the next version of ``post``.

    ``based_on`` is the version the editor started from; raises ``EditConflictError`` where another
    one was saved since.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.version != based_on:
        raise EditConflictError(post)
    old_image = post.image.name or ""
    _fill(post, text)
    post.version += 1
    if post.is_live():
        post.edited_at = timezone.now()
    post.save()
    _record(post, editor)
    if old_image and old_image != post.image.name:
        transaction.on_commit(lambda: post.image.storage.delete(old_image))
    return post


@transaction.atomic
def delete_draft(post: Post, actor: Person) -> None:
    """Throw away a draft that readers never saw, with its versions and its image."""
    log_act(actor, "blogs.delete", post)
    image = post.image
    if image:
        name = str(image.name)
        transaction.on_commit(lambda: image.storage.delete(name))
    post.delete()


def _fill(post: Post, text: PostText) -> None:
    post.kind, post.title, post.body = text.kind, text.title, text.body
    post.media_url, post.transcript = text.media_url, text.transcript
    post.dossier, post.comment_policy = text.dossier, text.comment_policy
    if text.image is not None:
        post.image.save(str(text.image.name), text.image, save=False)
    elif text.remove_image:
        post.image = ""
    post.image_alt = text.image_alt if post.image else ""


def _record(post: Post, editor: Person) -> None:
    Revision.objects.create(
        post=post, number=post.version, title=post.title, body=post.body, author=editor
    )
    wanted = markdown.hashtags(f"{post.title}\n\n{post.body}")
    post.hashtags.exclude(name__in=wanted).delete()
    Hashtag.objects.bulk_create(
        [Hashtag(post=post, name=name) for name in wanted], ignore_conflicts=True
    )
