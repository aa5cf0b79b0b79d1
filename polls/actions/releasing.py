"""Releasing results, step by step: to the director, to staff. What was released stays as it was."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import transaction

from people.log import log_act
from people.models import Person
from polls.disclosure import disclose, theme_counts
from polls.models import Consultation, OpenAnswer, Release, ReleaseAudience
from polls.protection import REST, fold


class NothingToRelease(ValueError):
    """Not closed and counted yet, or too few took part for any result."""


def release_results(
    consultation: Consultation, audience: ReleaseAudience, by: Person | None
) -> Release:
    """Freeze what is shown to ``audience``: every figure, by every breakdown, and the open answers
    that were cleared. Released before: gives that release, unchanged.

    ``by`` is None for the portal itself, at closing, where that was set before the opening. Raises
    ``NothingToRelease``.
    """
    with transaction.atomic():
        locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
        found = Release.objects.filter(consultation=locked, audience=audience).first()
        if found is not None:
            return found
        release = Release.objects.create(
            consultation=locked,
            audience=audience,
            payload=frozen(locked),
            texts=cleared_texts(locked),
            released_by=by,
        )
        log_act(by, "polls.release", locked)
    return release


def frozen(consultation: Consultation) -> dict[str, Any]:
    """Every table that may be shown, by property ("" for the whole), as JSON."""
    whole = disclose(consultation)
    if whole.suppressed_reason:
        raise NothingToRelease(whole.suppressed_reason)
    payload = {"": whole.to_json()}
    for breakdown in whole.breakdowns:
        payload[breakdown.code] = disclose(consultation, breakdown.code).to_json()
    return payload


def cleared_texts(consultation: Consultation) -> list[dict[str, Any]]:
    """The open answers cleared for reading, those most agreed with first, else in random order.

    The group stands beside a text only where as many as the group threshold are shown with it, and
    a theme only where its count is.
    """
    told = {theme.key for theme in theme_counts(consultation) if theme.count}
    answers = OpenAnswer.objects.filter(consultation=consultation).cleared()
    # Those that colleagues agree with first; the rest by their random keys.
    answers = answers.order_by("-agreed", "pk").prefetch_related("themes")
    texts: list[dict[str, Any]] = [
        {
            "question": answer.question,
            "text": answer.shown_text,
            "group": answer.group,
            "may_quote": answer.may_quote,
            "agreed": answer.agreed,
            "agreed_is_least": answer.agreed_is_least,
            "themes": [each.key.hex for each in answer.themes.all() if each.key.hex in told],
        }
        for answer in answers
    ]
    sizes: dict[str, Counter[str]] = {}
    for text in texts:
        sizes.setdefault(text["question"], Counter())[text["group"]] += 1
    shown = {code: fold(groups, consultation.group_threshold) for code, groups in sizes.items()}
    return [
        {**text, "group": text["group"] if shown[text["question"]][text["group"]] != REST else ""}
        for text in texts
    ]
