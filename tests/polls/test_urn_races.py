"""At the same moment: real threads, each with its own connection, on both databases."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from django.db import connection

from people.models import Person
from polls.actions.casting import cast_ballot, change_ballot, read_ballot
from polls.actions.closing import close_consultation, count_ballots
from polls.actions.emptying import empty_urn
from polls.models import Ballot, Consultation, Elector, Tally, UrnEntry, VotingCode
from polls.receipts import new_voting_code, voting_code_hash
from polls.rights import AlreadyTookPart, CodeRight, ElectorRight, NotOpen
from tests.polls.ballots import make_open, make_people, vote

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(jobs: Sequence[Callable[[], object]]) -> list[object]:
    """Run ``jobs`` in threads that start together; gives what each returned or raised."""
    results: list[object] = [None] * len(jobs)
    start = threading.Barrier(len(jobs))

    def run(at: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(20)
            results[at] = jobs[at]()
        except Exception as error:  # noqa: BLE001 - handed to the test, which knows what to expect
            results[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def kinds(results: list[object]) -> Counter[str]:
    return Counter(type(result).__name__ for result in results)


def test_of_eight_submissions_by_one_person_one_wins(fatima: Person) -> None:
    people = make_people(6)
    consultation = make_open(fatima, "single")
    for person in people:
        results = at_once([partial(vote, consultation, person, {"q1": "c1"})] * 8)
        assert kinds(results) == {"str": 1, "AlreadyTookPart": 7}
    assert UrnEntry.objects.count() == len(people)
    assert Elector.objects.filter(took_part=True).count() == len(people)


def test_of_eight_uses_of_one_printed_code_one_wins(fatima: Person) -> None:
    make_people(6)
    consultation = make_open(fatima, "single")
    code = new_voting_code()
    VotingCode.objects.create(consultation=consultation, code_hash=voting_code_hash(code))
    right = CodeRight.of(code)
    results = at_once([lambda: cast_ballot(right, {"q1": "c1"})] * 8)
    assert kinds(results) == {"str": 1, "AlreadyTookPart": 7}
    assert UrnEntry.objects.count() == 1


def test_whoever_votes_while_it_closes_counts_or_is_told(fatima: Person) -> None:
    """Each ballot either made it and is counted, or was refused and used nothing up."""
    people = make_people(24)
    consultation = make_open(fatima, "single")

    def close_it() -> bool:
        return close_consultation(consultation, None) and count_ballots(consultation.pk)

    jobs: list[Callable[[], object]] = [
        partial(vote, consultation, person, {"q1": "c1"}) for person in people
    ]
    jobs.insert(12, close_it)
    results = at_once(jobs)
    found = kinds(results)
    assert found["bool"] == 1
    assert found["str"] + found["NotOpen"] == len(people), found
    consultation.refresh_from_db()
    assert consultation.state == "closed"
    assert consultation.counted == consultation.participants == found["str"]
    assert Elector.objects.filter(took_part=True).count() == found["str"]
    assert not UrnEntry.objects.exists()


def test_changes_while_the_urn_is_emptied_are_neither_lost_nor_doubled(fatima: Person) -> None:
    people = make_people(30)
    consultation = make_open(fatima, "single")
    receipts = [vote(consultation, person, {"q1": "c1"}) for person in people]

    def change(receipt: str) -> None:
        change_ballot(consultation, receipt, {"q1": "c2"})

    jobs: list[Callable[[], object]] = [partial(change, receipt) for receipt in receipts[:15]]
    jobs += [lambda: empty_urn(consultation.pk)] * 3
    results = at_once(jobs)
    assert not [result for result in results if isinstance(result, Exception)]
    own = [read_ballot(consultation, receipt) for receipt in receipts]
    expected = [{"q1": "c2"}] * 15 + [{"q1": "c1"}] * 15
    assert [ballot.answers if ballot else None for ballot in own] == expected
    close_consultation(consultation, None)
    count_ballots(consultation.pk)
    tallies = Tally.objects.filter(consultation=consultation, item="q1")
    assert dict(tallies.values_list("cell", "count")) == {"*": 30, "c1": 15, "c2": 15}


def test_two_emptyings_and_two_countings_do_the_work_once(fatima: Person) -> None:
    people = make_people(20)
    consultation = make_open(fatima, "single")
    for person in people:
        vote(consultation, person, {"q1": "c1"})
    results = at_once([lambda: empty_urn(consultation.pk)] * 4)
    assert sorted(result for result in results if isinstance(result, int)) == [0, 0, 0, 20]
    assert Ballot.objects.count() == 20
    close_consultation(consultation, None)
    results = at_once([lambda: count_ballots(consultation.pk)] * 4)
    assert kinds(results) == {"bool": 4}
    assert results.count(True) == 1
    assert Consultation.objects.get().counted == 20


def test_votes_while_the_urn_is_emptied_all_arrive(fatima: Person) -> None:
    people = make_people(40)
    consultation = make_open(fatima, "single")
    for person in people[:15]:
        vote(consultation, person, {"q1": "c1"})
    jobs: list[Callable[[], object]] = [
        partial(vote, consultation, person, {"q1": "c2"}) for person in people[15:]
    ]
    jobs += [lambda: empty_urn(consultation.pk)] * 3
    results = at_once(jobs)
    assert not [result for result in results if isinstance(result, Exception)]
    assert UrnEntry.objects.count() + Ballot.objects.count() == 40
    with pytest.raises(AlreadyTookPart):
        ElectorRight(consultation, people[0]).redeem()


class HesitantRight(ElectorRight):
    """A right whose holder stops in the middle of voting until told to go on."""

    in_the_middle = threading.Event()
    go_on = threading.Event()

    def redeem(self) -> str:
        group = super().redeem()
        self.in_the_middle.set()
        self.go_on.wait(20)
        return group


@pytest.mark.long
def test_closing_waits_for_whoever_is_voting_and_counts_them(fatima: Person) -> None:
    people = make_people(10)
    consultation = make_open(fatima, "single")
    for person in people[:9]:
        vote(consultation, person, {"q1": "c1"})
    closed = threading.Event()

    def cast() -> str:
        return cast_ballot(HesitantRight(consultation, people[9]), {"q1": "c1"})

    def close() -> bool:
        HesitantRight.in_the_middle.wait(20)
        done = close_consultation(consultation, None) and count_ballots(consultation.pk)
        closed.set()
        return done

    def watch() -> bool:
        HesitantRight.in_the_middle.wait(20)
        too_early = closed.wait(1)
        HesitantRight.go_on.set()
        return too_early

    receipt, done, too_early = at_once([cast, close, watch])
    assert isinstance(receipt, str)
    assert (done, too_early) == (True, False)
    consultation.refresh_from_db()
    assert consultation.counted == consultation.participants == 10
    assert not UrnEntry.objects.exists()


def test_a_late_voter_waits_for_the_closing_and_is_refused(fatima: Person) -> None:
    """The vote begins while the closing holds its lock: it may not slip in behind it."""
    people = make_people(10)
    consultation = make_open(fatima, "single")
    jobs: list[Callable[[], object]] = [lambda: close_consultation(consultation, None)]
    at_once(jobs)
    results = at_once([partial(vote, consultation, person, {"q1": "c1"}) for person in people])
    assert all(isinstance(result, NotOpen) for result in results)
    assert not UrnEntry.objects.exists()
