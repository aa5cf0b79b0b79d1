"""What is wrong with a questionnaire before it opens: dead ends, loops, references ahead.

Whether something can ever be shown is decided by trying every combination of answers that its
conditions can tell apart, as long as these are few; beyond that it is not claimed to be dead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations, product
from math import prod

from polls.questions.conditions import Condition, Op, Test, tests_in
from polls.questions.path import walk
from polls.questions.schema import Answer, Kind, Question, Schema

MAX_COMBINATIONS = 20_000


class Fault(StrEnum):
    """The kinds of fault; ``polls.views`` puts them into words."""

    UNKNOWN_QUESTION = "unknown_question"
    LATER_QUESTION = "later_question"
    UNKNOWN_VALUE = "unknown_value"
    UNFIT_COMPARISON = "unfit_comparison"
    BACKWARD_JUMP = "backward_jump"
    UNKNOWN_JUMP = "unknown_jump"
    NEVER_SHOWN = "never_shown"
    NO_QUESTIONS = "no_questions"
    EMPTY_SECTION = "empty_section"
    NO_CHOICES = "no_choices"
    ONE_CHOICE = "one_choice"
    NO_ROWS = "no_rows"
    NO_TEXT = "no_text"
    CROSSED_LIMITS = "crossed_limits"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, and where: a question's code, or a section (counted from 0), or neither."""

    fault: Fault
    question: str = ""
    section: int | None = None
    about: str = ""


def problems(schema: Schema) -> list[Problem]:
    """Everything that must be put right before this questionnaire can open, in reading order."""
    if not schema.by_code:
        return [Problem(Fault.NO_QUESTIONS)]
    found = list(chain(_shape(schema), _references(schema), _jumps(schema)))
    if not found:
        found.extend(_never_shown(schema))
    return found


def _shape(schema: Schema) -> Iterator[Problem]:
    for at, section in enumerate(schema.sections):
        if not section.questions:
            yield Problem(Fault.EMPTY_SECTION, section=at)
        for question in section.questions:
            yield from (Problem(fault, question.code, at) for fault in _faults_of(question))


def _faults_of(question: Question) -> Iterator[Fault]:
    if not question.text.strip():
        yield Fault.NO_TEXT
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX, Kind.RANKING):
        if not question.choices:
            yield Fault.NO_CHOICES
        elif len(question.choices) == 1 and question.kind is not Kind.MULTIPLE:
            yield Fault.ONE_CHOICE
        if any(not choice.text.strip() for choice in (*question.choices, *question.rows)):
            yield Fault.NO_TEXT
    if question.kind is Kind.MATRIX and not question.rows:
        yield Fault.NO_ROWS
    if _limits_cross(question):
        yield Fault.CROSSED_LIMITS


def _limits_cross(question: Question) -> bool:
    s = question.settings
    if question.kind is Kind.SCALE:
        return not 2 <= len(question.scale) <= 21
    if question.kind is Kind.NUMBER:
        return s.minimum is not None and s.maximum is not None and s.minimum > s.maximum
    if question.kind is Kind.DATE:
        return bool(s.earliest and s.latest and s.earliest > s.latest)
    if question.kind in (Kind.MULTIPLE, Kind.RANKING):
        too_many = s.at_least > len(question.choices)
        return too_many or bool(s.at_most and s.at_least > s.at_most)
    return False


def _references(schema: Schema) -> Iterator[Problem]:
    for at, section in enumerate(schema.sections):
        for test in tests_in(section.show_if):
            yield from _reference(schema, test, (at, 0), "", at)
        for place, question in enumerate(section.questions):
            for test in tests_in(question.show_if):
                yield from _reference(schema, test, (at, place), question.code, at)
        for jump in section.jumps:
            for test in tests_in(jump.when):
                yield from _reference(schema, test, (at + 1, 0), "", at)


def _reference(
    schema: Schema, test: Test, before: tuple[int, int], question: str, section: int
) -> Iterator[Problem]:
    code, _dot, row = test.question.partition(".")
    target = schema.by_code.get(code)
    if target is None or (row and row not in target.row_codes):
        yield Problem(Fault.UNKNOWN_QUESTION, question, section, test.question)
    elif schema.position[code] >= before:
        yield Problem(Fault.LATER_QUESTION, question, section, test.question)
    elif not _fits(target, row, test.op):
        yield Problem(Fault.UNFIT_COMPARISON, question, section, test.question)
    elif not _value_known(target, test):
        yield Problem(Fault.UNKNOWN_VALUE, question, section, test.question)


def comparisons_for(question: Question) -> tuple[Op, ...]:
    """The comparisons that mean something for ``question`` (for a matrix: for one row of it)."""
    if question.is_open:
        return (Op.ANSWERED,)
    if question.kind in (Kind.SCALE, Kind.NUMBER):
        return (Op.IS, Op.IS_NOT, Op.AT_LEAST, Op.AT_MOST, Op.ANSWERED)
    if question.kind is Kind.DATE:
        return (Op.AT_LEAST, Op.AT_MOST, Op.ANSWERED)
    if question.kind is Kind.MULTIPLE:
        return (Op.INCLUDES, Op.IS_NOT, Op.AT_LEAST, Op.AT_MOST, Op.ANSWERED)
    if question.kind is Kind.RANKING:
        return (Op.INCLUDES, Op.IS_NOT, Op.ANSWERED)
    return (Op.IS, Op.IS_NOT, Op.ANSWERED)


