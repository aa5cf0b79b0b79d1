"""Known camps are found and noise is not; the figures by hand; the order gives everyone votes."""

from __future__ import annotations

import csv
import math
from collections import Counter
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from polls.receipts import new_receipt
from polls.statements.grouping import Votes, find_groups
from polls.statements.likeness import alike, likeness, same
from polls.statements.ordering import OnOffer, in_order, next_of
from polls.statements.shapes import Telling
from polls.statements.telling import (
    Voted,
    consensus,
    consensus_of,
    division,
    pulling,
    telling,
    z_of_difference,
    z_of_share,
)
from polls.statements.voting import merged_votes, packed, unpacked
from tests.polls.rounds import conversation


def rand_index(left: list[int], right: list[str]) -> float:
    """The adjusted Rand index, from its definition: 1 is the same division, 0 is chance."""
    pairs = Counter(zip(left, right, strict=True))

    def two(counts: Counter[object]) -> int:
        return sum(math.comb(n, 2) for n in counts.values())

    both, one, other = two(Counter(pairs)), two(Counter(left)), two(Counter(right))
    chance = one * other / math.comb(len(left), 2)
    return (both - chance) / ((one + other) / 2 - chance)


@pytest.mark.parametrize(
    ("sizes", "answered"),
    [
        ((60, 40), 0.4),
        ((60, 40), 0.9),
        ((50, 40, 30), 0.4),
        ((50, 40, 30), 0.9),
        ((80, 15), 0.4),
        ((40, 35, 30, 25), 0.9),
    ],
)
def test_known_camps_are_found(sizes: tuple[int, ...], answered: float) -> None:
    ballots, codes, camps = conversation(sizes, 40, answered=answered, loyal=0.85)
    found = find_groups(ballots, codes, 10)
    placed = [(c, label) for c, label in zip(camps, found.labels, strict=True) if label]
    assert len(placed) == len(ballots)
    assert rand_index([c for c, _l in placed], [label for _c, label in placed]) > 0.9
    assert sorted(Counter(found.labels).values()) == sorted(sizes)


def test_a_statement_that_comes_late_leaves_nobody_out_who_voted_before() -> None:
    ballots, codes, _camps = conversation((20, 20), 6, answered=1.0, opposed=True)
    ballots[0]["s7"] = "agree"
    assert all(find_groups(ballots, [*codes, "s7"], 10).labels)


def test_noise_is_not_two_camps() -> None:
    for seed in range(10):
        luck = Random(seed)
        codes = [f"s{n}" for n in range(12)]
        ballots: list[Votes] = [
            {code: luck.choice(("agree", "disagree", "pass")) for code in codes} for _p in range(60)
        ]
        assert not any(find_groups(ballots, codes, 10).labels)


def test_those_who_all_think_alike_are_not_parted() -> None:
    codes = [f"s{n}" for n in range(12)]
    ballots: list[Votes] = [dict.fromkeys(codes, "agree") for _p in range(60)]
    assert not any(find_groups(ballots, codes, 10).labels)


@pytest.mark.parametrize(
    ("sizes", "statements", "seed"),
    [((14, 14, 14, 14), 5, 13), ((20, 15, 12, 10), 6, 8), ((14, 14, 14, 14), 6, 10)],
)
def test_who_votes_alike_to_the_letter_is_never_parted(
    sizes: tuple[int, ...], statements: int, seed: int
) -> None:
    ballots, codes, _camps = conversation(sizes, statements, seed=seed, answered=1.0, loyal=1.0)
    labels = find_groups(ballots, codes, 10).labels  # a warning of the library is an error here
    alike: dict[tuple[tuple[str, str], ...], set[str]] = {}
    for ballot, label in zip(ballots, labels, strict=True):
        alike.setdefault(tuple(sorted(ballot.items())), set()).add(label)
    assert all(len(found) == 1 for found in alike.values())


