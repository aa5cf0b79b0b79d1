"""The attack on a round of statements: neither votes nor added statements lead to a person."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import Any

import pytest

from people.models import Person
from polls.actions.casting import change_ballot
from polls.actions.emptying import empty_urn
from polls.models import Consultation, OpinionMap, Statement
from polls.statements.grouping import Votes
from polls.statements.voting import answers_of
from tests.polls.attacker import Dump, Row, guesses, guesses_between, hits, take_dump
from tests.polls.ballots import close, make_people
from tests.polls.rounds import SEEDS, cast, conversation, make_open_round

pytestmark = pytest.mark.django_db(transaction=True)

VOTERS = 40
ROUNDS = 3
AT_MOST = 8.0
"""As in the attack on a finished consultation: chance gives one right guess a round."""


def added_by_forty(
    by: Person, empty_every: int
) -> tuple[list[str], dict[str, str], list[Dump], Consultation]:
    """Forty colleagues vote one after the other and each adds a statement; dumps on the way."""
    people = make_people(VOTERS)
    secrets.SystemRandom().shuffle(people)
    round_ = make_open_round(by)
    truth: dict[str, str] = {}
    dumps = [take_dump()]
    for number, person in enumerate(people, start=1):
        text = f"Dit is van mij: {secrets.token_hex(20)}"
        truth[text] = str(person.pk)
        receipt = cast(round_, person, {"s1": "agree"}, text)
        if number % 7 == 0:
            change_ballot(round_, receipt, answers_of({"s1": "disagree"}, [text]))
        assert text.encode() not in take_dump().everything()
        if number % empty_every == 0:
            empty_urn(round_.pk)
        if number % 10 == 0:
            dumps.append(take_dump())
    return [str(person.pk) for person in people], truth, dumps, round_


@pytest.mark.long
@pytest.mark.parametrize("empty_every", [10, 13, 1_000])
def test_no_order_says_who_added_which_statement(fatima: Person, empty_every: int) -> None:
    scores: dict[str, list[int]] = {}
    for _round in range(ROUNDS):
        voters, truth, dumps, round_ = added_by_forty(fatima, empty_every)
        close(round_)
        dumps.append(take_dump())
        rows = [row for row in dumps[-1].rows("polls_statement") if row["text"] in truth]
        # Fewer than a batch that came last would point at the last voters: they are not kept.
        last = VOTERS % empty_every
        assert len(rows) == (VOTERS if last >= round_.batch else VOTERS - last)
        for name, pairs in guesses(rows, voters):
            scores.setdefault(name, []).append(hits(pairs, truth, "text"))
        batches = [voters[at : at + 10] for at in range(0, VOTERS, 10)] + [[]]
        for name, pairs in guesses_between(dumps, "polls_statement", "text", batches):
            scores.setdefault(name, []).append(hits(pairs, truth, "text"))
    assert len(scores) > 15
    best = {name: sum(found) / ROUNDS for name, found in scores.items()}
    assert {name: mean for name, mean in best.items() if mean > AT_MOST} == {}


def test_a_statement_comes_with_those_of_a_batch_never_alone(fatima: Person) -> None:
    people = make_people(25)
    round_ = make_open_round(fatima)
    before = 0
    for number, person in enumerate(people, start=1):
        cast(round_, person, {"s1": "agree"}, f"Dit is stelling met nummer {number}")
        empty_urn(round_.pk)
        now = Statement.objects.filter(consultation=round_, is_seed=False).count()
        assert now == before or now - before >= 10
        before = now
    assert before == 20


def test_a_change_alone_never_brings_a_statement_out(fatima: Person) -> None:
    """Whoever holds some receipts cannot drive one colleague's statement out of the urn."""
    people = make_people(12)
    round_ = make_open_round(fatima)
    receipts = [cast(round_, person, {"s1": "agree"}) for person in people[:10]]
    empty_urn(round_.pk)
    for receipt in receipts[1:]:
        change_ballot(round_, receipt, answers_of({"s1": "pass"}))
    change_ballot(round_, receipts[0], answers_of({"s1": "agree"}, ["Dit kwam later bij mij op"]))
    assert empty_urn(round_.pk) == 0
    assert not Statement.objects.filter(is_seed=False).exists()


