"""The newsletter as a channel of the communication plan: mails sent, links followed.

Nobody's opening is counted. Followed links are told from five on.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Q, Sum

from dossiers.brought import OFFERED, Brought
from dossiers.models import Dossier
from newsletter.models import Issue, IssueState
from people.models import Person

LEAST_CLICKS = 5


class IssueSource:
    """What issues of the newsletter brought."""

    def choices(self, person: Person, dossier: Dossier | None) -> Iterable[tuple[str, str]]:
        rows = Issue.objects.visible_to(person).order_by("-pk")
        return [(str(row.key), row.title) for row in rows[:OFFERED]]

    def brought(self, person: Person, keys: set[str]) -> Mapping[str, Brought]:
        rows = (
            Issue.objects.visible_to(person)
            .filter(Q(key__in=keys))
            .select_related("mailing")
            .annotate(followed=Sum("links__clicks"))
        )
        return {str(row.key): _brought(row) for row in rows}


def _brought(row: Issue) -> Brought:
    followed: int = getattr(row, "followed", None) or 0
    sent = row.told(row.mailing.total) if row.state == IssueState.SENT and row.mailing else None
    return Brought(
        row.title,
        row.get_absolute_url(),
        reach=sent,
        reactions=(row.told(followed) or None) if followed >= LEAST_CLICKS else None,
    )
