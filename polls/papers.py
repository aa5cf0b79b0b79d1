"""Two readings of one paper form, laid side by side: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from polls.questions.posting import names_of, posted_of
from polls.questions.schema import Answers, Kind, Question, Schema

Posted = dict[str, list[str]]


@dataclass(frozen=True)
class Field:
    """One thing on the form that can be read differently; ``names`` are its names in a form."""

    name: str
    question: Question
    names: tuple[str, ...]
    row: str = ""


@dataclass(frozen=True)
class Difference:
    """A field that was typed one way and then another."""

    field: Field
    first: Answers
    second: Answers


def as_on_paper(schema: Schema) -> Schema:
    """The same questions with none that must be answered: on paper people leave things open, and
    who types it in must not make anything up."""
    return replace(
        schema,
        sections=tuple(
            replace(
                section,
                questions=tuple(
                    replace(question, required=False) for question in section.questions
                ),
            )
            for section in schema.sections
        ),
    )


def fields_of(schema: Schema) -> list[Field]:
    """Everything that is compared: a matrix row by row, "other, namely" apart from its tick."""
    return [field for question in schema for field in _fields(question)]


def differences(schema: Schema, first: Answers, second: Answers) -> list[Difference]:
    """The fields in which two checked readings differ, in the order of the form."""
    before, after = posted_of(schema, first), posted_of(schema, second)
    return [
        Difference(field, question_answers(field, first), question_answers(field, second))
        for field in fields_of(schema)
        if any(before.get(name) != after.get(name) for name in field.names)
    ]


def merged(schema: Schema, first: Answers, second: Answers, chosen: Mapping[str, str]) -> Posted:
    """The second reading as a form, with the first one's words where ``chosen`` says ``first``."""
    before, after = posted_of(schema, first), posted_of(schema, second)
    for field in fields_of(schema):
        if chosen.get(field.name) == "first":
            for name in field.names:
                after.pop(name, None)
                if name in before:
                    after[name] = before[name]
    return after


def question_answers(field: Field, answers: Answers) -> Answers:
    """What a reading has in ``field``, under the question's own code; empty where it is open."""
    code = field.question.code
    if not field.row:
        answer = answers.get(field.name)
        return {} if answer is None else {code: answer}
    rows = answers.get(code)
    return (
        {code: {field.row: rows[field.row]}} if isinstance(rows, dict) and field.row in rows else {}
    )


def _fields(question: Question) -> list[Field]:
    names = names_of(question)
    if question.kind is Kind.MATRIX:
        return [
            Field(name, question, (name,), row.code)
            for name, row in zip(names, question.rows, strict=True)
        ]
    if question.kind is Kind.RANKING:
        return [Field(question.code, question, tuple(names))]
    return [Field(name, question, (name,)) for name in names]
