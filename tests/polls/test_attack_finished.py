"""The attack on a finished consultation: its dump says no better than chance who wrote what."""

from __future__ import annotations

import secrets

import pytest

from people.models import Person
from polls.actions.casting import change_ballot
from polls.actions.emptying import empty_urn
from polls.models import Consultation
from tests.polls.attacker import Dump, guesses, guesses_between, hits, take_dump
from tests.polls.ballots import close, make_open, make_people, vote

pytestmark = pytest.mark.django_db(transaction=True)

VOTERS = 40
ROUNDS = 3
AT_MOST = 8.0
"""Chance gives one right guess a round on average, whatever the number of voters. A mean of eight
over three rounds comes by chance once in ten million times; a way in gives up to forty."""


def play(
    by: Person, *, empty_every: int
) -> tuple[Consultation, list[str], dict[str, str], list[Dump]]:
    """Forty colleagues answer one after the other, each with a text of their own; a dump is taken
    after each ten and at the end. Gives the voters in order, and who wrote which text."""
    people = make_people(VOTERS)
    secrets.SystemRandom().shuffle(people)
    consultation = make_open(by, "single", "long_text", "short_text")
    dumps = [take_dump()]
    truth: dict[str, str] = {}
    for number, person in enumerate(people, start=1):
        text = secrets.token_hex(20)
        truth[text] = str(person.pk)
        receipt = vote(consultation, person, {"q1": "c1", "q2": text})
        if number % 7 == 0:
            change_ballot(consultation, receipt, {"q1": "c2", "q2": text})
        if number % empty_every == 0:
            empty_urn(consultation.pk)
        if number % 10 == 0:
            dumps.append(take_dump())
    close(consultation)
    dumps.append(take_dump())
    return consultation, [str(person.pk) for person in people], truth, dumps


@pytest.mark.parametrize("empty_every", [10, 13, 1_000])
def test_no_order_in_the_dump_is_the_order_of_voting(fatima: Person, empty_every: int) -> None:
    scores: dict[str, list[int]] = {}
    for _round in range(ROUNDS):
        _consultation, voters, truth, dumps = play(fatima, empty_every=empty_every)
        rows = [row for row in dumps[-1].rows("polls_openanswer") if row["text"] in truth]
        assert len(rows) == VOTERS
        for name, pairs in guesses(rows, voters):
            scores.setdefault(name, []).append(hits(pairs, truth, "text"))
        batches = [voters[at : at + 10] for at in range(0, VOTERS, 10)] + [[]]
        for name, pairs in guesses_between(dumps, "polls_openanswer", "text", batches):
            scores.setdefault(name, []).append(hits(pairs, truth, "text"))
    assert len(scores) > 15
    best = {name: sum(found) / ROUNDS for name, found in scores.items()}
    assert {name: mean for name, mean in best.items() if mean > AT_MOST} == {}


def test_texts_of_one_person_do_not_stand_together(fatima: Person) -> None:
    """Two open questions: which text to the one belongs with which to the other is a guess."""
    people = make_people(VOTERS)
    scores: dict[str, list[int]] = {}
    for _round in range(ROUNDS):
        consultation = make_open(fatima, "short_text", "long_text")
        truth: dict[str, str] = {}
        for person in people:
            first, second = secrets.token_hex(20), secrets.token_hex(20)
            truth[second] = first
            vote(consultation, person, {"q1": first, "q2": second})
        close(consultation)
        rows = [
            row
            for row in take_dump().rows("polls_openanswer")
            if row["consultation_id"] == consultation.pk
        ]
        for order in ("as they lie", *(f"by ('{column}',)" for column in rows[0])):
            ranked = dict(guesses(rows, [""] * len(rows)))[order]
            firsts = [row["text"] for row, _v in ranked if row["question"] == "q1"]
            seconds = [row for row, _v in ranked if row["question"] == "q2"]
            found = hits(zip(seconds, firsts, strict=True), truth, "text")
            scores.setdefault(order, []).append(found)
    best = {name: sum(found) / ROUNDS for name, found in scores.items()}
    assert {name: mean for name, mean in best.items() if mean > AT_MOST} == {}


def test_after_closing_no_ballot_is_left_to_attack(fatima: Person) -> None:
    consultation, _voters, _truth, dumps = play(fatima, empty_every=10)
    assert dumps[-1].rows("polls_urnentry") == []
    assert dumps[-1].rows("polls_ballot") == []
    counted = {
        (row["item"], row["cell"]): row["count"]
        for row in dumps[-1].rows("polls_tally")
        if row["consultation_id"] == consultation.pk
    }
    assert counted["q1", "*"] == VOTERS
    assert counted["q1", "c2"] == VOTERS // 7


def test_a_small_unit_is_named_beside_no_answer(fatima: Person) -> None:
    """Three colleagues of Keuken among thirty of Verpleging; ballots carry their unit."""
    people = [*make_people(30, "Verpleging"), *make_people(3, "Keuken")]
    consultation = make_open(fatima, "single", "long_text", breakdown="unit")
    dumps = []
    for person in people:
        vote(consultation, person, {"q1": "c1", "q2": secrets.token_hex(9)})
    dumps.append(take_dump())
    empty_urn(consultation.pk)
    dumps.append(take_dump())
    close(consultation)
    dumps.append(take_dump())
    for dump in dumps:
        for table in ("urnentry", "ballot", "openanswer", "tally", "turnout", "release"):
            for row in dump.rows(f"polls_{table}"):
                assert "Keuken" not in [value for value in row.values() if isinstance(value, str)]
                assert not any(isinstance(v, bytes) and b"Keuken" in v for v in row.values())


def test_the_dump_is_whole(fatima: Person) -> None:
    """What the attacker is given is really all there is: a name planted anywhere is found."""
    make_people(5)
    make_open(fatima, "single")
    dump = take_dump()
    assert fatima.family_name.encode() in dump.everything()
    assert {"polls_elector", "polls_urnentry", "people_person", "people_act"} <= set(dump.tables)