def _fits(target: Question, row: str, op: Op) -> bool:
    if target.kind is Kind.MATRIX and not row:
        return op is Op.ANSWERED
    return op in comparisons_for(target)


def _value_known(target: Question, test: Test) -> bool:
    if test.op is Op.ANSWERED:
        return True
    value = test.value
    if target.kind is Kind.MULTIPLE and test.op in (Op.AT_LEAST, Op.AT_MOST):
        return isinstance(value, int | float)
    if target.choice_codes:
        return value in target.choice_codes
    if target.kind is Kind.DATE:
        return isinstance(value, str) and len(value) == 10
    if target.kind is Kind.SCALE:
        return isinstance(value, int | float) and value in target.scale
    return isinstance(value, int | float)


def _jumps(schema: Schema) -> Iterator[Problem]:
    for at, section in enumerate(schema.sections):
        for jump in section.jumps:
            if not 0 <= jump.to <= len(schema.sections):
                yield Problem(Fault.UNKNOWN_JUMP, section=at)
            elif jump.to <= at:
                yield Problem(Fault.BACKWARD_JUMP, section=at)


def _conditions(schema: Schema) -> Iterator[Condition]:
    for section in schema.sections:
        if section.show_if:
            yield section.show_if
        yield from (jump.when for jump in section.jumps)
        yield from (question.show_if for question in section.questions if question.show_if)


def _never_shown(schema: Schema) -> Iterator[Problem]:
    mentioned: dict[str, set[object]] = {}
    for condition in _conditions(schema):
        for test in tests_in(condition):
            mentioned.setdefault(test.question, set()).add(test.value)
    worlds = {ref: _possible(schema, ref, values) for ref, values in mentioned.items()}
    if prod(len(world) for world in worlds.values()) > MAX_COMBINATIONS:
        return
    unseen_sections = set(range(len(schema.sections)))
    unseen = set(schema.by_code)
    for combination in product(*worlds.values()):
        given = dict(zip(worlds, combination, strict=True))

        def judge(question: Question, given: dict[str, Answer | None] = given) -> dict[str, Answer]:
            return _assumed(question, given)

        path = walk(schema, judge)
        unseen_sections.difference_update(path.sections)
        unseen.difference_update(path.questions)
        if not unseen and not unseen_sections:
            return
    for at, section in enumerate(schema.sections):
        if at in unseen_sections:
            yield Problem(Fault.NEVER_SHOWN, section=at)
        else:
            yield from (
                Problem(Fault.NEVER_SHOWN, question.code, at)
                for question in section.questions
                if question.code in unseen
            )


def _assumed(question: Question, given: dict[str, Answer | None]) -> dict[str, Answer]:
    if question.kind is Kind.MATRIX:
        rows = {
            row: str(answer)
            for ref, answer in given.items()
            if answer is not None and ref.partition(".")[0] == question.code
            for row in [ref.partition(".")[2] or next(iter(question.row_codes), "")]
        }
        return {question.code: rows} if rows else {}
    answer = given.get(question.code)
    return {} if answer is None else {question.code: answer}


def _possible(schema: Schema, ref: str, values: set[object]) -> list[Answer | None]:
    """One answer for each set of answers that conditions mentioning ``values`` can tell apart."""
    question = schema.by_code[ref.partition(".")[0]]
    unanswered: list[Answer | None] = [] if question.required else [None]
    if question.kind is Kind.MULTIPLE:
        return unanswered + _possible_ticks(question, values)
    if question.kind is Kind.RANKING:
        return [*unanswered, sorted(question.choice_codes)]
    if question.choice_codes:
        return [*unanswered, *sorted(question.choice_codes)]
    if question.kind is Kind.SCALE:
        return [*unanswered, *question.scale]
    if question.kind is Kind.NUMBER:
        return unanswered + _possible_numbers(question, values)
    if question.kind is Kind.DATE:
        days = sorted(str(value) for value in values if value)
        low, high = question.settings.earliest, question.settings.latest
        near = {low or "0001-01-01", high or "9999-12-31", *days}
        return [
            *unanswered,
            *(d for d in sorted(near) if (not low or d >= low) and (not high or d <= high)),
        ]
    return [*unanswered, "x"]


def _possible_ticks(question: Question, values: set[object]) -> list[Answer | None]:
    named = [choice.code for choice in question.choices if choice.code in values]
    rest = [choice.code for choice in question.choices if choice.code not in values]
    low = max(question.settings.at_least, 1)
    high = question.settings.at_most or len(question.choices)
    return [
        [*some, *rest[:extra]]
        for size in range(len(named) + 1)
        for some in combinations(named, size)
        for extra in range(len(rest) + 1)
        if low <= size + extra <= high
    ]


def _possible_numbers(question: Question, values: set[object]) -> list[Answer | None]:
    step = 10.0**-question.settings.decimals
    low, high = question.settings.minimum, question.settings.maximum
    marks = [float(value) for value in values if isinstance(value, int | float)]
    near = {mark + shift for mark in marks for shift in (-step, 0.0, step)} or {0.0}
    near |= {bound for bound in (low, high) if bound is not None}
    return [n for n in sorted(near) if (low is None or n >= low) and (high is None or n <= high)]
