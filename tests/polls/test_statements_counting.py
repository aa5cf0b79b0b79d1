"""A round that closes: merged votes count once, groups are found, protected, and nobody is left."""

from __future__ import annotations

import pytest

from people.models import Person
from polls.actions.casting import change_ballot, read_ballot, withdraw_ballot
from polls.actions.emptying import empty_urn
from polls.actions.releasing import release_results
from polls.actions.retention import delete_answers
from polls.actions.statements import merge_statement, refuse_statement, show_statement
from polls.disclosure import disclose, released
from polls.models import (
    Ballot,
    OpinionMap,
    ReleaseAudience,
    Statement,
    StatementState,
    Tally,
    UrnEntry,
)
from polls.statements.shapes import OPINION, Telling
from polls.statements.voting import answers_of
from tests.polls.ballots import close, make_people
from tests.polls.rounds import SEEDS, cast, conversation, make_open_round, statement

pytestmark = pytest.mark.django_db


def test_a_round_is_counted_into_groups_and_consensus(fatima: Person) -> None:
    ballots, codes, _camps = conversation((24, 18), 24, shared=2, loyal=0.75)
    people = make_people(len(ballots))
    round_ = make_open_round(fatima, *(f"Stelling nummer {code}" for code in codes))
    for person, votes in zip(people, ballots, strict=True):
        cast(round_, person, votes)
    closed = close(round_)
    shown = disclose(closed, OPINION)
    assert shown.opinions is not None
    assert [group.size for group in shown.opinions.groups] == [24, 18]
    assert {each.code for each in shown.opinions.consensus} >= {"s23", "s24"}
    assert {each.side for each in shown.opinions.consensus if each.code in ("s23", "s24")} == {
        "agree"
    }
    assert shown.opinions.division
    assert not {"s23", "s24"} & set(shown.opinions.division)
    for group in shown.opinions.groups:
        assert group.stands_for
        assert group.ellipse is not None
    for question in shown.questions:
        assert question.n == sum(question.code in votes for votes in ballots)
    broken = [question for question in shown.questions if question.groups]
    assert len(broken) > 12
    assert [each.label for each in broken[0].groups] == ["Groep A", "Groep B"]


def test_votes_on_a_merged_statement_count_for_the_kept_one_once_a_person(fatima: Person) -> None:
    people = make_people(12)
    round_ = make_open_round(fatima)
    for number, person in enumerate(people):
        votes = {"s1": "agree"} if number < 4 else {"s2": "disagree"}
        if number < 2:
            votes["s2"] = "disagree"
        cast(round_, person, votes)
    merge_statement(statement(round_, "s2"), statement(round_, "s1"), fatima)
    close(round_)
    counts = {
        (row.item, row.cell): row.count
        for row in Tally.objects.filter(consultation=round_, attribute="")
    }
    assert counts["s1", "*"] == 12
    assert counts["s1", "agree"] == 4
    assert counts["s1", "disagree"] == 8
    assert not any(item == "s2" for item, _cell in counts)


def test_a_chain_of_mergings_ends_at_the_kept_one(fatima: Person) -> None:
    people = make_people(10)
    round_ = make_open_round(fatima)
    for person in people:
        cast(round_, person, {"s3": "pass"})
    merge_statement(statement(round_, "s3"), statement(round_, "s2"), fatima)
    merge_statement(statement(round_, "s2"), statement(round_, "s1"), fatima)
    close(round_)
    assert Tally.objects.get(consultation=round_, item="s1", cell="pass").count == 10


def test_votes_on_a_statement_that_was_taken_away_do_not_count(fatima: Person) -> None:
    people = make_people(10)
    round_ = make_open_round(fatima)
    for person in people:
        cast(round_, person, {"s1": "agree", "s2": "agree"})
    refuse_statement(statement(round_, "s2"), "Dit ging over een persoon.", fatima)
    close(round_)
    assert not Tally.objects.filter(consultation=round_, item="s2").exists()
    assert OpinionMap.objects.get(consultation=round_).payload["refused"] == 0  # the council's own


def test_an_added_statement_waits_for_the_council_and_its_writer_agrees_with_it(
    fatima: Person,
) -> None:
    people = make_people(12)
    round_ = make_open_round(fatima)
    receipts = [cast(round_, people[0], {"s1": "agree"}, "De kantine moet langer open")]
    assert not Statement.objects.filter(consultation=round_, is_seed=False).exists()
    receipts += [cast(round_, person, {"s1": "agree"}) for person in people[1:]]
    assert empty_urn(round_.pk) == 12
    added = Statement.objects.get(consultation=round_, is_seed=False)
    assert (added.text, added.state, added.code) == (
        "De kantine moet langer open",
        StatementState.WAITING,
        "s7",
    )
    own = read_ballot(round_, receipts[0])
    assert own is not None
    assert own.answers == {"s1": "agree", "s7": "agree", "put": 1}
    show_statement(added, "De kantine moet later dicht", fatima)
    for receipt in receipts[1:6]:
        change_ballot(round_, receipt, {"s1": "agree", "s7": "disagree"})
    close(round_)
    counted = Tally.objects.filter(consultation=round_, item="s7", attribute="")
    assert dict(counted.values_list("cell", "count")) == {"*": 6, "agree": 1, "disagree": 5}


