"""kill -9 of a real worker while it empties or counts: nothing lost, nothing twice."""

from __future__ import annotations

import os
import select
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from people.models import Person
from polls.actions.casting import change_ballot, read_ballot
from polls.actions.closing import close_consultation, count_ballots
from polls.actions.emptying import empty_urn
from polls.models import Ballot, Consultation, OpenAnswer, State, Tally, Turnout, UrnEntry
from polls.tasks import close_due, empty
from tests.plugins.workers import StartWorker
from tests.polls.ballots import make_open, make_people, vote

pytestmark = pytest.mark.django_db(transaction=True)

VOTERS = 25


def kill_at(point: str, task: Any, pk: int, start_worker: StartWorker, folder: Path) -> None:
    """Let a worker run ``task`` until just after ``point``, and kill it as a power cut would."""
    fifo = folder / "halted"
    os.mkfifo(fifo)
    # Open for writing too, so that reading waits for the worker rather than ending at once.
    reader = os.open(fifo, os.O_RDWR)
    worker = start_worker(
        "-I",
        "tests.polls.halting",
        HALT_AT=point,
        HALT_FIFO=str(fifo),
        URN_KEY=settings.URN_KEY,
    )
    task.delay(pk)
    halted, _writable, _failed = select.select([reader], [], [], 30)
    os.close(reader)
    assert halted, "".join(worker.log)
    worker.kill()


@pytest.mark.long
@pytest.mark.parametrize(
    "point",
    [
        "polls.actions.emptying:unseal",
        "polls.actions.emptying:shuffle",
        "polls.models:Ballot.objects.bulk_create",
    ],
)
def test_killed_while_emptying(
    fatima: Person, start_worker: StartWorker, tmp_path: Path, point: str
) -> None:
    """Before anything is written, with the envelopes gone, and with the ballots written anew."""
    people = make_people(VOTERS)
    consultation = make_open(fatima, "single")
    receipts = [vote(consultation, person, {"q1": "c1"}) for person in people[:12]]
    assert empty_urn(consultation.pk) == 12
    receipts += [vote(consultation, person, {"q1": "c2"}) for person in people[12:]]
    change_ballot(consultation, receipts[0], {"q1": "c3"})
    before = _all_there_is()
    kill_at(point, empty, consultation.pk, start_worker, tmp_path)
    assert _all_there_is() == before
    assert empty_urn(consultation.pk) == VOTERS - 12 + 1
    own = [read_ballot(consultation, receipt) for receipt in receipts]
    expected = [{"q1": "c3"}, *[{"q1": "c1"}] * 11, *[{"q1": "c2"}] * (VOTERS - 12)]
    assert [ballot.answers if ballot else None for ballot in own] == expected
    assert (UrnEntry.objects.count(), Ballot.objects.count()) == (0, VOTERS)


@pytest.mark.long
@pytest.mark.parametrize(
    "point", ["polls.actions.closing:store_texts", "polls.models:Consultation.save"]
)
def test_killed_while_counting(
    fatima: Person, start_worker: StartWorker, tmp_path: Path, point: str
) -> None:
    """With the results written and the ballots still there, and with the ballots destroyed."""
    people = make_people(VOTERS)
    consultation = make_open(fatima, "single", "short_text")
    for person in people:
        vote(consultation, person, {"q1": "c1", "q2": "Vroeger inzicht in het rooster"})
    empty_urn(consultation.pk)
    assert close_consultation(consultation, by=None)
    before = _all_there_is()
    kill_at(point, close_due, consultation.pk, start_worker, tmp_path)
    assert _all_there_is() == before
    assert not Tally.objects.exists()
    assert not Turnout.objects.exists()
    assert Consultation.objects.get().state == State.CLOSING
    assert list(Consultation.objects.due_to_close(consultation.created_at)) == [consultation]
    assert count_ballots(consultation.pk)
    assert not count_ballots(consultation.pk)
    counted = Tally.objects.filter(item="q1").values_list("cell", "count")
    assert dict(counted) == {"*": VOTERS, "c1": VOTERS}
    assert OpenAnswer.objects.count() == VOTERS
    assert _all_there_is() == (set(), set())


def _all_there_is() -> tuple[set[tuple[int, str]], set[tuple[int, str]]]:
    return (
        set(UrnEntry.objects.values_list("pk", "lookup")),
        set(Ballot.objects.values_list("pk", "lookup")),
    )
