"""Long lists: a worker imports them, and whatever is lost on the way is found again."""

import datetime as dt
from unittest.mock import patch

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from people import tasks
from people.actions import RosterChanged, confirm_upload, keep_upload, uploads
from people.models import Person, RosterUpload
from people.roster.planning import make_plan
from people.roster.reading import read_roster
from tests.cast import SignIn, make_person
from tests.people.roster.lists import OMAR, SANNE, as_csv

State = RosterUpload.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def long_list(ineke: Person, monkeypatch: pytest.MonkeyPatch) -> RosterUpload:
    """A list that counts as long, confirmed and waiting, its message lost."""
    monkeypatch.setattr(uploads, "AT_ONCE", 1)
    reading = read_roster(as_csv(SANNE, OMAR), timezone.localdate())
    kept = keep_upload(reading, "lijst.csv", ineke)
    with patch.object(tasks.import_queued_rosters, "delay"):
        assert not confirm_upload(kept, make_plan(reading, timezone.localdate()))
    kept.refresh_from_db()
    return kept


def test_a_long_list_waits_for_a_worker_and_says_so(
    long_list: RosterUpload, ineke: Person, sign_in: SignIn
) -> None:
    assert long_list.state == State.QUEUED
    browser = sign_in(ineke)
    page = browser.get(long_list.get_absolute_url())
    assert 'http-equiv="refresh"' in page.content.decode()
    part = browser.get(long_list.get_absolute_url(), HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in part
    assert "every 3s" in part
    assert browser.post(reverse("people:roster_discard", args=[long_list.key])).status_code == 302
    assert RosterUpload.objects.get().state == State.QUEUED


def test_a_worker_imports_what_waits(long_list: RosterUpload) -> None:
    tasks.import_queued_rosters()
    long_list.refresh_from_db()
    assert (long_list.state, long_list.joined) == (State.DONE, 2)


def test_a_doubled_message_changes_nothing(long_list: RosterUpload) -> None:
    tasks.import_queued_rosters()
    tasks.import_queued_rosters()
    assert Person.objects.filter(staff_number="000101").count() == 1


def test_a_lost_message_is_found_by_the_sweep(long_list: RosterUpload) -> None:
    tasks.sweep_rosters()
    long_list.refresh_from_db()
    assert long_list.state == State.DONE


def test_a_list_whose_worker_died_is_taken_again(long_list: RosterUpload) -> None:
    assert uploads._claim(long_list.pk)
    tasks.sweep_rosters()
    long_list.refresh_from_db()
    assert long_list.state == State.RUNNING
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        tasks.sweep_rosters()
    long_list.refresh_from_db()
    assert long_list.state == State.DONE


def test_one_list_runs_at_a_time(long_list: RosterUpload, ineke: Person) -> None:
    RosterUpload.objects.create(uploaded_by=ineke, state=State.RUNNING, claimed_at=timezone.now())
    assert not uploads.import_next()
    long_list.refresh_from_db()
    assert long_list.state == State.QUEUED


def test_a_roster_that_changed_while_it_waited_stops_it(long_list: RosterUpload) -> None:
    make_person("Tess", "Vos")
    tasks.import_queued_rosters()
    long_list.refresh_from_db()
    assert long_list.state == State.CHANGED
    assert not Person.objects.filter(staff_number="000101").exists()


def test_a_failure_gives_the_list_back(
    long_list: RosterUpload, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError("no space left")

    monkeypatch.setattr("people.actions.roster.mirror_addresses", fail)
    with pytest.raises(OSError, match="space"):
        tasks.import_queued_rosters()
    long_list.refresh_from_db()
    assert long_list.state == State.PREVIEW
    assert long_list.reading.rows


def test_a_preview_that_nobody_confirms_is_forgotten_after_a_day(ineke: Person) -> None:
    reading = read_roster(as_csv(SANNE), timezone.localdate())
    keep_upload(reading, "lijst.csv", ineke)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=23)):
        tasks.sweep_rosters()
    assert RosterUpload.objects.exists()
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
        tasks.sweep_rosters()
    assert not RosterUpload.objects.exists()


def test_a_short_list_that_no_longer_fits_stops_at_once(ineke: Person) -> None:
    reading = read_roster(as_csv(SANNE), timezone.localdate())
    kept = keep_upload(reading, "lijst.csv", ineke)
    plan = make_plan(reading, timezone.localdate())
    make_person("Tess", "Vos")
    with pytest.raises(RosterChanged):
        confirm_upload(kept, plan)
