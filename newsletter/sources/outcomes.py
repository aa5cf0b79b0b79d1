"""What the council did with answers, in a newsletter: "u zei / wij deden"."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers import markdown
from newsletter.blocks import Card, Kind
from newsletter.sources.consultations import asked_in
from polls.models import Consultation, Outcome, Release, ReleaseAudience


def told_outcomes() -> QuerySet[Outcome]:
    """Published ones of what is no secret, the newest first."""
    free = Consultation.objects.for_everyone()
    outcomes = Outcome.objects.exclude(published_on=None).filter(consultation__in=free)
    return outcomes.select_related("consultation").order_by("-published_on", "-pk")


def choices() -> Iterable[tuple[str, str]]:
    """The newest, by what was asked."""
    for outcome in told_outcomes()[:50]:
        yield str(outcome.consultation.key), outcome.consultation.title


def find(keys: Collection[str]) -> Mapping[str, Outcome]:
    """By the key of the consultation."""
    wanted = [UUID(key) for key in keys]
    staff = Release.objects.filter(
        consultation=OuterRef("consultation"), audience=ReleaseAudience.STAFF
    )
    found = told_outcomes().filter(consultation__key__in=wanted).annotate(is_released=Exists(staff))
    return {str(outcome.consultation.key): outcome for outcome in found}


def fresh(since: datetime, told: Collection[str]) -> Iterable[str]:
    """Published since. Only the day is known: what was in a newsletter of that day is no news."""
    published = told_outcomes().filter(published_on__gte=localtime(since).date())
    keys = published.order_by("published_on", "pk").values_list("consultation__key", flat=True)
    return [str(key) for key in keys if str(key) not in told]


def card(outcome: Outcome) -> Card:
    """Both halves, in plain words."""
    return Card(
        title=outcome.consultation.title,
        path=reverse("polls:results", args=[outcome.consultation.key]),
        label=_("You said, we did"),
        said=markdown.to_text(outcome.heard).strip(),
        done=markdown.to_text(outcome.done).strip(),
        action=_("Read more"),
    )


def readers(outcome: Any) -> Q | None:
    """Everyone once the results were released to staff; before that those who were asked."""
    if outcome.is_released:
        return None
    return Q(asked_in(outcome.consultation_id, by_code=False))


OUTCOMES = Kind(
    name="outcome",
    label=gettext_lazy("You said, we did"),
    icon="done",
    choices=choices,
    find=find,
    card=card,
    readers=readers,
    fresh=fresh,
    dossier=lambda outcome: outcome.consultation.dossier_id,
)
