"""What became of a letter: the director's decision, steps at law, and the conditions."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from advice.models import Condition, ConditionState, Decision, Follows, LegalStep
from dossiers import clock
from dossiers.actions import add_document, reckon_with_steps
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
    received_on: date | None,
    follows: str,
    reasons: str,
    upload: Upload | None,
    carried_out_on: date | None = None,
) -> Decision:
    """Record the director's decision, and start the terms that run from it.

    A decision that deviates in part suspends as one that deviates does (art. 25 lid 6: "unless it
    follows the advice").
    """
    document = None
    if upload is not None:
        document = add_document(actor, dossier, upload, what=Document.What.DECISION)
    values: dict[str, Any] = {
        "received_on": received_on,
        "carried_out_on": carried_out_on,
        "follows": follows,
        "reasons": reasons,
        "recorded_by": actor,
    }
    if document is not None:
        values["document"] = document
    decision, _created = Decision.objects.update_or_create(dossier=dossier, defaults=values)
    start_clock(
        actor,
        dossier,
        received_on=received_on,
        agrees=_AGREES.get(Follows(follows)),
        carried_out_on=carried_out_on,
    )
    return decision


@transaction.atomic
def record_step(actor: Person, step: LegalStep, upload: Upload | None = None) -> LegalStep:
    """Record a step at law, or correct one; what waited for it is no longer due."""
    if upload is not None:
        step.document = add_document(actor, step.dossier, upload)
    if step._state.adding:
        step.recorded_by = actor
    step.save()
    _reckon(step.dossier)
    log_act(actor, "advice.record_step", step)
    return step


@transaction.atomic
def drop_step(actor: Person, step: LegalStep) -> None:
    """Take a step out that was recorded by mistake; the term runs again."""
    log_act(actor, "advice.drop_step", step)
    step.delete()
    _reckon(step.dossier)


def last_day_to_contest(dossier: Dossier) -> date | None:
    """The last day on which the council could appeal or invoke nullity; None where none runs."""
    told, seen = dossier.decision_received_on, dossier.carried_out_on
    if dossier.kind == clock.Kind.ADVICE and told:
        return clock.appeal_until(told).last_day
    known = told or seen
    if dossier.kind == clock.Kind.CONSENT and known:
        return clock.nullity_until(known).last_day
    return None


def _reckon(dossier: Dossier) -> None:
    locked = Dossier.objects.select_for_update().get(pk=dossier.pk)
    days: dict[str, date] = {}
    for what, on in LegalStep.objects.filter(dossier=locked).values_list("what", "on"):
        days[what] = min(on, days.get(what, on))
    contested = [days[what] for what in LegalStep.CONTESTS if what in days]
    reckon_with_steps(
        locked,
        contested_on=min(contested, default=None),
        court_consented_on=days.get(LegalStep.What.GRANTED),
    )


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
