"""What became of a letter: the director's decision, and the conditions."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from advice.models import Condition, ConditionState, Decision, Follows
from dossiers.actions import add_document
from dossiers.actions import record_decision as start_clock
from dossiers.actions.papers import Upload
from dossiers.models import Document, Dossier
from people.log import log_act
from people.models import Person

_AGREES = {Follows.FOLLOWS: True, Follows.PARTLY: False, Follows.DEVIATES: False}


@transaction.atomic
def record_decision(
    actor: Person,
    dossier: Dossier,
    *,
    received_on: date,
    follows: str,
    reasons: str,
    upload: Upload | None,
) -> Decision:
    """Record the director's decision, and start the terms that run from it.

    A decision that deviates in part suspends as one that deviates does (art. 25 lid 6: "unless it
    follows the advice").
    """
    document = None
    if upload is not None:
        document = add_document(actor, dossier, upload, what=Document.What.DECISION)
    values = {
        "received_on": received_on,
        "follows": follows,
        "reasons": reasons,
        "recorded_by": actor,
    }
    if document is not None:
        values["document"] = document
    decision, _created = Decision.objects.update_or_create(dossier=dossier, defaults=values)
    start_clock(actor, dossier, received_on=received_on, agrees=_AGREES.get(Follows(follows)))
    log_act(actor, "advice.record_decision", decision)
    return decision


@transaction.atomic
def set_condition(actor: Person, condition: Condition) -> Condition:
    """Save a condition, with the day it was met."""
    if condition.state == ConditionState.DONE and condition.done_on is None:
        condition.done_on = timezone.localdate()
    elif condition.state != ConditionState.DONE:
        condition.done_on = None
    condition.save()
    log_act(actor, "advice.set_condition", condition)
    return condition
