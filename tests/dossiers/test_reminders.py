"""Reminders by mail: at set distances, once."""

from datetime import date, timedelta

import pytest
from django.core import mail

from dossiers import actions, clock, reminders
from dossiers.models import Dossier, Reminder
from people.models import Person

DUE = date(2026, 12, 14)


@pytest.fixture
def dossier(fatima: Person, joris: Person) -> Dossier:
    """A free subject with one deadline on a Monday."""
    return actions.open_dossier(fatima, kind="free", title="Parkeren", advice_due_on=DUE)


def test_each_distance_is_sent_once_to_the_whole_council(dossier: Dossier) -> None:
    day = DUE - timedelta(days=30)
    while day <= DUE + timedelta(days=5):
        reminders.send_due(day)
        reminders.send_due(day)
        day += timedelta(days=1)
    sent = list(Reminder.objects.order_by("-days_before").values_list("days_before", flat=True))
    assert sent == sorted(reminders.DISTANCES, reverse=True)
    assert len(mail.outbox) == 2 * len(reminders.DISTANCES)


def test_a_missed_day_still_reminds_and_only_once(dossier: Dossier) -> None:
    assert reminders.send_due(DUE - timedelta(days=5)) == 1
    assert reminders.send_due(DUE - timedelta(days=4)) == 0
    assert Reminder.objects.get().days_before == 7


def test_a_moved_deadline_reminds_anew(dossier: Dossier) -> None:
    reminders.send_due(DUE - timedelta(days=3))
    dossier.advice_due_on = DUE + timedelta(days=14)
    dossier.save()
    assert reminders.send_due(DUE + timedelta(days=11)) == 1


def test_distances_count_to_the_last_working_day() -> None:
    term = clock.as_counted(clock.TermKind.AGREED, date(2026, 12, 27), "")
    assert reminders.distance_reached(term, date(2026, 12, 24)) == 0
    assert reminders.distance_reached(term, date(2026, 12, 25)) is None


def test_the_mail_names_what_and_when(dossier: Dossier) -> None:
    reminders.send_due(DUE - timedelta(days=1))
    sent = mail.outbox[0]
    assert "Parkeren" in sent.body
    assert "14 december 2026" in sent.body
    assert dossier.get_absolute_url() in sent.body
    assert isinstance(sent, mail.EmailMultiAlternatives)
    assert len(sent.alternatives) == 1
