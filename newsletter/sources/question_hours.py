"""Question hours in a newsletter."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers import markdown
from dossiers.querysets import unlocked
from live.models import HourState, QuestionHour
from newsletter.blocks import Card, Kind


def choices() -> Iterable[tuple[str, str]]:
    """Those to come, and those whose minutes can be read."""
    hours = QuestionHour.objects.filter(unlocked(None)).exclude(state=HourState.DRAFT)
    for hour in hours.order_by("-starts_at")[:50]:
        yield str(hour.key), f"{hour.title} ({date_format(localtime(hour.starts_at), 'j F Y')})"


def find(keys: Collection[str]) -> Mapping[str, QuestionHour]:
    """Announced ones and later."""
    hours = QuestionHour.objects.filter(unlocked(None)).exclude(state=HourState.DRAFT)
    wanted = [UUID(key) for key in keys]
    return {str(hour.key): hour for hour in hours.filter(key__in=wanted)}


def fresh(since: datetime, told: Collection[str]) -> Iterable[str]:
    """Still to come and not announced before, or with minutes published since."""
    hours = QuestionHour.objects.filter(unlocked(None)).order_by("starts_at")
    for hour in hours.filter(Q(published_at__gt=since) | coming()):
        if hour.state == HourState.PUBLISHED or str(hour.key) not in told:
            yield str(hour.key)


def coming() -> Q:
    """Announced and not over yet."""
    return Q(state__in=[HourState.ANNOUNCED, HourState.LIVE], ends_at__gt=now())


def card(hour: QuestionHour) -> Card:
    """When, where, what about."""
    begins, ends = localtime(hour.starts_at), localtime(hour.ends_at)
    moment = _("%(day)s from %(begin)s to %(end)s") % {
        "day": date_format(begins, "l j F"),
        "begin": date_format(begins, "H:i"),
        "end": date_format(ends, "H:i"),
    }
    note = f"{moment} · {hour.place}" if hour.place else moment
    if hour.state == HourState.PUBLISHED:
        action = _("Read what was answered")
    else:
        action = _("Ask your question")
    return Card(
        title=hour.title,
        path=hour.get_absolute_url(),
        label=_("Question hour"),
        text=markdown.to_text(hour.introduction).split("\n")[0],
        note=note,
        action=action,
    )


QUESTION_HOURS = Kind(
    name="question-hour",
    label=gettext_lazy("Question hour"),
    icon="clock",
    choices=choices,
    find=find,
    card=card,
    fresh=fresh,
)
