"""Consultations as a channel of the communication plan: how many were asked, and answered.

Whoever answers is counted once a consultation is closed and enough took part. Per group only what
was written down at closing, where small groups are folded together already.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dossiers.brought import OFFERED, Brought, Group
from dossiers.models import Dossier
from people.models import Person
from polls.models import Consultation, State, Turnout


class ConsultationSource:
    """What consultations brought."""

    def choices(self, person: Person, dossier: Dossier | None) -> Iterable[tuple[str, str]]:
        rows = Consultation.objects.visible_to(person)
        if dossier is not None:
            rows = rows.filter(dossier=dossier)
        return [(str(row.key), row.title) for row in rows.order_by("-pk")[:OFFERED]]

    def brought(self, person: Person, keys: set[str]) -> Mapping[str, Brought]:
        rows = list(Consultation.objects.visible_to(person).filter(key__in=keys))
        groups: dict[int, list[Turnout]] = defaultdict(list)
        for turnout in Turnout.objects.filter(consultation__in=rows, is_rest=False).exclude(
            group=""
        ):
            groups[turnout.consultation_id].append(turnout)
        return {str(row.key): _brought(row, groups[row.pk]) for row in rows}


def _brought(row: Consultation, groups: list[Turnout]) -> Brought:
    reach = row.electorate_size or None
    if row.state != State.CLOSED or row.participants < row.total_threshold:
        return Brought(row.title, row.get_absolute_url(), reach=reach)
    shown = [group for group in groups if group.invited >= row.group_threshold]
    return Brought(
        row.title,
        row.get_absolute_url(),
        reach=reach,
        reactions=row.participants,
        groups=tuple(Group(each.group, each.invited, each.took_part) for each in shown),
    )
