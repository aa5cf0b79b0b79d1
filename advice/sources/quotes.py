"""Evidence from what was written: texts that may be quoted, say their writers and the council."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from advice.evidence import Offer
from polls.models import Consultation, OpenAnswer, Review

QUOTE = "quote:"
"""Before the key of an open answer that may be quoted."""
MOST_QUOTES = 200


def quotable(consultations: Iterable[Consultation]) -> QuerySet[OpenAnswer]:
    """Texts whose writers said they may be quoted, and that the council has cleared."""
    cleared = OpenAnswer.objects.filter(may_quote=True, review=Review.CLEARED)
    return cleared.filter(consultation__in=consultations).select_related("consultation")


def offers(consultations: Iterable[Consultation]) -> dict[int, list[Offer]]:
    """They, by the primary key of their consultation; one query."""
    found: dict[int, list[Offer]] = defaultdict(list)
    for answer in quotable(consultations)[:MOST_QUOTES]:
        words = Truncator(answer.shown_text).words(24)
        found[answer.consultation_id].append(
            Offer(
                f"{answer.consultation.key}:{QUOTE}{answer.key}", f"“{words}”", _("may be quoted")
            )
        )
    return found
