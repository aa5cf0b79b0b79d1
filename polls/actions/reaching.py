"""Reaching an electorate: invitations, reminders to those who have not taken part, the outcome."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from outbox.actions import pause, withdraw
from outbox.models import Mailing, MailingState
from people.log import log_act
from people.models import Person
from polls.emails import write_to
from polls.models import Consultation, Elector, ElectorMailing, MailKind, Outcome

GOING = (MailingState.QUEUED, MailingState.SENDING, MailingState.PAUSED)


class NotNow(ValueError):
    """Not open, or reminded today already, or nothing to tell yet."""


def invite_by_mail(consultation: Consultation) -> ElectorMailing:
    """Mail everyone in the electorate who answers by signing in."""
    return write_to(consultation, MailKind.INVITATION, electors(consultation, by_code=False))


def remind(consultation: Consultation, by: Person | None) -> ElectorMailing:
    """Mail those who have not taken part, at most once a day. Nobody gets to see who they are: the
    number is all that comes back. Raises ``NotNow`` and ``emails.Locked``."""
    today = timezone.localdate()
    with transaction.atomic():
        locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if not locked.is_open or locked.reminded_on == today:
            raise NotNow
        waiting = electors(locked, took_part=False, by_code=False)
        sent = write_to(locked, MailKind.REMINDER, waiting)
        locked.reminded_on = today
        locked.save(update_fields=["reminded_on"])
        log_act(by, "polls.remind", locked)
    return sent


def mail_outcome(outcome: Outcome) -> ElectorMailing:
    """Mail "what you said, what we did" once to those who were invited, whoever took part."""
    with transaction.atomic():
        locked = Outcome.objects.select_for_update().get(pk=outcome.pk)
        if locked.mailed_on or not locked.published_on:
            raise NotNow
        consultation = locked.consultation
        path = reverse("polls:results", args=[consultation.key])
        sent = write_to(consultation, MailKind.OUTCOME, electors(consultation), path)
        locked.mailed_on = timezone.localdate()
        locked.save(update_fields=["mailed_on"])
    return sent


def electors(consultation: Consultation, **having: bool) -> QuerySet[Person]:
    """The people of an electorate who still work here, narrowed by their elector's fields."""
    rows = Elector.objects.filter(consultation=consultation, person=OuterRef("pk"), **having)
    return Person.objects.employed().filter(Exists(rows))


def stop_mail(dossier: Dossier) -> None:
    """Let no invitation, reminder or outcome that still waits go out: its subject is a title.

    Held in the transaction that imposes secrecy, cancelled and forgotten after it; ``finish_stops``
    does what a stop of the portal in between left.
    """
    about = ElectorMailing.objects.filter(consultation__dossier=dossier)
    for mailing in Mailing.objects.filter(pk__in=about.values("mailing"), state__in=GOING):
        pause(mailing)
        transaction.on_commit(partial(withdraw, mailing))


def finish_stops() -> None:
    """Withdraw what was held and no more. Nothing else ever holds or cancels this mail."""
    ours = Mailing.objects.filter(pk__in=ElectorMailing.objects.values("mailing"))
    for mailing in ours.half_withdrawn():
        withdraw(mailing)
