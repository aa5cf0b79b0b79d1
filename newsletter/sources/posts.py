"""Posts and short updates in a newsletter."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blogs.models import Post
from newsletter.blocks import Card, Kind, new_keys


def choices() -> Iterable[tuple[str, str]]:
    """The newest that everyone may read."""
    for post in Post.objects.for_everyone()[:50]:
        yield str(post.key), post.name


def find(keys: Collection[str]) -> Mapping[str, Post]:
    """Published and under no lock."""
    wanted = [UUID(key) for key in keys]
    posts = Post.objects.for_everyone().filter(key__in=wanted).select_related("author")
    return {str(post.key): post for post in posts}


def fresh(since: datetime, told: Collection[str]) -> Iterable[str]:
    """Published since."""
    published = Post.objects.for_everyone().filter(published_at__gt=since)
    return new_keys(published.order_by("published_at"), told)


def card(post: Post) -> Card:
    """The title and how it begins; an update has none, so its first words stand on a poster."""
    title = post.title or _("In short")
    return Card(
        title=title,
        path=post.get_absolute_url(),
        text=post.excerpt(55),
        note=_("By %(name)s") % {"name": post.author.get_full_name()},
        action=_("Read on"),
        headline="" if post.title else post.excerpt(14),
    )


POSTS = Kind(
    name="post",
    label=gettext_lazy("Post or update"),
    icon="news",
    choices=choices,
    find=find,
    card=card,
    fresh=fresh,
)
