"""Opening, keeping and closing a dossier."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from dossiers.clock import Kind
from dossiers.models import Deadline, Dossier, Meeting, Note, PlanStep, RequestPart
from dossiers.models.papers import Part
from people.log import log_act
from people.models import Person

PARTS: dict[str, tuple[Part, ...]] = {
    Kind.ADVICE: (Part.DECISION, Part.REASONS, Part.CONSEQUENCES, Part.MEASURES),
    Kind.CONSENT: (Part.DECISION, Part.REASONS, Part.CONSEQUENCES),
    Kind.APPOINTMENT: (Part.REASONS, Part.PERSON),
}
"""What a request must state, per kind (art. 25 lid 3, art. 27 lid 2, art. 30 lid 3)."""


@transaction.atomic
def open_dossier(
    actor: Person,
    *,
    kind: str,
    title: str,
    summary: str = "",
    received_on: date | None = None,
    advice_due_on: date | None = None,
    shared_with_staff: bool = True,
) -> Dossier:
    """Open a dossier, with the checklist its kind brings."""
    dossier = Dossier.objects.create(
        kind=kind,
        title=title,
        summary=summary,
        received_on=received_on,
        advice_due_on=advice_due_on,
        shared_with_staff=shared_with_staff,
        opened_by=actor,
    )
    _bring_checklist(dossier)
    log_act(actor, "dossiers.open", dossier)
    return dossier


@transaction.atomic
def revise_dossier(actor: Person, dossier: Dossier) -> Dossier:
    """Save a changed dossier; a changed kind brings its own checklist, nothing is thrown away."""
    dossier.save()
    _bring_checklist(dossier)
    log_act(actor, "dossiers.revise", dossier)
    return dossier


def _bring_checklist(dossier: Dossier) -> None:
    RequestPart.objects.bulk_create(
        (RequestPart(dossier=dossier, part=part) for part in PARTS.get(dossier.kind, ())),
        ignore_conflicts=True,
    )


@transaction.atomic
def close_dossier(actor: Person, dossier: Dossier) -> None:
    """Close: nothing more is filed by hand; what is filed stays."""
    dossier.closed_on = timezone.localdate()
    dossier.save(update_fields=["closed_on"])
    log_act(actor, "dossiers.close", dossier)


@transaction.atomic
def reopen_dossier(actor: Person, dossier: Dossier) -> None:
    """Open a closed dossier again."""
    dossier.closed_on = None
    dossier.save(update_fields=["closed_on"])
    log_act(actor, "dossiers.reopen", dossier)


@transaction.atomic
def record_meeting(actor: Person, meeting: Meeting) -> Meeting:
    """Save a new or changed meeting; the clock follows."""
    meeting.save()
    log_act(actor, "dossiers.record_meeting", meeting)
    return meeting


@transaction.atomic
def judge_part(actor: Person, part: RequestPart, *, state: str, remark: str) -> None:
    """Say how complete one part of the request is, and what is lacking."""
    part.state = state
    part.remark = remark
    part.save(update_fields=["state", "remark"])
    log_act(actor, "dossiers.judge_part", part)


@transaction.atomic
def add_note(actor: Person, dossier: Dossier, text: str) -> Note:
    """Add a note for the council."""
    note = Note.objects.create(dossier=dossier, by=actor, text=text)
    log_act(actor, "dossiers.add_note", note)
    return note


@transaction.atomic
def add_deadline(
    actor: Person, dossier: Dossier, *, title: str, due_on: date, owner: Person | None
) -> Deadline:
    """Set a deadline of the council's own."""
    deadline = Deadline.objects.create(dossier=dossier, title=title, due_on=due_on, owner=owner)
    log_act(actor, "dossiers.add_deadline", deadline)
    return deadline


@transaction.atomic
def finish_deadline(actor: Person, deadline: Deadline) -> None:
    """Tick a deadline off."""
    deadline.done_on = timezone.localdate()
    deadline.save(update_fields=["done_on"])
    log_act(actor, "dossiers.finish_deadline", deadline)


@transaction.atomic
def record_position_given(actor: Person, dossier: Dossier, day: date) -> None:
    """Record that the council spoke: advice, consent or proposal left on ``day``.

    Called by what releases the letter; the agreed deadline stops running.
    """
    dossier.advice_given_on = day
    dossier.save(update_fields=["advice_given_on"])
    log_act(actor, "dossiers.record_position_given", dossier)


@transaction.atomic
def record_decision(
    actor: Person,
    dossier: Dossier,
    *,
    received_on: date | None,
    agrees: bool | None,
    carried_out_on: date | None = None,
) -> None:
    """Record the director's decision: from ``received_on`` suspension, appeal or nullity run.

    Where a decision under art. 27 was never told, nullity runs from ``carried_out_on``, the day the
    council saw it carried out. They run unless ``agrees``. None means that the council has not
    judged it yet: the terms then run too, for time does not wait for the judgement.
    """
    dossier.decision_received_on = received_on
    dossier.decision_agrees = agrees
    dossier.carried_out_on = carried_out_on
    dossier.save(update_fields=["decision_received_on", "decision_agrees", "carried_out_on"])
    log_act(actor, "dossiers.record_decision", dossier)


@transaction.atomic
def reckon_with_steps(
    dossier: Dossier, *, contested_on: date | None, court_consented_on: date | None
) -> None:
    """Let the clock know of an appeal, of nullity that was invoked, of a court's consent.

    The act itself is logged by what records the step.
    """
    dossier.contested_on = contested_on
    dossier.court_consented_on = court_consented_on
    dossier.save(update_fields=["contested_on", "court_consented_on"])


@transaction.atomic
def keep_plan_step(actor: Person, step: PlanStep) -> PlanStep:
    """Save a new or changed step of the communication plan."""
    step.save()
    log_act(actor, "dossiers.keep_plan_step", step)
    return step


@transaction.atomic
def drop_plan_step(actor: Person, step: PlanStep) -> None:
    """Take a step out of the plan."""
    log_act(actor, "dossiers.drop_plan_step", step)
    step.delete()
