"""What asking adds to a dossier's page: lines on its timeline, and the way to ask something."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.models import Dossier
from dossiers.shortcuts import Shortcut
from dossiers.timeline import Item
from people.models import Person
from polls import rules
from polls.models import Consultation, Release


def timeline_source(dossier: Dossier, person: Person) -> Iterable[Item]:
    """Each consultation that ``person`` sees: opened, closed, and released to whom."""
    releases = Prefetch("releases", Release.objects.defer("payload", "texts"))
    filed = Consultation.objects.visible_to(person).filter(dossier=dossier)
    for consultation in filed.prefetch_related(releases):
        yield from _items(consultation, is_council=rules.may_ask(person))


def _items(consultation: Consultation, *, is_council: bool) -> Iterator[Item]:
    page = "polls:desk" if is_council else "polls:consultation"
    url = reverse(page, args=[consultation.key])
    label = str(consultation.get_kind_display()).capitalize()
    if consultation.opened_at:
        yield Item(consultation.opened_at, label, consultation.title, url, _("opened"))
    if consultation.closed_on:
        yield Item(_closed_at(consultation), label, consultation.title, url, _("closed"))
    for release in consultation.releases.all() if is_council else ():
        on = timezone.make_aware(datetime.combine(release.released_on, time(12)))
        words = _("results released to %(audience)s") % {"audience": release.get_audience_display()}
        yield Item(on, label, consultation.title, url, words)


def _closed_at(consultation: Consultation) -> datetime:
    """The moment that was set, where it closed on that day; else noon, but after its opening."""
    planned, day = consultation.closes_at, consultation.closed_on or timezone.localdate()
    if planned is not None and timezone.localdate(planned) == day:
        return planned
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    opened = consultation.opened_at
    return max(noon, opened + timedelta(minutes=1)) if opened else noon


def shortcut_source(dossier: Dossier, person: Person) -> Iterable[Shortcut]:
    """The council can ask something under a dossier that is open."""
    if rules.may_ask(person) and not dossier.is_closed:
        yield Shortcut(_("Ask colleagues"), f"{reverse('polls:new')}?dossier={dossier.key}")
