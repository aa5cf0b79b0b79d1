"""Telling what was done with the answers: "u zei / wij deden"."""

from django.db import transaction
from django.utils import timezone

from people.log import log_act
from people.models import Person
from polls.models import Consultation, Outcome


def publish_outcome(consultation: Consultation, *, heard: str, done: str, by: Person) -> Outcome:
    """Write or rewrite the outcome; it stands on the results page from now on."""
    with transaction.atomic():
        outcome, _created = Outcome.objects.get_or_create(
            consultation=consultation, defaults={"written_by": by, "heard": "", "done": ""}
        )
        outcome.heard, outcome.done, outcome.written_by = heard, done, by
        outcome.published_on = outcome.published_on or timezone.localdate()
        outcome.save()
        log_act(by, "polls.outcome", consultation)
    return outcome