def test_the_same_words_added_twice_become_one_statement(fatima: Person) -> None:
    people = make_people(10)
    round_ = make_open_round(fatima)
    for person in people[:2]:
        cast(round_, person, {}, "De kantine moet langer open.")
    cast(round_, people[2], {"s2": "pass"}, SEEDS[0].upper())
    for person in people[3:]:
        cast(round_, person, {"s1": "agree"})
    empty_urn(round_.pk)
    assert Statement.objects.filter(consultation=round_, is_seed=False).count() == 1
    close(round_)
    assert Tally.objects.get(consultation=round_, item="s1", cell="agree").count == 8


def test_what_is_withdrawn_before_the_urn_is_emptied_adds_nothing(fatima: Person) -> None:
    people = make_people(10)
    round_ = make_open_round(fatima)
    receipt = cast(round_, people[0], {}, "Ik trek dit zo weer in")
    withdraw_ballot(round_, receipt)
    for person in people[1:]:
        cast(round_, person, {"s1": "agree"})
    empty_urn(round_.pk)
    assert not Statement.objects.filter(consultation=round_, is_seed=False).exists()


def test_what_was_added_too_late_to_be_voted_on_is_kept_for_the_council(fatima: Person) -> None:
    people = make_people(10)
    round_ = make_open_round(fatima)
    cast(round_, people[0], {}, "Te laat, maar wel waar")
    for person in people[1:]:
        cast(round_, person, {"s1": "agree"})
    close(round_)
    late = Statement.objects.get(consultation=round_, is_seed=False)
    assert (late.text, late.state) == ("Te laat, maar wel waar", StatementState.WAITING)
    assert OpinionMap.objects.get(consultation=round_).payload["late"] == 1


def test_what_came_last_with_too_few_others_is_not_kept(fatima: Person) -> None:
    """A dump before and after the closing would show whose it is."""
    people = make_people(11)
    round_ = make_open_round(fatima)
    for person in people[:10]:
        cast(round_, person, {"s1": "agree"})
    empty_urn(round_.pk)
    cast(round_, people[10], {"s1": "agree"}, "Dit is van de laatste")
    close(round_)
    assert not Statement.objects.filter(consultation=round_, is_seed=False).exists()
    assert OpinionMap.objects.get(consultation=round_).payload["late"] == 0


def test_below_the_threshold_nothing_is_kept(fatima: Person) -> None:
    people = make_people(4)
    round_ = make_open_round(fatima)
    for person in people:
        cast(round_, person, {"s1": "agree"}, "Dit mag niet blijven")
    close(round_)
    assert not Tally.objects.filter(consultation=round_).exists()
    assert not OpinionMap.objects.filter(consultation=round_).exists()
    assert not Statement.objects.filter(consultation=round_, is_seed=False).exists()


def test_after_the_closing_no_ballot_is_left(fatima: Person) -> None:
    people = make_people(20)
    round_ = make_open_round(fatima)
    for person in people:
        cast(round_, person, {"s1": "agree", "s2": "disagree"})
    empty_urn(round_.pk)
    close(round_)
    assert not UrnEntry.objects.filter(consultation=round_).exists()
    assert not Ballot.objects.filter(consultation=round_).exists()


def test_a_release_freezes_the_groups_with_their_figures(fatima: Person, joris: Person) -> None:
    ballots, codes, _camps = conversation((20, 20), 10)
    people = make_people(len(ballots))
    round_ = make_open_round(fatima, *(f"Stelling nummer {code}" for code in codes))
    for person, votes in zip(people, ballots, strict=True):
        cast(round_, person, votes)
    closed = close(round_)
    before = disclose(closed)
    release = release_results(closed, ReleaseAudience.STAFF, joris)
    OpinionMap.objects.all().delete()
    again = released(release, OPINION)
    assert again.opinions == before.opinions
    assert again.by == OPINION
    assert again.questions[0].groups


def test_statements_that_are_no_result_go_with_the_single_answers(fatima: Person) -> None:
    people = make_people(12)
    round_ = make_open_round(fatima)
    cast(round_, people[0], {}, "Deze wordt geweigerd")
    for person in people[1:]:
        cast(round_, person, {"s1": "agree"})
    empty_urn(round_.pk)
    refuse_statement(statement(round_, "s7"), "Over een persoon.", fatima)
    closed = close(round_)
    delete_answers(closed, closed.closed_on)  # type: ignore[arg-type]
    assert set(Statement.objects.values_list("state", flat=True)) == {"shown"}


def test_consensus_is_told_without_groups_too(fatima: Person) -> None:
    """Twelve voters are too few to part; what they agree on is told all the same."""
    people = make_people(12)
    round_ = make_open_round(fatima)
    for number, person in enumerate(people):
        cast(round_, person, {"s1": "agree", "s2": "agree" if number % 2 else "disagree"})
    shown = disclose(close(round_))
    assert shown.opinions is not None
    assert shown.opinions.groups == ()
    assert shown.opinions.consensus == (Telling("s1", "agree"),)
    assert shown.opinions.division == ("s2",)
    assert shown.breakdowns == ()


def test_a_changed_ballot_counts_as_it_was_last(fatima: Person) -> None:
    people = make_people(10)
    round_ = make_open_round(fatima)
    receipt = cast(round_, people[0], {"s1": "agree"})
    for person in people[1:]:
        cast(round_, person, {"s1": "agree"})
    empty_urn(round_.pk)
    change_ballot(round_, receipt, answers_of({"s1": "disagree"}))
    close(round_)
    rows = Tally.objects.filter(consultation=round_, item="s1")
    assert dict(rows.values_list("cell", "count")) == {"*": 10, "agree": 9, "disagree": 1}
