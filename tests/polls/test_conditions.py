"""Conditions: reading, writing and what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polls.questions.conditions import (
    ConditionError,
    Op,
    Test,
    condition_json,
    holds,
    parse_condition,
    rename,
)
from polls.questions.schema import Kind
from tests.polls.questionnaires import ask, conditions_on

EARLIER = [ask("q1", Kind.SINGLE), ask("q2", Kind.MULTIPLE), ask("q3", Kind.SCALE)]


@given(conditions_on(EARLIER))
def test_a_condition_survives_being_stored(condition: object) -> None:
    assert parse_condition(condition_json(condition)) == condition  # type: ignore[arg-type]


@pytest.mark.parametrize("stored", [None, {}, "", {"all": []}, {"any": [{}]}])
def test_nothing_means_always(stored: object) -> None:
    assert parse_condition(stored) is None


@pytest.mark.parametrize(
    "stored",
    [
        "yes",
        ["q1"],
        {"all": "q1"},
        {"question": 1, "op": "is"},
        {"question": "q1", "op": "resembles", "value": "c1"},
        {"question": "q1", "op": "is", "value": ["c1"]},
        {"question": "q1", "op": "is", "value": True},
        {"all": [{"question": "q1", "op": "answered"}] * 51},
        {"all": [{"all": [{"all": [{"all": [{"all": [{"all": [{}]}]}]}]}]}]},
    ],
)
def test_what_is_no_condition_is_refused(stored: object) -> None:
    with pytest.raises(ConditionError):
        parse_condition(stored)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (Test("single", Op.IS, "c1"), True),
        (Test("single", Op.IS, "c2"), False),
        (Test("single", Op.IS_NOT, "c2"), True),
        (Test("single", Op.IS_NOT, "c1"), False),
        (Test("several", Op.INCLUDES, "c2"), True),
        (Test("several", Op.INCLUDES, "c3"), False),
        (Test("several", Op.IS_NOT, "c2"), False),
        (Test("several", Op.AT_LEAST, 2), True),
        (Test("several", Op.AT_LEAST, 3), False),
        (Test("scale", Op.AT_LEAST, 4), True),
        (Test("scale", Op.AT_LEAST, 5), False),
        (Test("scale", Op.AT_MOST, 4), True),
        (Test("scale", Op.IS, 4), True),
        (Test("day", Op.AT_LEAST, "2026-01-01"), True),
        (Test("day", Op.AT_MOST, "2026-01-01"), False),
        (Test("rows.r1", Op.IS, "c1"), True),
        (Test("rows.r2", Op.ANSWERED), False),
        (Test("rows", Op.ANSWERED), True),
        (Test("nothing", Op.IS, "c1"), False),
        (Test("nothing", Op.IS_NOT, "c1"), True),
        (Test("nothing", Op.AT_MOST, 3), False),
        (Test("nothing", Op.ANSWERED), False),
    ],
)
def test_what_a_comparison_means(test: Test, expected: bool) -> None:
    answers = {
        "single": "c1",
        "several": ["c1", "c2"],
        "scale": 4,
        "day": "2026-12-01",
        "rows": {"r1": "c1"},
    }
    assert holds(test, answers) is expected  # type: ignore[arg-type]


@given(conditions_on(EARLIER), st.dictionaries(st.sampled_from(["q1"]), st.just("c1")))
def test_renaming_keeps_the_meaning(condition: object, answers: dict[str, str]) -> None:
    renamed = rename(condition, {"q1": "x1", "q2": "x2", "q3": "x3"})  # type: ignore[arg-type]
    moved = {f"x{code[1:]}": answer for code, answer in answers.items()}
    assert holds(renamed, moved) == holds(condition, answers)  # type: ignore[arg-type]
