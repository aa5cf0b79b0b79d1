"""Named answers as rows of a table: one column for each thing that could be ticked or written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.roster.sheets import harmless
from polls.models import Consultation, Mode, NamedBallot
from polls.questions.schema import Answers, Kind, Question, Schema

Value: TypeAlias = "str | int | float | None"
Read: TypeAlias = Callable[[Answers], Value]

AT_ONCE = 500
"""So many rows are in memory at a time, whatever their number."""


@dataclass(frozen=True)
class Column:
    """One column: its code, what it holds in words, and how an answer gets into it.

    ``answers`` maps the codes that can stand in it to their wording.
    """

    code: str
    text: str
    kind: str
    answers: Mapping[str, str]
    read: Read


def columns_of(schema: Schema) -> list[Column]:
    """The columns of a questionnaire, in its order.

    ``q1`` holds a choice's code, a number, a date or a text. Where several could be ticked each has
    a column ``q2=c1`` (1 or 0), where they were ranked ``q5=c1`` (the place), and each row of a
    matrix has ``q4:r1``. ``q1.other`` is what was written at "other, namely"; ``q8.quote`` is 1
    where it may be quoted. Empty: not answered, or not asked.
    """
    return [column for question in schema for column in _columns(question)]


def rows_of(consultation: Consultation, columns: list[Column]) -> Iterator[list[Value]]:
    """Name, department, and a value per column, for everyone who answered; by name.

    Reads ``AT_ONCE`` rows at a time. What people wrote cannot be run by a spreadsheet.
    """
    reads = [column.read for column in columns]
    found = named_ballots(consultation).values_list(
        "person__given_name",
        "person__infix",
        "person__family_name",
        "person__unit__name",
        "answers",
    )
    for given, infix, family, unit, answers in found.iterator(AT_ONCE):
        name = " ".join(part for part in (given, infix, family) if part)
        yield [harmless(name), harmless(unit or ""), *[read(answers) for read in reads]]


def named_ballots(consultation: Consultation) -> QuerySet[NamedBallot]:
    """The rows under a name, by name; none where the consultation is anonymous."""
    found = NamedBallot.objects.filter(consultation=consultation, consultation__mode=Mode.NAMED)
    return found.order_by("person__family_name", "person__given_name", "pk")


def codebook(columns: list[Column]) -> Iterator[tuple[str, str, str, str]]:
    """What the columns hold: column, kind, wording, and per line one answer ``code=wording``."""
    for column in columns:
        yield column.code, column.kind, column.text, ""
        for code, wording in column.answers.items():
            yield column.code, "answer", f"{code}={wording}", code


def _columns(question: Question) -> Iterator[Column]:
    code, kind = question.code, question.kind.value
    labels = {choice.code: choice.text for choice in question.choices}
    if question.kind is Kind.YES_NO:
        labels = {"yes": _("Yes"), "no": _("No")}
    if question.kind is Kind.MATRIX:
        for row in question.rows:
            text = f"{question.text} [{row.text}]"
            yield Column(f"{code}:{row.code}", text, kind, labels, _row(code, row.code))
    elif question.kind in (Kind.MULTIPLE, Kind.RANKING):
        read = _ticked if question.kind is Kind.MULTIPLE else _place
        for choice in question.choices:
            text = f"{question.text} [{choice.text}]"
            yield Column(f"{code}={choice.code}", text, kind, {}, read(code, choice.code))
    else:
        shown = {} if question.is_open else labels
        yield Column(code, question.text, kind, shown, _one(code))
    if question.other:
        text = f"{question.text} [{question.other.text}]"
        yield Column(f"{code}.other", text, Kind.SHORT_TEXT.value, {}, _one(f"{code}.other"))
    if question.is_open and question.settings.ask_quote:
        quoted = _("may be quoted")
        text = f"{question.text} [{quoted}]"
        yield Column(f"{code}.quote", text, "yes_no", {}, _quote(f"{code}.quote"))


def _one(name: str) -> Read:
    def read(answers: Answers) -> Value:
        found: Any = answers.get(name)
        return harmless(found) if isinstance(found, str) else found

    return read


def _row(code: str, row: str) -> Read:
    def read(answers: Answers) -> Value:
        found = answers.get(code)
        return harmless(found.get(row, "")) if isinstance(found, dict) else None

    return read


def _ticked(code: str, choice: str) -> Read:
    def read(answers: Answers) -> Value:
        found = answers.get(code)
        return int(choice in found) if isinstance(found, list) else None

    return read


def _place(code: str, choice: str) -> Read:
    def read(answers: Answers) -> Value:
        found = answers.get(code)
        if not isinstance(found, list) or choice not in found:
            return None
        return found.index(choice) + 1

    return read


def _quote(name: str) -> Read:
    def read(answers: Answers) -> Value:
        return int(bool(answers.get(name)))

    return read
