"""Choosing a condition from lists: one choice per test, so it works on a phone and without script.

Every test that can be made on an earlier question is one option (``q1|is|c2``); where a number or
date is compared, it stands in the field beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from polls.questions.checks import comparisons_for
from polls.questions.conditions import (
    All,
    Condition,
    Op,
    Test,
    condition_json,
    parse_condition,
)
from polls.questions.conditions import (
    Any as AnyOf,
)
from polls.questions.describing import describe, value_in_words
from polls.questions.schema import Choice, Kind, Question, Schema
from polls.questions.validation import parse_date, parse_number

TESTS = 3
"""How many tests a condition can be made of here; one that has more is shown and kept as it is."""
ALL, ANY = "all", "any"


@dataclass(frozen=True)
class Row:
    """One test beside the number or date it compares with, and what is wrong with the two."""

    test: forms.BoundField
    value: forms.BoundField

    @property
    def errors(self) -> list[str]:
        return [*self.test.errors, *self.value.errors]

    @property
    def error_id(self) -> str:
        return f"{self.test.auto_id}_error"


def options_for(schema: Schema, before: tuple[int, int]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices grouped by question, of the tests on questions that stand before ``before``.

    Each names its question as well: a list that is closed shows no group.
    """
    groups = []
    for number, question in enumerate(schema, start=1):
        if schema.position[question.code] >= before:
            break
        label = f"{number}. {question.text}"[:80]
        options = [
            (
                f"{test.question}|{test.op.value}|{'' if test.value is None else test.value}",
                gettext("question %(number)s %(test)s") % {"number": number, "test": words},
            )
            for test, words in _tests(question)
        ]
        if options:
            groups.append((label, options))
    return groups


def _tests(question: Question) -> Iterator[tuple[Test, str]]:
    rows = question.rows if question.kind is Kind.MATRIX else (Choice("", ""),)
    for row in rows:
        ref = f"{question.code}.{row.code}" if row.code else question.code
        name = f"{row.text}: " if row.code else ""
        for op in comparisons_for(question):
            yield from ((test, name + words) for test, words in _tests_with(question, ref, op))


def _tests_with(question: Question, ref: str, op: Op) -> Iterator[tuple[Test, str]]:
    if op is Op.ANSWERED:
        yield Test(ref, op), gettext("is answered")
    elif _is_typed(question, op):
        yield Test(ref, op), _typed_words(question, op)
    else:
        values = (
            list(question.scale)
            if question.kind is Kind.SCALE
            else ["yes", "no"]
            if question.kind is Kind.YES_NO
            else [choice.code for choice in question.choices]
        )
        for value in values:
            test = Test(ref, op, value)
            yield test, _op_words(op) % {"value": value_in_words(question, test)}


def _is_typed(question: Question | None, op: Op) -> bool:
    """Whether what is compared with is typed beside the test instead of chosen with it."""
    if question is None or op is Op.ANSWERED:
        return False
    counts = question.kind is Kind.MULTIPLE and op in (Op.AT_LEAST, Op.AT_MOST)
    return counts or question.kind in (Kind.NUMBER, Kind.DATE)


def _typed_words(question: Question, op: Op) -> str:
    if question.kind is Kind.MULTIPLE:
        return gettext("at least … ticked") if op is Op.AT_LEAST else gettext("at most … ticked")
    words = {
        Op.IS: gettext("is …"),
        Op.IS_NOT: gettext("is not …"),
        Op.AT_LEAST: gettext("is … or more"),
        Op.AT_MOST: gettext("is … or less"),
    }
    if question.kind is Kind.DATE:
        words |= {Op.AT_LEAST: gettext("is … or later"), Op.AT_MOST: gettext("is … or earlier")}
    return words[op]


def _op_words(op: Op) -> str:
    return {
        Op.IS: gettext("is “%(value)s”"),
        Op.IS_NOT: gettext("is not “%(value)s”"),
        Op.INCLUDES: gettext("includes “%(value)s”"),
        Op.AT_LEAST: gettext("is %(value)s or more"),
        Op.AT_MOST: gettext("is %(value)s or less"),
    }[op]


