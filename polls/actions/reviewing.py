"""Reading open answers before others do: allowed in words that name nobody, or held back."""

from django.db import transaction

from people.log import log_act
from people.models import Person
from polls.models import OpenAnswer, Review


def review_answer(
    answer: OpenAnswer, *, may_be_shown: bool, redacted_text: str, by: Person
) -> None:
    """Say whether others may read ``answer``, and in which words; an empty text keeps its own."""
    with transaction.atomic():
        answer.review = Review.CLEARED if may_be_shown else Review.HELD
        answer.redacted_text = "" if redacted_text == answer.text else redacted_text
        answer.save(update_fields=["review", "redacted_text"])
        log_act(by, "polls.review", answer.consultation)
