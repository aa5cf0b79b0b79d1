"""Who reads a comparison of two times of asking: who may read what was released of both."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from people.models import Person
from polls.disclosure.access import readable_by, released
from polls.disclosure.comparing import Comparison, compare
from polls.models import Consultation, Release


def comparison_for(person: Person, consultation: Consultation) -> Comparison | None:
    """``consultation`` beside the one it is compared with, from their releases; None where
    ``person`` may not read one of the two, or one was not released."""
    return comparisons_for(person, [consultation]).get(consultation.pk)


def comparisons_for(person: Person, consultations: Iterable[Consultation]) -> dict[int, Comparison]:
    """The same for several at once, by primary key, in two queries; none where none is compared."""
    pairs = {each.pk: each.compared_with_id for each in consultations if each.compared_with_id}
    if not pairs:
        return {}
    first: dict[int, Release] = {}
    for release in _releases(person, pairs).defer("texts").select_related("consultation"):
        first.setdefault(release.consultation_id, release)
    return {
        now: compare(released(first[now]), released(first[then]))
        for now, then in pairs.items()
        if now in first and then in first
    }


def has_comparison(person: Person, consultation: Consultation) -> bool:
    """Whether ``comparison_for`` gives one; no query where nothing was chosen."""
    then = consultation.compared_with_id
    if then is None:
        return False
    releases = _releases(person, {consultation.pk: then}).order_by()
    return releases.values("consultation").distinct().count() == 2


def _releases(person: Person, pairs: dict[int, int]) -> QuerySet[Release]:
    """What ``person`` may read of either: both must be theirs to see at all."""
    either = Consultation.objects.visible_to(person).filter(pk__in={*pairs, *pairs.values()})
    readable = Release.objects.filter(audience__in=readable_by(person), consultation__in=either)
    return readable.order_by("pk")
