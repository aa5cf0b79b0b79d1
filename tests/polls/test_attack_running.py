"""The attack on a running consultation: the urn and the ballots out of it say nothing.

On PostgreSQL an envelope shares its transaction with its voter's participation mark, and so can be
laid beside the voter. That is why it is sealed, and why nothing leads on from it.
"""

from __future__ import annotations

import itertools
import secrets
from pathlib import Path

import pytest
from django.db import connection

from people.models import Person
from polls.actions.casting import change_ballot, withdraw_ballot
from polls.actions.emptying import empty_urn
from polls.receipts import ballot_lookup
from tests.polls.attacker import Dump, Row, guesses, guesses_between, hits, take_dump
from tests.polls.ballots import make_open, make_people, vote

pytestmark = pytest.mark.django_db(transaction=True)

VOTERS = 40
ROUNDS = 3
AT_MOST = 8.0


def test_nothing_that_was_answered_is_readable(fatima: Person) -> None:
    people = make_people(VOTERS)
    consultation = make_open(fatima, "single", "long_text", breakdown="unit")
    texts = [f"tekst-{secrets.token_hex(12)}" for _person in people]
    for number, (person, text) in enumerate(zip(people, texts, strict=True), start=1):
        receipt = vote(consultation, person, {"q1": "c1", "q2": text})
        if number % 5 == 0:
            change_ballot(consultation, receipt, {"q1": "c2", "q2": text})
        if number % 15 == 0:
            empty_urn(consultation.pk)
        everything = take_dump().everything()
        assert receipt.encode() not in everything
        assert not any(each.encode() in everything for each in texts)
    assert not any(text.encode() in _files() for text in texts)


def _files() -> bytes:
    """What lies on the disk, deleted rows and journal included, where the database is a file."""
    if connection.vendor != "sqlite":
        return b""
    name = str(connection.settings_dict["NAME"])
    files = [Path(name), Path(f"{name}-wal")]
    return b"".join(file.read_bytes() for file in files if file.exists())


def test_all_envelopes_are_alike_in_length_whatever_is_in_them(fatima: Person) -> None:
    people = make_people(14)
    consultation = make_open(fatima, "single", "long_text")
    receipts = [vote(consultation, person, {"q1": "c1"}) for person in people[:12]]
    vote(consultation, people[12], {"q1": "c1", "q2": "Wij willen het rooster eerder. " * 150})
    withdraw_ballot(consultation, receipts[0])
    dump = take_dump()
    assert len({len(row["sealed"]) for row in dump.rows("polls_urnentry")}) == 1
    empty_urn(consultation.pk)
    vote(consultation, people[13], {"q1": "c1"})
    dump = take_dump()
    rows = [*dump.rows("polls_urnentry"), *dump.rows("polls_ballot")]
    assert len(rows) == 14
    assert len({len(row["sealed"]) for row in rows}) == 1


def play(by: Person) -> tuple[list[str], dict[str, str], list[Dump]]:
    """Forty answer in a known order, some change; dumps after each five. Gives the voters in order
    and who is behind each ballot by its lookup."""
    people = make_people(VOTERS)
    secrets.SystemRandom().shuffle(people)
    consultation = make_open(by, "single", "long_text")
    truth: dict[str, str] = {}
    dumps = [take_dump()]
    for number, person in enumerate(people, start=1):
        receipt = vote(consultation, person, {"q1": "c1", "q2": secrets.token_hex(9)})
        truth[ballot_lookup(consultation.key, receipt)] = str(person.pk)
        if number % 9 == 0:
            change_ballot(consultation, receipt, {"q1": "c2"})
        if number % 5 == 0:
            dumps.append(take_dump())
        empty_urn(consultation.pk)  # as often as the clock could: it waits for its batch by itself
    return [str(person.pk) for person in people], truth, dumps


@pytest.mark.long
def test_no_ballot_out_of_the_urn_is_linked_to_its_voter(fatima: Person) -> None:
    scores: dict[str, list[int]] = {}
    for _round in range(ROUNDS):
        voters, truth, dumps = play(fatima)
        rows = [row for row in take_dump().rows("polls_ballot") if row["lookup"] in truth]
        assert len(rows) == VOTERS
        between = [voters[at : at + 5] for at in range(0, VOTERS, 5)]
        for name, pairs in [
            *guesses(rows, voters),
            *guesses_between(dumps, "polls_ballot", "lookup", between),
        ]:
            scores.setdefault(name, []).append(hits(pairs, truth, "lookup"))
    assert len(scores) > 10
    best = {name: sum(found) / ROUNDS for name, found in scores.items()}
    assert {name: mean for name, mean in best.items() if mean > AT_MOST} == {}


