"""News of dossiers in a newsletter: what the council shares of them with everyone."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers import markdown
from dossiers.models import Dossier
from dossiers.querysets import unlocked
from newsletter.blocks import Card, Kind


def shared() -> QuerySet[Dossier]:
    """Shared with staff and under no secrecy, the newest first."""
    return Dossier.objects.filter(unlocked(None, path=""), shared_with_staff=True).order_by("-pk")


def choices() -> Iterable[tuple[str, str]]:
    """Those that everyone may read."""
    for dossier in shared()[:50]:
        yield str(dossier.key), dossier.title


def find(keys: Collection[str]) -> Mapping[str, Dossier]:
    """As long as they are shared."""
    wanted = [UUID(key) for key in keys]
    return {str(dossier.key): dossier for dossier in shared().filter(key__in=wanted)}


def fresh(since: datetime, told: Collection[str]) -> Iterable[str]:
    """Opened since, or closed since."""
    day = localtime(since).date()
    changed = shared().filter(Q(opened_at__gt=since) | Q(closed_on__gt=day)).order_by("pk")
    for dossier in changed:
        if dossier.is_closed or str(dossier.key) not in told:
            yield str(dossier.key)


def card(dossier: Dossier) -> Card:
    """What it is about, and whether it goes on."""
    return Card(
        title=dossier.title,
        path=dossier.get_absolute_url(),
        label=_("Dossier"),
        text=markdown.to_text(dossier.summary).strip(),
        note="" if dossier.closed_on is None else _("This dossier is closed."),
        action=_("Where it stands"),
    )


DOSSIERS = Kind(
    name="dossier",
    label=gettext_lazy("News of a dossier"),
    icon="folder",
    choices=choices,
    find=find,
    card=card,
    fresh=fresh,
    dossier=lambda dossier: dossier.pk,
)
