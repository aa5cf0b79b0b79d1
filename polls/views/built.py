"""A draft as the builder shows it: each part and question, what is wrong, what could be better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from dossiers.readability import Reading, measure
from polls.models import Consultation, Question, Section
from polls.questions.checks import problems
from polls.questions.describing import describe
from polls.questions.loading import schema_of
from polls.questions.schema import Schema
from polls.questions.wording import advise
from polls.questions.words import advice_in_words, problem_in_words


class BuiltQuestion(NamedTuple):
    """One question as a line of the builder."""

    row: Question
    number: int
    condition: str
    hints: list[str]
    faults: list[str]
    is_first: bool
    is_last: bool


class BuiltSection(NamedTuple):
    """One part as the builder shows it; ``at`` counts from 0."""

    row: Section
    at: int
    condition: str
    jumps: list[str]
    faults: list[str]
    questions: list[BuiltQuestion]


class Place(NamedTuple):
    """A part or question on the page that something is wrong with."""

    id: str
    name: str


@dataclass(frozen=True)
class Built:
    """The whole of a draft, as the builder shows it."""

    sections: list[BuiltSection]
    faults: list[str]
    reading: Reading

    @property
    def fault_count(self) -> int:
        """How much must be put right before it can open."""
        return len(self.faults) + sum(
            len(part.faults) + sum(len(question.faults) for question in part.questions)
            for part in self.sections
        )

    @property
    def faulty(self) -> list[Place]:
        """Where to look for it, in the order of the page."""
        places = []
        for part in self.sections:
            if part.faults:
                name = _("Part %(number)d") % {"number": part.at + 1}
                places.append(Place(f"deel-{part.at}", name))
            places += [
                Place(f"q-{each.row.code}", _("Question %(number)d") % {"number": each.number})
                for each in part.questions
                if each.faults
            ]
        return places


def built(consultation: Consultation) -> Built:
    """Read a draft with what is wrong with it and what could be better: a few queries."""
    schema = schema_of(consultation.questionnaire)
    numbers = {question.code: n for n, question in enumerate(schema, start=1)}
    # What is missing twice in one place, the text and a row of it, is said once.
    found = dict.fromkeys(
        (problem.section, problem.question, problem_in_words(problem, schema))
        for problem in problems(schema)
    )
    hints: dict[str, list[str]] = {}
    for advice in advise(schema):
        hints.setdefault(advice.question, []).append(advice_in_words(advice))
    rows: dict[int, list[Question]] = {}
    for row in consultation.questionnaire.questions.order_by("position", "pk"):
        rows.setdefault(row.section_id, []).append(row)
    end = (len(schema.sections) - 1, len(schema.sections[-1].questions) - 1)
    sections = [
        BuiltSection(
            row=row,
            at=at,
            condition=describe(section.show_if, schema, numbers),
            jumps=[
                _jump_words(jump.to, describe(jump.when, schema, numbers), schema)
                for jump in section.jumps
            ],
            faults=[words for part, code, words in found if part == at and not code],
            questions=[
                BuiltQuestion(
                    row=question,
                    number=numbers[question.code],
                    condition=describe(schema.by_code[question.code].show_if, schema, numbers),
                    hints=hints.get(question.code, []),
                    faults=[words for _part, code, words in found if code == question.code],
                    is_first=schema.position[question.code] == (0, 0),
                    is_last=schema.position[question.code] == end,
                )
                for question in rows.get(row.pk, [])
            ],
        )
        for at, (row, section) in enumerate(
            zip(
                consultation.questionnaire.sections.order_by("position", "pk"),
                schema.sections,
                strict=True,
            )
        )
    ]
    return Built(
        sections,
        [words for part, code, words in found if part is None and not code],
        measure("\n\n".join([schema.introduction, *(question.text for question in schema)])),
    )


def _jump_words(to: int, condition: str, schema: Schema) -> str:
    target = (
        _("part %(number)d") % {"number": to + 1} if to < len(schema.sections) else _("the end")
    )
    return _("to %(target)s if %(condition)s") % {"target": target, "condition": condition}