def test_the_same_votes_give_the_same_groups_in_whatever_order_they_come() -> None:
    ballots, codes, _camps = conversation((50, 40, 30), 30, answered=0.6)
    first = find_groups(ballots, codes, 10)
    order = list(range(len(ballots)))
    for seed in range(3):
        Random(seed).shuffle(order)
        again = find_groups([ballots[at] for at in order], codes, 10)
        assert again.labels == [first.labels[at] for at in order]
        assert again.ellipses == first.ellipses


@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=5),
    st.integers(1, 20),
    st.floats(0.05, 1.0),
    st.integers(0, 10_000),
    st.sampled_from([5, 10, 15]),
)
@settings(max_examples=60, deadline=None)
def test_no_group_is_below_the_threshold_nor_what_is_left(
    sizes: list[int], statements: int, answered: float, seed: int, least: int
) -> None:
    ballots, codes, _camps = conversation(tuple(sizes), statements, answered=answered, seed=seed)
    found = find_groups(ballots, codes, least)
    voted = Counter(
        label for label, votes in zip(found.labels, ballots, strict=True) if votes or label
    )
    if any(found.labels):
        assert all(size >= least for label, size in voted.items() if label)
        assert len([label for label in voted if label]) >= 2
        assert voted[""] == 0 or voted[""] >= least
    assert set(found.ellipses) == {label for label in found.labels if label}


def test_the_z_scores_by_hand() -> None:
    assert z_of_share(9, 10) == pytest.approx(2 * math.sqrt(11) * (10 / 11 - 0.5))
    assert z_of_share(5, 11) == pytest.approx(0)
    pooled = (9 + 3) / (11 + 21)
    by_hand = (9 / 11 - 3 / 21) / math.sqrt(pooled * (1 - pooled) * (1 / 11 + 1 / 21))
    assert z_of_difference(8, 10, 2, 20) == pytest.approx(by_hand)
    assert z_of_difference(5, 5, 5, 5) == 0


def test_a_group_stands_for_what_sets_it_apart_and_not_for_what_all_think() -> None:
    table = {
        "A": {"s1": Voted(20, 0, 20), "s2": Voted(19, 1, 20), "s3": Voted(2, 17, 20)},
        "B": {"s1": Voted(20, 0, 20), "s2": Voted(2, 18, 20), "s3": Voted(10, 9, 20)},
    }
    assert set(telling(table, "A")) == {Telling("s2", "agree"), Telling("s3", "disagree")}
    assert telling(table, "B")[0] == Telling("s2", "disagree")


def test_consensus_minds_the_small_group() -> None:
    """Ninety of a hundred agree with both; only of the second does the small group too."""
    table = {
        "A": {"s1": Voted(88, 0, 88), "s2": Voted(80, 8, 88)},
        "B": {"s1": Voted(2, 10, 12), "s2": Voted(10, 2, 12)},
    }
    whole = {"s1": Voted(90, 10, 100), "s2": Voted(90, 10, 100)}
    assert consensus(whole, table) == [Telling("s2", "agree")]
    assert consensus_of(table, "s2", "agree") == pytest.approx((81 / 90) * (11 / 14))
    assert division(whole, table) == ["s1"]


def test_what_all_reject_is_consensus_too() -> None:
    whole = {"s1": Voted(1, 30, 32)}
    assert consensus(whole, {}) == [Telling("s1", "disagree")]


def test_the_ends_of_the_map_are_named() -> None:
    low, high = pulling({"s1": 0.9, "s2": -0.4, "s3": 0.1})
    assert low == (Telling("s2", "agree"),)
    assert high[0] == Telling("s1", "agree")
    low, high = pulling({"s1": 0.9, "s2": 0.4})
    assert low == (Telling("s1", "disagree"), Telling("s2", "disagree"))


