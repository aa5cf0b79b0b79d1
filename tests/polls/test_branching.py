"""The way through a questionnaire, and the faults that would break it."""

from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polls.questions.checks import Fault, problems
from polls.questions.conditions import All, Condition, Op, Test, holds
from polls.questions.path import path_of
from polls.questions.schema import Answers, Jump, Kind, Question, Schema, Section
from polls.questions.validation import validate
from tests.polls.questionnaires import EVERY_KIND, ask, choices, forms_for, one_section, schemas

PROPERTY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def naive(schema: Schema, answers: Answers) -> tuple[list[int], list[str]]:
    """The rules read aloud: skipped until the target, hidden where the condition fails."""
    seen: Answers = {}
    sections, questions = [], []
    skip_to = 0
    for at, section in enumerate(schema.sections):
        if at < skip_to or not holds(section.show_if, seen):
            continue
        sections.append(at)
        for question in section.questions:
            if holds(question.show_if, seen):
                questions.append(question.code)
                if question.code in answers:
                    seen[question.code] = answers[question.code]
        for jump in section.jumps:
            if holds(jump.when, seen):
                skip_to = jump.to
                break
    return sections, questions


@PROPERTY
@given(st.data())
def test_the_way_is_the_one_the_rules_say(data: st.DataObject) -> None:
    schema = data.draw(schemas())
    checked = validate(schema, data.draw(forms_for(schema)))
    sections, questions = naive(schema, checked.answers)
    assert list(checked.path.sections) == sections
    assert list(checked.path.questions) == questions
    assert set(checked.answers) <= set(questions)
    assert set(checked.errors) <= set(questions)


@pytest.mark.long
@PROPERTY
@given(st.data())
def test_checked_answers_lead_the_same_way_again(data: st.DataObject) -> None:
    schema = data.draw(schemas())
    checked = validate(schema, data.draw(forms_for(schema)))
    assert path_of(schema, checked.answers) == checked.path


def possible_answers(question: Question) -> list[object]:
    """Every answer to a small question; none where it need not be answered."""
    found: list[object]
    if question.kind is Kind.SCALE:
        found = list(question.scale)
    elif question.kind is Kind.MULTIPLE:
        subsets = (combinations(sorted(question.choice_codes), size) for size in (1, 2, 3))
        found = [list(some) for same_size in subsets for some in same_size]
    else:
        found = []
        found.extend(sorted(question.choice_codes))
    return found if question.required else [None, *found]


@pytest.mark.long
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas())
def test_dead_ends_are_found_and_only_those(schema: Schema) -> None:
    questions = list(schema)
    if len(questions) > 5:
        questions = questions[:5]
        schema = Schema("Kort", (Section("Deel", tuple(questions)),))
    reached: set[str] = set()
    for combination in product(*(possible_answers(question) for question in questions)):
        answers = {
            question.code: answer
            for question, answer in zip(questions, combination, strict=True)
            if answer is not None
        }
        reached.update(naive(schema, answers)[1])  # type: ignore[arg-type]
    found = problems(schema)
    dead_sections = {problem.section for problem in found if not problem.question}
    claimed = {problem.question for problem in found if problem.question} | {
        question.code
        for at in dead_sections
        if at is not None
        for question in schema.sections[at].questions
    }
    assert {problem.fault for problem in found} <= {Fault.NEVER_SHOWN}
    assert claimed == set(schema.by_code) - reached


def two_sections(condition: Condition | None = None, *jumps: Jump) -> Schema:
    """A first question, and a second section that may depend on it."""
    return Schema(
        "Twee delen",
        (
            Section("Een", (ask("q1", Kind.SINGLE),), jumps=jumps),
            Section("Twee", (ask("q2", Kind.YES_NO),), show_if=condition),
        ),
    )


def test_a_sound_questionnaire_has_no_problems() -> None:
    assert problems(EVERY_KIND) == []
    assert problems(two_sections(Test("q1", Op.IS, "c1"))) == []


@pytest.mark.parametrize(
    ("test", "fault"),
    [
        (Test("q9", Op.IS, "c1"), Fault.UNKNOWN_QUESTION),
        (Test("q1.r1", Op.IS, "c1"), Fault.UNKNOWN_QUESTION),
        (Test("q2", Op.IS, "yes"), Fault.LATER_QUESTION),
        (Test("q1", Op.IS, "c9"), Fault.UNKNOWN_VALUE),
        (Test("q1", Op.AT_LEAST, 3), Fault.UNFIT_COMPARISON),
    ],
)
def test_a_condition_that_cannot_work_is_reported(test: Test, fault: Fault) -> None:
    assert [problem.fault for problem in problems(two_sections(test))] == [fault]


def test_a_question_may_not_depend_on_itself() -> None:
    schema = one_section(ask("q1", Kind.YES_NO, show_if=Test("q1", Op.IS, "yes")))
    assert [problem.fault for problem in problems(schema)] == [Fault.LATER_QUESTION]


def test_a_jump_back_is_a_loop() -> None:
    schema = two_sections(None, Jump(Test("q1", Op.IS, "c1"), 0))
    assert [problem.fault for problem in problems(schema)] == [Fault.BACKWARD_JUMP]
    assert path_of(schema, {"q1": "c1"}).sections == (0, 1), "and is never followed"


def test_a_jump_to_nowhere_is_reported() -> None:
    schema = two_sections(None, Jump(Test("q1", Op.IS, "c1"), 7))
    assert [problem.fault for problem in problems(schema)] == [Fault.UNKNOWN_JUMP]


def test_a_jump_to_the_end_skips_the_rest() -> None:
    schema = two_sections(None, Jump(Test("q1", Op.IS, "c1"), 2))
    assert path_of(schema, {"q1": "c1"}).sections == (0,)
    assert path_of(schema, {"q1": "c2"}).sections == (0, 1)
    assert problems(schema) == []


def test_a_contradiction_is_a_dead_end() -> None:
    never = All((Test("q1", Op.IS, "c1"), Test("q1", Op.IS, "c2")))
    assert [(p.fault, p.section) for p in problems(two_sections(never))] == [(Fault.NEVER_SHOWN, 1)]


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (ask("q1", Kind.SINGLE, choices=()), Fault.NO_CHOICES),
        (ask("q1", Kind.SINGLE, choices=choices(1)), Fault.ONE_CHOICE),
        (ask("q1", Kind.MATRIX, rows=()), Fault.NO_ROWS),
        (Question("q1", Kind.YES_NO, "  "), Fault.NO_TEXT),
    ],
)
def test_a_question_that_cannot_be_answered_is_reported(question: Question, fault: Fault) -> None:
    assert [problem.fault for problem in problems(one_section(question))] == [fault]


def test_an_empty_questionnaire_is_reported() -> None:
    assert [p.fault for p in problems(Schema("Leeg", ()))] == [Fault.NO_QUESTIONS]
