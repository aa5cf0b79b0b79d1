"""Reading open answers before others do: allowed in words that name nobody, or held back."""

from __future__ import annotations

from collections import Counter

from django.db import transaction

from people.log import log_act
from people.models import Person
from polls.models import Consultation, OpenAnswer, Release, Review


def review_answer(
    answer: OpenAnswer, *, may_be_shown: bool, redacted_text: str, by: Person
) -> bool:
    """Say whether others may read ``answer``, and in which words; an empty text keeps its own.

    What was released with words that others may read no longer loses those words; nothing comes in
    their place. True where that happened.
    """
    with transaction.atomic():
        # A release that is made at this moment is waited for, or waits.
        consultation = Consultation.objects.select_for_update().get(pk=answer.consultation_id)
        answer.refresh_from_db(fields=["review", "redacted_text"])
        before = answer.shown_text if answer.review == Review.CLEARED else ""
        answer.review = Review.CLEARED if may_be_shown else Review.HELD
        answer.redacted_text = "" if redacted_text == answer.text else redacted_text
        answer.save(update_fields=["review", "redacted_text"])
        log_act(by, "polls.review", consultation)
        if not before or (may_be_shown and answer.shown_text == before):
            return False
        return _take_out(consultation, answer.question, before)


def _take_out(consultation: Consultation, question: str, words: str) -> bool:
    """Take one text out of every release that holds it. The figures stay as they are."""
    was_there = False
    for release in Release.objects.filter(consultation=consultation).defer("payload"):
        at = next(
            (
                number
                for number, text in enumerate(release.texts)
                if text["question"] == question and text["text"] == words
            ),
            None,
        )
        if at is None:
            continue
        was_there = True
        left = [*release.texts[:at], *release.texts[at + 1 :]]
        # A group stands beside a text only where enough are shown with it.
        sizes = Counter((text["question"], text["group"]) for text in left)
        release.texts = [
            text
            if sizes[text["question"], text["group"]] >= consultation.group_threshold
            else text | {"group": ""}
            for text in left
        ]
        release.save(update_fields=["texts"])
    return was_there
