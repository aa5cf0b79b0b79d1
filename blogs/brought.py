"""Posts as a channel of the communication plan: their comments. Nobody counts who read them."""

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q

from blogs.lifecycle import CommentState
from blogs.models import Post
from dossiers.brought import OFFERED, Brought
from dossiers.models import Dossier
from people.models import Person


class PostSource:
    """What posts brought."""

    def choices(self, person: Person, dossier: Dossier | None) -> Iterable[tuple[str, str]]:
        rows = Post.objects.visible_to(person)
        if dossier is not None:
            rows = rows.filter(dossier=dossier)
        return [(str(row.key), str(row)) for row in rows.order_by("-pk")[:OFFERED]]

    def brought(self, person: Person, keys: set[str]) -> Mapping[str, Brought]:
        shown = Count("comments", filter=Q(comments__state=CommentState.VISIBLE))
        rows = Post.objects.visible_to(person).filter(key__in=keys).annotate(shown=shown)
        return {
            str(row.key): Brought(str(row), row.get_absolute_url(), reactions=_counted(row))
            for row in rows
        }


def _counted(post: Post) -> int | None:
    return getattr(post, "shown", None)
