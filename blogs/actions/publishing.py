"""Publishing: now, at a planned moment, and taking it back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from blogs import rules
from blogs.lifecycle import State
from blogs.models import Post
from people.log import log_act
from people.models import Person


class UnderSecrecyError(Exception):
    """Secrecy (art. 20) lies on the dossier: nothing filed under it is published."""


class PastMomentError(Exception):
    """A post cannot be planned for a moment that has passed."""


@transaction.atomic
def publish_post(post: Post, actor: Person) -> Post:
    """Show the post to its readers from now on; a post shown before keeps its first date."""
    post = _claim(post, State.PUBLISHED)
    now = timezone.now()
    if post.state != State.WITHDRAWN or post.published_at is None or post.published_at > now:
        post.published_at = now
    post.state = State.PUBLISHED
    post.save(update_fields=["state", "published_at"])
    log_act(actor, "blogs.publish", post)
    return post


@transaction.atomic
def schedule_post(post: Post, actor: Person, at: datetime) -> Post:
    """Plan the post for ``at``; raises ``PastMomentError`` where that is not in the future."""
    if at <= timezone.now():
        raise PastMomentError
    post = _claim(post, State.SCHEDULED)
    post.state, post.published_at = State.SCHEDULED, at
    post.save(update_fields=["state", "published_at"])
    log_act(actor, "blogs.schedule", post)
    return post


@transaction.atomic
def unschedule_post(post: Post, actor: Person) -> Post:
    """Make a planned post a draft again."""
    post = _claim(post, State.DRAFT)
    post.state, post.published_at = State.DRAFT, None
    post.save(update_fields=["state", "published_at"])
    log_act(actor, "blogs.unschedule", post)
    return post


@transaction.atomic
def withdraw_post(post: Post, actor: Person) -> Post:
    """Take the post away from its readers; the council keeps it, with its comments."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    post.state = State.WITHDRAWN
    post.save(update_fields=["state"])
    log_act(actor, "blogs.withdraw", post)
    return post


def publish_due(now: datetime) -> int:
    """Mark scheduled posts whose moment has come; gives how many.

    Where secrecy was imposed since the planning, the post becomes a draft again, so that it does
    not appear by itself on the day the secrecy is lifted.
    """
    marked = 0
    for pk in list(Post.objects.due(now).values_list("pk", flat=True)):
        with transaction.atomic():
            post = Post.objects.select_for_update().due(now).filter(pk=pk).first()
            if post is None:
                continue
            if rules.is_under_secrecy(post):
                post.state, post.published_at = State.DRAFT, None
                log_act(None, "blogs.hold", post)
            else:
                post.state = State.PUBLISHED
                log_act(None, "blogs.publish", post)
                marked += 1
            post.save(update_fields=["state", "published_at"])
    return marked


def _claim(post: Post, state: State) -> Post:
    """The post, locked, where it may become ``state``; secrecy is asked again inside the lock."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    if not post.can_become(state):
        raise ValueError(f"a post that is {post.state} cannot become {state}")
    if state != State.DRAFT and rules.is_under_secrecy(post):
        raise UnderSecrecyError
    return post
