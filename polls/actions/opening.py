"""Opening a consultation: now or at a set time, with everything frozen that must not move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.log import log_act
from people.models import Person
from polls.actions.reaching import invite_by_mail
from polls.actions.statements import freeze_round, reasons_not_to_start
from polls.electorate import invite, people_asked
from polls.models import (
    LOWEST_THRESHOLD,
    TRANSITIONS,
    Consultation,
    ConsultationKind,
    Joiners,
    State,
)
from polls.questions.loading import schema_of
from polls.urn import envelope_size

MAX_BACKGROUND = 2


class CannotOpen(Exception):
    """Why this consultation cannot be opened, and what can be done: ``reasons``, in words."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


def reasons_not_to_open(consultation: Consultation, now: datetime | None = None) -> list[str]:
    """What stands in the way of opening, in words for the council; empty where nothing does.

    Whether the questions themselves hold together is ``polls.questions.checks``.
    """
    moment = now or timezone.now()
    reasons = []
    if State.OPEN not in TRANSITIONS[State(consultation.state)]:
        reasons.append(_("It was opened before."))
    if consultation.closes_at is None or consultation.closes_at <= moment:
        reasons.append(_("Choose a closing time that lies ahead."))
    schema = schema_of(consultation.questionnaire)
    if consultation.kind == ConsultationKind.STATEMENTS:
        reasons += reasons_not_to_start(consultation)
    elif not any(True for _question in schema):
        reasons.append(_("Add at least one question."))
    if sum(question.is_background for question in schema) > MAX_BACKGROUND:
        reasons.append(
            _("Keep at most two background questions: more of them together point at one person.")
        )
    if len(schema.shared) > 1:
        reasons.append(_("Let colleagues read along at one question at most."))
    if schema.shared and not consultation.is_anonymous:
        reasons.append(
            _("Answers that colleagues read along are anonymous. Set the mode to anonymous.")
        )
    asked = people_asked(consultation).count()
    least = _total_threshold()
    if consultation.is_anonymous and asked < least:
        reasons.append(
            ngettext(
                "Only %(asked)d colleague would be asked. With fewer than %(least)d an answer "
                "cannot stay anonymous. Ask a larger audience, or ask by name and say so.",
                "Only %(asked)d colleagues would be asked. With fewer than %(least)d an answer "
                "cannot stay anonymous. Ask a larger audience, or ask by name and say so.",
                asked,
            )
            % {"asked": asked, "least": least}
        )
    if not consultation.is_anonymous and asked == 0:
        reasons.append(_("Nobody would be asked. Choose another audience."))
    if not consultation.is_anonymous and not consultation.named_readers.exists():
        reasons.append(_("Say who reads the answers that stand under a name."))
    return reasons


def open_consultation(
    consultation: Consultation, by: Person | None, now: datetime | None = None
) -> Consultation:
    """Freeze thresholds, electorate and envelope size, and start taking answers.

    ``by`` is None for the portal itself, at a set time. Raises ``CannotOpen``.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
        reasons = reasons_not_to_open(locked, moment)
        if reasons:
            raise CannotOpen(reasons)
        locked.state = State.OPEN
        locked.opened_at = moment
        locked.total_threshold = _total_threshold()
        locked.group_threshold = max(settings.GROUP_THRESHOLD, LOWEST_THRESHOLD)
        locked.envelope_size = envelope_size(schema_of(locked.questionnaire))
        if locked.kind == ConsultationKind.STATEMENTS:
            freeze_round(locked)
        locked.electorate_size = invite(locked)
        locked.save()
        log_act(by, "polls.open", locked)
        if locked.mails_invitation:
            invite_by_mail(locked)
    return locked


def schedule_consultation(consultation: Consultation, by: Person, opens_at: datetime) -> None:
    """Let it open by itself at ``opens_at``. Raises ``CannotOpen`` for what stands in the way now;
    what changes until then is looked at again at the opening."""
    with transaction.atomic():
        locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
        reasons = reasons_not_to_open(locked, opens_at)
        if opens_at <= timezone.now():
            reasons.append(_("Choose an opening time that lies ahead."))
        if reasons:
            raise CannotOpen(reasons)
        locked.state = State.SCHEDULED
        locked.opens_at = opens_at
        locked.save(update_fields=["state", "opens_at"])
        log_act(by, "polls.schedule", locked)


def unschedule_consultation(consultation: Consultation, by: Person) -> None:
    """Take a scheduled one back to a draft."""
    with transaction.atomic():
        taken_back = Consultation.objects.filter(pk=consultation.pk, state=State.SCHEDULED).update(
            state=State.DRAFT, opens_at=None
        )
        if taken_back:
            log_act(by, "polls.unschedule", consultation)


def invite_joiners(consultation: Consultation) -> int:
    """Add those who came into the audience since the opening, where the rule says so."""
    with transaction.atomic():
        locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if locked.joiners != Joiners.ADDED or not locked.is_open:
            return 0
        added = invite(locked)
        if added:
            locked.electorate_size += added
            locked.save(update_fields=["electorate_size"])
    return added


def _total_threshold() -> int:
    return max(int(settings.TOTAL_THRESHOLD), LOWEST_THRESHOLD)
