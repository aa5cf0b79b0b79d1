"""Counting: from ballots to how often each answer was given, in the whole and in each group.

Pure: no database. What comes out is exact and not yet fit to be stored or shown: that is what
``polls.protection`` makes of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from polls.questions.schema import Answer, Answers, Kind, Question, Schema

ANSWERED = "*"
"""The cell that counts how many answered an item at all: n."""
WHOLE = ""
"""The attribute of everybody together."""
GROUP = "group"
"""The attribute of the roster's group (unit, site or shift)."""
OTHER = ".other"

Mark: TypeAlias = tuple[str, str]
"""(item, cell): what one ballot adds one to."""


@dataclass
class Counts:
    """How often each mark was made: ``by[attribute][group][(item, cell)]``."""

    ballots: int = 0
    by: dict[str, dict[str, Counter[Mark]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )

    @property
    def whole(self) -> Counter[Mark]:
        """The marks of everybody together."""
        return self.by[WHOLE][""]


def count(schema: Schema, ballots: Iterable[tuple[Answers, str]], by_group: bool) -> Counts:
    """Count ``ballots``, pairs of checked answers and group label.

    Background questions always make groups of their own; the roster's group does with ``by_group``.
    Who gave no answer to a background question is in the group "".
    """
    counts = Counts()
    counts.by[WHOLE][""] = Counter()
    background = background_questions(schema)
    for answers, group in ballots:
        counts.ballots += 1
        marks = list(marks_of(schema, answers))
        counts.by[WHOLE][""].update(marks)
        if by_group:
            counts.by[GROUP][group].update(marks)
        for question in background:
            answer = answers.get(question.code)
            label = "" if answer is None else cell_of(answer)
            counts.by[question.code][label].update(marks)
    return counts


def background_questions(schema: Schema) -> list[Question]:
    """The questions that results are broken down by: one answer from a list each."""
    kinds = (Kind.SINGLE, Kind.YES_NO, Kind.SCALE)
    return [question for question in schema if question.is_background and question.kind in kinds]


def marks_of(schema: Schema, answers: Answers) -> Iterator[Mark]:
    """The marks of one ballot. Answers to questions that are not in ``schema`` make none."""
    for name, answer in answers.items():
        question = schema.by_code.get(name)
        if question is not None:
            yield from MARKERS[question.kind](name, answer)
        elif name.endswith(OTHER):
            yield name, ANSWERED


def items_of(question: Question) -> list[str]:
    """What is counted apart for a question: itself, or each row of a matrix (``q4:r1``)."""
    if question.kind is Kind.MATRIX:
        return [f"{question.code}:{row.code}" for row in question.rows]
    return [question.code]


def cell_of(answer: Answer) -> str:
    """One answer as the name of a cell: numbers without a needless ``.0``."""
    if isinstance(answer, float) and answer.is_integer():
        return str(int(answer))
    return str(answer)


def _one(code: str, answer: Answer) -> Iterator[Mark]:
    yield code, ANSWERED
    yield code, cell_of(answer)


def _several(code: str, answer: Answer) -> Iterator[Mark]:
    assert isinstance(answer, list)
    yield code, ANSWERED
    for choice in dict.fromkeys(answer):
        yield code, choice


def _rows(code: str, answer: Answer) -> Iterator[Mark]:
    assert isinstance(answer, dict)
    for row, choice in answer.items():
        yield f"{code}:{row}", ANSWERED
        yield f"{code}:{row}", choice


def _places(code: str, answer: Answer) -> Iterator[Mark]:
    assert isinstance(answer, list)
    yield code, ANSWERED
    for place, choice in enumerate(answer, start=1):
        yield code, f"{choice}@{place}"


def _text(code: str, answer: Answer) -> Iterator[Mark]:
    yield code, ANSWERED


MARKERS: dict[Kind, Callable[[str, Answer], Iterator[Mark]]] = {
    Kind.SINGLE: _one,
    Kind.MULTIPLE: _several,
    Kind.YES_NO: _one,
    Kind.SCALE: _one,
    Kind.MATRIX: _rows,
    Kind.RANKING: _places,
    Kind.NUMBER: _one,
    Kind.DATE: _one,
    Kind.SHORT_TEXT: _text,
    Kind.LONG_TEXT: _text,
}
