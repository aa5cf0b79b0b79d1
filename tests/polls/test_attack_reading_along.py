"""The attack on answers read along: neither texts nor marks of agreement lead to a person."""

from __future__ import annotations

import secrets
from collections import Counter

import pytest

from people.models import Person
from polls.actions.casting import change_ballot, withdraw_ballot
from polls.actions.emptying import empty_urn
from polls.actions.sharing import agree
from polls.models import OpenAnswer, Review
from tests.polls.attacker import Dump, guesses, guesses_between, hits, take_dump
from tests.polls.ballots import close, make_open_to_read, make_people, vote

pytestmark = pytest.mark.django_db(transaction=True)

VOTERS = 40
ROUNDS = 3
AT_MOST = 8.0
"""As in the attack on a finished consultation: chance gives one right guess a round."""


@pytest.mark.long
@pytest.mark.parametrize("empty_every", [10, 13])
def test_no_order_says_who_wrote_what(fatima: Person, empty_every: int) -> None:
    scores: dict[str, list[int]] = {}
    for _round in range(ROUNDS):
        people = make_people(VOTERS)
        secrets.SystemRandom().shuffle(people)
        voters = [str(person.pk) for person in people]
        consultation = make_open_to_read(fatima)
        truth: dict[str, str] = {}
        dumps: list[Dump] = [take_dump()]
        for number, person in enumerate(people, start=1):
            text = f"Dit is van mij: {secrets.token_hex(20)}"
            truth[text] = str(person.pk)
            receipt = vote(consultation, person, {"q1": text, "q1.share": True})
            if number % 7 == 0:
                change_ballot(consultation, receipt, {"q1": text, "q1.share": True})
            assert text.encode() not in take_dump().everything()
            if number % empty_every == 0:
                empty_urn(consultation.pk)
            if number % 10 == 0:
                dumps.append(take_dump())
        close(consultation)
        dumps.append(take_dump())
        rows = [row for row in dumps[-1].rows("polls_openanswer") if row["text"] in truth]
        assert len(rows) == VOTERS
        for name, pairs in guesses(rows, voters):
            scores.setdefault(name, []).append(hits(pairs, truth, "text"))
        batches = [voters[at : at + 10] for at in range(0, VOTERS, 10)] + [[]]
        for name, pairs in guesses_between(dumps, "polls_openanswer", "text", batches):
            scores.setdefault(name, []).append(hits(pairs, truth, "text"))
    best = {name: sum(found) / ROUNDS for name, found in scores.items()}
    assert {name: mean for name, mean in best.items() if mean > AT_MOST} == {}


def test_changing_or_withdrawing_moves_nothing_that_is_out(fatima: Person) -> None:
    """Who changed can be known: what colleagues read must not tell what they had written."""
    people = make_people(30)
    consultation = make_open_to_read(fatima)
    for person in people[20:]:
        vote(consultation, person, {"q1": f"Blijft {person.pk}", "q1.share": True})
    empty_urn(consultation.pk)
    receipts = [
        vote(consultation, person, {"q1": f"Van {person.pk}", "q1.share": True})
        for person in people[:10]
    ]
    empty_urn(consultation.pk)
    before = {row["id"]: row for row in take_dump().rows("polls_openanswer")}
    assert len(before) == 10
    change_ballot(consultation, receipts[0], {"q1": "Iets anders", "q1.share": True})
    withdraw_ballot(consultation, receipts[1])
    for person in people[10:20]:
        vote(consultation, person, {"q1": "Dit blijft bij de OR"})
    empty_urn(consultation.pk)
    assert {row["id"]: row for row in take_dump().rows("polls_openanswer")} == before
    close(consultation)
    after = {row["id"]: row for row in take_dump().rows("polls_openanswer")}
    assert {key: row for key, row in after.items() if key in before} == before
    assert "Iets anders" not in {row["text"] for row in after.values()}
    assert len(after) - len(before) == 20


def test_a_dump_tells_neither_whose_slip_it_is_nor_what_is_on_it(fatima: Person) -> None:
    """Two consultations, opposite marks and other numbers of them: the same dump but for sealed
    bytes of one length and lookups that follow from a key outside the database."""
    people = make_people(12)

    def played(most: int) -> tuple[Counter[str], set[str]]:
        consultation = make_open_to_read(fatima)
        rows = OpenAnswer.objects.bulk_create(
            OpenAnswer(
                consultation=consultation,
                question="q1",
                text=f"Nummer {number}",
                is_shared=True,
                review=Review.CLEARED,
            )
            for number in range(40)
        )
        keys = [row.pk for row in rows]
        for person in people:
            agree(consultation, person, keys[:most], keys)
        dump = take_dump()
        slips = [
            row for row in dump.rows("polls_agreeslip") if row["consultation_id"] == consultation.pk
        ]
        everything = dump.everything()
        for person in people:
            assert f"agree:{consultation.key}:{person.pk}".encode() not in everything
        sealed = {row["sealed"] for row in slips}
        assert len(sealed) == len(people)
        told = Counter(
            f"{sorted(row.keys())} {len(row['lookup'])} {len(row['sealed'])}" for row in slips
        )
        answers = [
            row
            for row in dump.rows("polls_openanswer")
            if row["consultation_id"] == consultation.pk
        ]
        told.update(f"{row['text']} {row['agreed']} {row['agreed_is_least']}" for row in answers)
        return told, {row["lookup"] for row in slips}

    one, lookups = played(1)
    other, others = played(40)
    assert one == other
    assert not lookups & others