def test_every_statement_gets_votes_those_that_come_late_too() -> None:
    """Sixty statements, twenty of them halfway; 300 voters who stop after fifteen."""
    votes: Counter[str] = Counter()
    begun = {f"s{n}": 0 for n in range(1, 41)}
    for voter in range(300):
        if voter == 150:
            begun |= {f"s{n}": 150 for n in range(41, 61)}
        offers = [OnOffer(code, voter - since) for code, since in begun.items()]
        votes.update(in_order(offers, new_receipt())[:15])
    mean = 300 * 15 / 60
    late = [votes[f"s{n}"] for n in range(41, 61)]
    assert min(votes[code] for code in begun) > mean / 2
    assert sum(late) / len(late) > mean * 0.6


def test_the_order_of_one_is_not_the_order_of_another_and_asks_nothing_twice() -> None:
    offers = [OnOffer(f"s{n}") for n in range(30)]
    one, two = in_order(offers, "A" * 20), in_order(offers, "B" * 20)
    assert sorted(one) == sorted(two) != one
    assert one != two
    assert one == in_order(reversed(offers), "A" * 20)
    assert next_of(one, set(one[:3])) == one[3]
    assert next_of(one, set(one)) == ""


def test_nearly_the_same_is_found_and_the_opposite_is_told_apart() -> None:
    texts = {
        "s1": "Wie nachten draait, verdient een hogere toeslag",
        "s2": "Ruilen moet kunnen zonder toestemming",
        "s3": "De kantine moet langer open",
    }
    assert alike("Een hogere toeslag voor wie nachten draait", texts) == ["s1"]
    assert alike("de kantine langer open!", texts) == ["s3"]
    assert alike("Parkeren moet gratis blijven", texts) == []
    assert same("De  kantine moet langer open.", texts["s3"])
    assert likeness("Ruilen moet kunnen", "Ruilen moet niet kunnen") < likeness(
        "Ruilen moet kunnen", "Ruilen moet echt kunnen"
    )


@given(
    st.dictionaries(
        st.integers(1, 300).map(lambda n: f"s{n}"), st.sampled_from(["agree", "disagree", "pass"])
    )
)
def test_votes_in_a_form_come_back_as_they_were(votes: Votes) -> None:
    assert unpacked(packed(votes), votes) == votes
    assert unpacked(packed(votes) + ".s1z.x.", ()) == {}


@given(
    st.dictionaries(st.sampled_from(["s1", "s2", "s3", "s4"]), st.sampled_from(["agree", "pass"])),
    st.dictionaries(
        st.sampled_from(["s2", "s3", "s4"]), st.sampled_from(["s1", "s2", "s3", "s4"]), max_size=3
    ),
)
def test_merging_never_gives_a_person_two_votes_nor_takes_their_own(
    votes: Votes, merged: dict[str, str]
) -> None:
    counted = [code for code in ("s1", "s2", "s3", "s4") if code not in merged]
    found = merged_votes(votes, merged, counted)
    assert set(found) <= set(counted)
    assert all(found[code] == votes[code] for code in counted if code in votes)


def test_the_check_against_a_published_conversation_reads_its_format(tmp_path: Path) -> None:
    """On a made-up conversation in that format; the published one is not part of the portal."""
    ballots, codes, camps = conversation((40, 30), 30)
    numbers = [str(at) for at, _code in enumerate(codes)]
    sign = {"agree": "1", "disagree": "-1", "pass": "0"}
    with (tmp_path / "participants-votes.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["participant", "group-id", *numbers])
        for at, (votes, camp) in enumerate(zip(ballots, camps, strict=True)):
            cells = [sign.get(votes.get(code, ""), "") for code in codes]
            writer.writerow([at, camp, *cells])
    with (tmp_path / "comments.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["comment-id", "moderated", "comment-body"])
        writer.writerows([number, "1", "x"] for number in numbers)
    told = StringIO()
    call_command("compare_groups", str(tmp_path), stdout=told)
    assert "70 voters, 30 statements" in told.getvalue()
    assert "ours: A 40, B 30, adjusted Rand index 1.00, 10 of the 10" in told.getvalue()
