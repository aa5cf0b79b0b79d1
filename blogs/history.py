"""What this app adds to a dossier's timeline."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from blogs.models import Kind, Post
from dossiers.models import Dossier
from dossiers.timeline import Item
from people.models import Person


def timeline_source(dossier: Dossier, person: Person) -> Iterable[Item]:
    """What was published under a dossier; one query."""
    for post in Post.objects.visible_to(person).published().filter(dossier=dossier):
        assert post.published_at is not None
        yield Item(
            at=post.published_at,
            label=_("Short update") if post.kind == Kind.UPDATE else _("Post"),
            title=post.name,
            url=post.get_absolute_url(),
            source="blogs",
        )