@pytest.mark.long
def test_an_envelope_has_nothing_in_common_with_any_ballot(fatima: Person) -> None:
    """Give the attacker the voter of each envelope for certain: no lookup, key or piece of
    ciphertext leads on to a ballot out of the urn."""
    _voters, _truth, dumps = play(fatima)
    envelopes = {row["id"]: row for dump in dumps for row in dump.rows("polls_urnentry")}
    assert len(envelopes) >= VOTERS // 2
    for dump in dumps:
        for ballot in dump.rows("polls_ballot"):
            for envelope in envelopes.values():
                for column in ("id", "lookup", "sealed"):
                    assert not _shares(envelope[column], ballot[column])


def _shares(one: object, other: object) -> bool:
    if isinstance(one, bytes) and isinstance(other, bytes):
        return any(one[at : at + 8] in other for at in range(0, len(one) - 8, 8))
    return one == other


def test_between_two_dumps_one_change_shows_in_nothing_but_the_urn(fatima: Person) -> None:
    """Two dumps before and after one colleague changes an answer: no row says whose it was, and no
    figure moves."""
    people = make_people(25)
    consultation = make_open(fatima, "single", "long_text")
    receipts = [vote(consultation, person, {"q1": "c1", "q2": "a"}) for person in people]
    empty_urn(consultation.pk)
    before = take_dump()
    change_ballot(consultation, receipts[3], {"q1": "c2", "q2": "b"})
    after = take_dump()
    changed = {
        table
        for table, rows in after.tables.items()
        if _without_locks(rows) != _without_locks(before.rows(table))
    }
    assert changed == {"polls_urnentry"}
    seen = {row["lookup"] for row in before.rows("polls_urnentry")}
    fresh = [row for row in after.rows("polls_urnentry") if row["lookup"] not in seen]
    assert len(fresh) == 1
    known = {row["lookup"] for dump in (before, after) for row in dump.rows("polls_ballot")}
    assert fresh[0]["lookup"] not in known
    assert empty_urn(consultation.pk) == 0, "a single change is not put through alone"


def _without_locks(rows: list[Row]) -> list[Row]:
    # xmax is left on a row by a lock too; a lock says that the consultation was voted in.
    return [{k: v for k, v in row.items() if k not in ("sys_xmax", "sys_cmin")} for row in rows]


def test_emptying_leaves_at_least_a_batch_of_ballots_alike(fatima: Person) -> None:
    """Between any two dumps either no ballot is new, or at least ten are, written in one go."""
    _voters, _truth, dumps = play(fatima)
    for before, after in itertools.pairwise(dumps):
        old = {row["lookup"] for row in before.rows("polls_ballot")}
        fresh = [row for row in after.rows("polls_ballot") if row["lookup"] not in old]
        assert not fresh or len(fresh) >= 10
        if fresh and old and connection.vendor == "postgresql":
            # Earlier ballots were written anew beside them: one transaction is more than the batch.
            transactions = {row["sys_xmin"] for row in fresh}
            together = [r for r in after.rows("polls_ballot") if r["sys_xmin"] in transactions]
            assert len(together) > len(fresh)
            assert fresh != together[-len(fresh) :], "the new ones lie behind the earlier ones"


def test_a_change_is_not_tied_to_the_first_envelope(fatima: Person) -> None:
    """Also while both wait: else it would be known whose ballot was changed."""
    people = make_people(9)
    consultation = make_open(fatima, "single")
    receipts = [vote(consultation, person, {"q1": "c1"}) for person in people]
    before = take_dump().rows("polls_urnentry")
    withdraw_ballot(consultation, receipts[4])
    after = take_dump().rows("polls_urnentry")
    assert [row for row in after if row in before] == [row for row in before if row in after]
    fresh = [row for row in after if row not in before]
    assert len(fresh) == 1
    assert fresh[0]["lookup"] not in {row["lookup"] for row in before}


def test_no_hidden_row_number_runs_with_the_order_of_writing(fatima: Person) -> None:
    """On SQLite the only row number of these tables is their key, and the key is random."""
    people = make_people(30)
    consultation = make_open(fatima, "single")
    keys: list[int] = []
    for person in people:
        vote(consultation, person, {"q1": "c1"})
        rows = take_dump().rows("polls_urnentry")
        keys += [row["id"] for row in rows if row["id"] not in keys]
        assert all(row.get("sys_rowid", row["id"]) == row["id"] for row in rows)
    # Of 29 steps some 14 or 15 go up; 27 or more do once in a million times.
    assert sum(one < other for one, other in itertools.pairwise(keys)) < 27
    empty_urn(consultation.pk)
    rows = take_dump().rows("polls_ballot")
    assert all(row.get("sys_rowid", row["id"]) == row["id"] for row in rows)
