"""A long list goes through a real worker, started by the press on "import"."""

import threading

import pytest
from django.utils import timezone

from people.actions import confirm_upload, keep_upload, uploads
from people.models import Person, RosterUpload
from people.roster.planning import make_plan
from people.roster.reading import read_roster
from tests.people.roster.lists import OMAR, SANNE, as_csv
from tests.plugins.workers import StartWorker


@pytest.mark.long
def test_a_confirmed_long_list_is_imported_by_a_worker(
    ineke: Person, start_worker: StartWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 1)
    start_worker()
    reading = read_roster(as_csv(SANNE, OMAR), timezone.localdate())
    kept = keep_upload(reading, "lijst.csv", ineke)
    assert not confirm_upload(kept, make_plan(reading, timezone.localdate()))
    moment = threading.Event()
    for _look in range(200):
        kept.refresh_from_db()
        if not kept.is_waiting:
            break
        moment.wait(0.1)
    assert (kept.state, kept.joined) == (RosterUpload.State.DONE, 2)
    assert Person.objects.filter(staff_number="000101").exists()
