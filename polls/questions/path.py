"""What one person gets to see, given what was answered so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from polls.questions.conditions import holds
from polls.questions.schema import Answer, Answers, Question, Schema

Judge = Callable[[Question], "dict[str, Answer]"]
"""Gives the checked answers to one question, or nothing."""


@dataclass(frozen=True)
class Path:
    """The sections (counted from 0) and questions on somebody's way through."""

    sections: tuple[int, ...]
    questions: tuple[str, ...]
    answers: Answers


def walk(schema: Schema, judge: Judge) -> Path:
    """Go through the questionnaire once, asking ``judge`` for the answer to what is shown.

    An answer to a question that is not shown does not exist: it neither counts nor steers.
    """
    answers: Answers = {}
    sections: list[int] = []
    questions: list[str] = []
    at = 0
    while at < len(schema.sections):
        section = schema.sections[at]
        following = at + 1
        if holds(section.show_if, answers):
            sections.append(at)
            for question in section.questions:
                if holds(question.show_if, answers):
                    questions.append(question.code)
                    answers.update(judge(question))
            # A jump can only go forward; checks.py reports one that would not.
            following = next(
                (jump.to for jump in section.jumps if jump.to > at and holds(jump.when, answers)),
                following,
            )
        at = following
    return Path(tuple(sections), tuple(questions), answers)


def path_of(schema: Schema, answers: Answers) -> Path:
    """The way through for answers that are already checked."""

    def judge(question: Question) -> dict[str, Answer]:
        beside = ("other", "quote", "share")
        names = (question.code, *(f"{question.code}.{name}" for name in beside))
        return {name: answers[name] for name in names if name in answers}

    return walk(schema, judge)