def told_by(dump: Dump, people: list[Person], consultation: Consultation) -> Counter[str]:
    """Everything in a dump of a running round that could depend on what was voted: every value of
    every row but those drawn by chance, sealed or made by the clock, with people and round by their
    place in the test, so that two rounds can be held side by side."""
    places = {person.pk: f"person {at}" for at, person in enumerate(people)}
    told: Counter[str] = Counter()
    for table in ("urnentry", "ballot", "elector", "statement", "statementround", "opinionmap"):
        for row in dump.rows(f"polls_{table}"):
            if row.get("consultation_id") == consultation.pk:
                told[f"{table}: {sorted(_plain(row, places).items())}"] += 1
    for table in ("tally", "turnout", "release", "openanswer", "electormailing"):
        told[table] = sum(
            row["consultation_id"] == consultation.pk for row in dump.rows(f"polls_{table}")
        )
    return told


def _plain(row: Row, places: dict[int, str]) -> dict[str, Any]:
    drawn = {"id", "key", "lookup", "consultation_id", "code_hash", "questionnaire_id"}
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name.startswith("sys_") or name in drawn:
            continue
        if name == "person_id":
            value = places.get(value, "nobody")
        found[name] = len(value) if isinstance(value, bytes) else value
    return found


def test_the_running_database_is_the_same_whatever_is_voted(fatima: Person) -> None:
    """Two rounds, the same people in the same order, opposite votes and other numbers of them:
    neither the urn, nor the statements with what routes them, nor anything else differs."""
    people = make_people(33)

    def played(votes: Votes) -> list[Counter[str]]:
        round_ = make_open_round(fatima)
        found = []
        for number, person in enumerate(people, start=1):
            receipt = cast(round_, person, votes)
            if number % 5 == 0:
                change_ballot(round_, receipt, answers_of(dict(reversed(votes.items()))))
            if number % 11 == 0:
                empty_urn(round_.pk)
                found.append(told_by(take_dump(), people, round_))
        return found

    one = played({f"s{n}": "agree" for n in range(1, 7)})
    other = played({"s4": "disagree"})
    assert one == other
    assert sum(one[-1].values()) > 60


@pytest.mark.long
def test_after_the_closing_nothing_has_a_row_a_voter(fatima: Person) -> None:
    """Twice the voters make no more rows, and a map of groups, not of people."""
    ballots, codes, _camps = conversation((20, 20), 10)
    kept = []
    for times in (1, 2):
        people = make_people(40 * times)
        round_ = make_open_round(fatima, *(f"Stelling nummer {code}" for code in codes))
        everyone = ballots * times
        for person, votes in zip(people, everyone, strict=True):
            cast(round_, person, votes)
        empty_urn(round_.pk)
        close(round_)
        dump = take_dump()
        mine: dict[str, list[Row]] = {
            table: [row for row in rows if row.get("consultation_id") == round_.pk]
            for table, rows in dump.tables.items()
            if table.startswith("polls_") and table != "polls_elector"
        }
        assert mine["polls_urnentry"] == mine["polls_ballot"] == []
        (found,) = mine["polls_opinionmap"]
        assert len(str(found["payload"])) < 4_000
        kept.append({table: len(rows) for table, rows in mine.items() if table != "polls_tally"})
        assert len(mine["polls_tally"]) <= len(codes) * 4 * 4
    assert kept[0] == kept[1]


def test_two_who_swap_their_groups_leave_the_same_map(fatima: Person) -> None:
    """The map is one of groups: which person is where in it makes no difference."""
    ballots, codes, camps = conversation((20, 20), 10)
    one, other = camps.index(0), camps.index(1)
    swapped = list(ballots)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    people = make_people(40)
    maps = []
    for votes_of_all in (ballots, swapped):
        round_ = make_open_round(fatima, *(f"Stelling nummer {code}" for code in codes))
        for person, votes in zip(people, votes_of_all, strict=True):
            cast(round_, person, votes)
        close(round_)
        found = OpinionMap.objects.get(consultation=round_).payload
        for group in found["groups"]:
            del group["stands_for"]  # leaves out what protection hid, which chance has drawn
        maps.append(found)
    assert maps[0] == maps[1]


def test_the_attacker_finds_what_is_really_there(fatima: Person) -> None:
    """The comparison above sees a difference where there is one: a statement more."""
    people = make_people(12)
    round_, other = make_open_round(fatima), make_open_round(fatima, *SEEDS[:5])
    dump = take_dump()
    assert told_by(dump, people, round_) != told_by(dump, people, other)