class ConditionForm(forms.Form):
    """One condition: up to ``TESTS`` tests, joined by all or any.

    One that was stored and cannot be chosen here (of more tests, joined within a join, on a
    question that is no longer before it) is told in words, and stays until another is chosen or it
    is let go.
    """

    join = forms.ChoiceField(
        label=_("Several conditions"),
        choices=[(ALL, _("all of them must hold")), (ANY, _("one of them is enough"))],
        required=False,
    )

    drop = forms.BooleanField(label=_("Let this condition go"), required=False)

    def __init__(
        self,
        *args: Any,
        schema: Schema,
        before: tuple[int, int],
        stored: object = None,
        **kwargs: Any,
    ) -> None:
        """``before`` is the place (section, question) up to which questions can be named."""
        groups = options_for(schema, before)
        offered = {key for _label, options in groups for key, _words in options}
        was = parse_condition(stored)
        chosen = _chosen(was, schema)
        self.kept = was if was and not _can_be_chosen(was, chosen, offered) else None
        if not self.kept:
            kwargs["initial"] = {**chosen, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.schema = schema
        self.has_options = bool(groups)
        for n in range(TESTS):
            self.fields[f"test{n}"] = forms.ChoiceField(
                label=_("Show only if") if n == 0 else _("and or or"),
                choices=[("", self.nothing_chosen if n == 0 else "–"), *groups],
                required=False,
            )
            self.fields[f"value{n}"] = forms.CharField(
                label=_("Number or date in place of …"), required=False, max_length=20
            )

    @property
    def nothing_chosen(self) -> str:
        """What the first list says where no test is chosen."""
        return gettext("no condition")

    @property
    def kept_words(self) -> str:
        """The condition that stays as it is, in words."""
        numbers = {question.code: n for n, question in enumerate(self.schema, start=1)}
        return describe(self.kept, self.schema, numbers)

    def clean(self) -> dict[str, Any]:
        """Read each test; a comparison with a number or date needs one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        tests: list[Condition] = []
        for n in range(TESTS):
            chosen = cleaned.get(f"test{n}")
            if chosen:
                test = self._read(n, chosen, cleaned.get(f"value{n}", ""))
                if test is not None:
                    tests.append(test)
        self.condition: Condition | None = None if cleaned.get("drop") else self.kept
        if len(tests) == 1:
            self.condition = tests[0]
        elif tests:
            join = AnyOf if cleaned.get("join") == ANY else All
            self.condition = join(tuple(tests))
        return cleaned

    def _read(self, n: int, chosen: str, typed: str) -> Test | None:
        ref, op, value = chosen.split("|", 2)
        question = self.schema.by_code[ref.partition(".")[0]]
        if Op(op) is Op.ANSWERED:
            return Test(ref, Op(op))
        if value:
            return Test(ref, Op(op), int(value) if question.kind is Kind.SCALE else value)
        if question.kind is Kind.DATE:
            day = parse_date(typed)
            if day is None:
                self.add_error(f"value{n}", gettext("Fill in the date to compare with."))
                return None
            return Test(ref, Op(op), day.isoformat())
        number = parse_number(typed, question.settings.decimals)
        if number is None:
            self.add_error(f"value{n}", gettext("Fill in the number to compare with."))
            return None
        return Test(ref, Op(op), number)

    @property
    def stored(self) -> dict[str, object] | None:
        """What is to be stored; None for always."""
        return condition_json(self.condition) or None

    @property
    def rows(self) -> list[Row]:
        """Each test beside its number or date."""
        return [Row(self[f"test{n}"], self[f"value{n}"]) for n in range(TESTS)]

    @property
    def has_more(self) -> bool:
        """Whether a test besides the first was chosen, so that these should be in sight."""
        rows = self.rows[1:]
        return any(bool(row.test.value() or row.errors) for row in rows)


def _parts(condition: Condition | None) -> tuple[Condition, ...]:
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, All | AnyOf) else (condition,)


def _chosen(condition: Condition | None, schema: Schema) -> dict[str, str]:
    """The values of the form's fields for a stored condition, as far as it has fields for it."""
    chosen = {"join": ANY if isinstance(condition, AnyOf) else ALL}
    for n, test in enumerate(part for part in _parts(condition) if isinstance(part, Test)):
        value = "" if test.value is None else str(test.value)
        typed = _is_typed(schema.by_code.get(test.question.partition(".")[0]), test.op)
        chosen[f"test{n}"] = f"{test.question}|{test.op.value}|{'' if typed else value}"
        chosen[f"value{n}"] = value
    return chosen


def _can_be_chosen(condition: Condition, chosen: dict[str, str], offered: set[str]) -> bool:
    parts = _parts(condition)
    return len(parts) <= TESTS and all(
        isinstance(part, Test) and chosen[f"test{n}"] in offered for n, part in enumerate(parts)
    )
