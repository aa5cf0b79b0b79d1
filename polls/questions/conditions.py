"""Conditions: show this if that was answered so. Stored as JSON, evaluated here and in the browser.

A condition is ``{"question": "q1", "op": "is", "value": "c2"}``, or conditions joined by
``{"all": [...]}`` or ``{"any": [...]}``. A row of a matrix is named ``q4.r1``. The same semantics
live in ``static/js/polls-branching.js``; a browser test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from polls.questions.schema import Answer

MAX_DEPTH = 5
MAX_PARTS = 50


class Op(StrEnum):
    """How an answer is held against a value. The values are stored."""

    IS = "is"
    IS_NOT = "is_not"
    INCLUDES = "includes"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"


Value: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class Test:
    """One question held against one value."""

    question: str
    op: Op
    value: Value = None

    # pytest collects classes by this name.
    __test__ = False


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Test | All | Any


class ConditionError(ValueError):
    """What is stored is no condition."""


def parse_condition(stored: object) -> Condition | None:
    """Read a stored condition; None, ``{}`` and joins of nothing mean: always.

    Raises ``ConditionError`` where it is something else.
    """
    if stored in (None, {}, "", []):
        return None
    return _parse(stored, 0)


def _parse(stored: object, depth: int) -> Condition | None:
    if not isinstance(stored, Mapping) or depth > MAX_DEPTH:
        raise ConditionError("not a condition")
    if not stored:
        return None
    for word, join in (("all", All), ("any", Any)):
        if word in stored:
            parts = stored[word]
            if not isinstance(parts, list) or len(parts) > MAX_PARTS:
                raise ConditionError(f"{word} needs a list")
            read = tuple(part for part in (_parse(item, depth + 1) for item in parts) if part)
            return (read[0] if len(read) == 1 else join(read)) if read else None
    question, op, value = stored.get("question"), stored.get("op"), stored.get("value")
    if not isinstance(question, str) or not question:
        raise ConditionError("a condition names a question")
    try:
        known = Op(str(op))
    except ValueError:
        raise ConditionError(f"unknown comparison: {op}") from None
    if isinstance(value, bool) or not isinstance(value, str | int | float | None):
        raise ConditionError("a value is a text or a number")
    return Test(question, known, None if known is Op.ANSWERED else value)


def condition_json(condition: Condition | None) -> dict[str, object]:
    """The other way round; ``{}`` for always."""
    if condition is None:
        return {}
    if isinstance(condition, Test):
        stored: dict[str, object] = {"question": condition.question, "op": condition.op.value}
        if condition.op is not Op.ANSWERED:
            stored["value"] = condition.value
        return stored
    word = "all" if isinstance(condition, All) else "any"
    return {word: [condition_json(part) for part in condition.parts]}


def tests_in(condition: Condition | None) -> Iterator[Test]:
    """Every single test a condition is made of."""
    if isinstance(condition, Test):
        yield condition
    elif condition is not None:
        for part in condition.parts:
            yield from tests_in(part)


def rename(condition: Condition, codes: Mapping[str, str]) -> Condition:
    """The same condition about questions under other codes; rows of a matrix keep theirs."""
    if isinstance(condition, Test):
        code, dot, row = condition.question.partition(".")
        return Test(f"{codes.get(code, code)}{dot}{row}", condition.op, condition.value)
    parts = tuple(rename(part, codes) for part in condition.parts)
    return All(parts) if isinstance(condition, All) else Any(parts)


def holds(condition: Condition | None, answers: Mapping[str, Answer]) -> bool:
    """Whether ``condition`` is met. What was not answered meets nothing, except "is not"."""
    if condition is None:
        return True
    if isinstance(condition, All):
        return all(holds(part, answers) for part in condition.parts)
    if isinstance(condition, Any):
        return any(holds(part, answers) for part in condition.parts)
    return _test_holds(condition, _answer_to(condition.question, answers))


def _answer_to(ref: str, answers: Mapping[str, Answer]) -> Answer | None:
    code, _dot, row = ref.partition(".")
    answer = answers.get(code)
    if row:
        return answer.get(row) if isinstance(answer, dict) else None
    return answer


def _test_holds(test: Test, answer: Answer | None) -> bool:
    if test.op is Op.IS_NOT:
        return not _equal(answer, test.value)
    if answer is None or answer in ("", [], {}):
        return False
    if test.op is Op.ANSWERED:
        return True
    if test.op in (Op.IS, Op.INCLUDES):
        return _equal(answer, test.value)
    return _compare(answer, test)


def _equal(answer: Answer | None, value: Value) -> bool:
    if isinstance(answer, list):
        return str(value) in answer
    if isinstance(answer, int | float) and isinstance(value, int | float):
        return answer == value
    return answer is not None and str(answer) == str(value)


def _compare(answer: Answer, test: Test) -> bool:
    left: Answer | int = len(answer) if isinstance(answer, list) else answer
    right = test.value
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left >= right if test.op is Op.AT_LEAST else left <= right
    if isinstance(left, str) and isinstance(right, str):  # ISO dates sort as they are
        return left >= right if test.op is Op.AT_LEAST else left <= right
    return False
