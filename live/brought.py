"""Question hours as a channel of the communication plan: the questions that were taken."""

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q

from dossiers.brought import OFFERED, Brought
from dossiers.models import Dossier
from live.models import QuestionHour, QuestionState
from people.models import Person

TAKEN = (QuestionState.ACCEPTED, QuestionState.ANSWERED)


class QuestionHourSource:
    """What question hours brought."""

    def choices(self, person: Person, dossier: Dossier | None) -> Iterable[tuple[str, str]]:
        rows = QuestionHour.objects.visible_to(person)
        if dossier is not None:
            rows = rows.filter(dossier=dossier)
        return [(str(row.key), row.title) for row in rows.order_by("-starts_at")[:OFFERED]]

    def brought(self, person: Person, keys: set[str]) -> Mapping[str, Brought]:
        taken = Count("questions", filter=Q(questions__state__in=TAKEN))
        rows = QuestionHour.objects.visible_to(person).filter(key__in=keys).annotate(taken=taken)
        return {
            str(row.key): Brought(row.title, row.get_absolute_url(), reactions=_counted(row))
            for row in rows
        }


def _counted(hour: QuestionHour) -> int | None:
    return getattr(hour, "taken", None)
