"""The answering page as plain values: what each question shows, holds and is told.

The templates under ``templates/polls/questions/`` only print this.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polls.languages import OWN_NAMES
from polls.questions.conditions import condition_json
from polls.questions.describing import describe
from polls.questions.posting import Posted, names_of, option_id
from polls.questions.schema import NO, YES, Choice, Kind, Question, Schema, Section


@dataclass(frozen=True)
class Option:
    """One thing to tick, with the words beside it."""

    id: str
    name: str
    value: str
    label: str
    checked: bool
    is_other: bool = False
    language: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a matrix, or one choice to give a place to."""

    id: str
    name: str
    label: str
    value: str
    options: tuple[Option, ...]
    language: str = ""


class AskedQuestion:
    """One question with what was typed so far and what is wrong with it."""

    def __init__(
        self, question: Question, number: int, posted: Posted, error: str, page: AnswerPage
    ) -> None:
        self.question = question
        self.number = number
        self.error = error
        self.page = page
        self._posted = posted

    @property
    def template(self) -> str:
        """The template that prints this kind of question."""
        return f"polls/questions/{self.question.kind.value}.html"

    @property
    def id(self) -> str:
        """What the error summary links to."""
        return f"vraag-{self.question.code}"

    @property
    def text(self) -> str:
        return self.question.text

    @property
    def text_language(self) -> str:
        """The language of the question's text where it is not the page's."""
        return self.page.language_of(f"question:{self.question.code}:text")

    @property
    def help_language(self) -> str:
        """The same of its help text; then of the words at both ends of a scale."""
        return self.page.language_of(f"question:{self.question.code}:help_text")

    @property
    def low_language(self) -> str:
        return self.page.language_of(f"question:{self.question.code}:low_label")

    @property
    def high_language(self) -> str:
        return self.page.language_of(f"question:{self.question.code}:high_label")

    @property
    def is_group(self) -> bool:
        """Several controls, so a fieldset with a legend rather than a label."""
        return self.question.kind not in (
            Kind.NUMBER,
            Kind.DATE,
            Kind.SHORT_TEXT,
            Kind.LONG_TEXT,
        )

    @property
    def described_by(self) -> str:
        """The ids of the help text and the error, as ``aria-describedby`` wants them."""
        ids = []
        if self.question.help_text or self.limits:
            ids.append(f"{self.id}-hulp")
        if self.error:
            ids.append(f"{self.id}-fout")
        return " ".join(ids)

    @property
    def value(self) -> str:
        """What was typed in the one field of this question."""
        return self._first(self.question.code)

    @property
    def other_name(self) -> str:
        return f"{self.question.code}.other"

    @property
    def other_value(self) -> str:
        return self._first(self.other_name)

    @property
    def quote_name(self) -> str:
        return f"{self.question.code}.quote"

    @property
    def may_quote(self) -> bool:
        return bool(self._first(self.quote_name))

    @property
    def share_name(self) -> str:
        return f"{self.question.code}.share"

    @property
    def may_share(self) -> bool:
        return bool(self._first(self.share_name))

    @property
    def show_if(self) -> str:
        """The condition for the browser to evaluate; empty where it is always shown."""
        condition = self.question.show_if
        return json.dumps(condition_json(condition)) if condition else ""

    @property
    def condition(self) -> str:
        """The condition in words."""
        return describe(self.question.show_if, self.page.schema, self.page.numbers)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """What can be ticked in the question itself."""
        question = self.question
        if question.kind is Kind.YES_NO:
            pairs = [Choice(YES, _("Yes")), Choice(NO, _("No"))]
            return self._options(question.code, pairs, "")
        if question.kind is Kind.SCALE:
            points = [Choice(str(point), str(point)) for point in question.scale]
            return self._options(question.code, points, "")
        return self._options(question.code, question.choices, f"question:{question.code}:choice")

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of a matrix with their own options; the choices of a ranking."""
        question = self.question
        axis, rows = ("row", question.rows) if question.rows else ("choice", question.choices)
        choice_ref = f"question:{question.code}:choice"
        return tuple(
            Row(
                id=f"{question.code}-{row.code}",
                name=name,
                label=row.text,
                value=self._first(name),
                options=self._options(name, question.choices, choice_ref)
                if question.kind is Kind.MATRIX
                else (),
                language=self.page.language_of(f"question:{question.code}:{axis}:{row.code}"),
            )
            for name, row in zip(names_of(question), rows, strict=True)
        )

    @property
    def ranks(self) -> range:
        """The places that can be given in a ranking."""
        return range(1, (self.question.settings.at_most or len(self.question.choices)) + 1)

    @property
    def limits(self) -> str:
        """What is expected, in words, where the question has limits of its own."""
        question, settings = self.question, self.question.settings
        if question.kind is Kind.MULTIPLE:
            if settings.at_least and settings.at_most == settings.at_least:
                return _("Choose exactly %(n)d.") % {"n": settings.at_most}
            if settings.at_least and settings.at_most:
                return _("Choose %(low)d to %(high)d answers.") % {
                    "low": settings.at_least,
                    "high": settings.at_most,
                }
            if settings.at_most:
                return _("Choose at most %(n)d.") % {"n": settings.at_most}
            if settings.at_least > 1:
                return _("Choose at least %(n)d.") % {"n": settings.at_least}
            return _("You can choose more than one.")
        if question.kind is Kind.RANKING:
            if settings.at_most and settings.at_most < len(question.choices):
                return _("Give your first %(n)d a place; 1 is the most important.") % {
                    "n": settings.at_most
                }
            return _("Give every answer a place; 1 is the most important.")
        return ""

    def _first(self, name: str) -> str:
        values = self._posted.get(name)
        return values[-1] if values else ""

    def _options(self, name: str, choices: Iterable[Choice], ref: str) -> tuple[Option, ...]:
        ticked = set(self._posted.get(name, ()))
        return tuple(
            Option(
                id=option_id(name, choice.code),
                name=name,
                value=choice.code,
                label=choice.text,
                checked=choice.code in ticked,
                is_other=choice.is_other,
                language=self.page.language_of(f"{ref}:{choice.code}") if ref else "",
            )
            for choice in choices
        )


@dataclass(frozen=True)
class AskedSection:
    """A section with its questions."""

    section: Section
    questions: tuple[AskedQuestion, ...]
    show_if: str
    page: AnswerPage

    @property
    def title_language(self) -> str:
        """The language of its heading where it is not the page's; then of the text below it."""
        return self.page.language_of(f"{self.section.ref}:title")

    @property
    def text_language(self) -> str:
        return self.page.language_of(f"{self.section.ref}:text")


@dataclass(frozen=True)
class Step:
    """How far somebody is: ``number`` of ``total`` sections."""

    number: int
    total: int


class AnswerPage:
    """One page of the questionnaire, and everything typed on the others in hidden fields."""

    def __init__(
        self,
        schema: Schema,
        posted: Posted,
        *,
        shown: Sequence[int],
        errors: Mapping[str, str] | None = None,
        step: Step | None = None,
    ) -> None:
        self.schema = schema
        self.posted = posted
        self.errors = errors or {}
        self.step = step
        self.numbers = {question.code: n for n, question in enumerate(schema, start=1)}
        self.shown = tuple(shown)

    @cached_property
    def sections(self) -> tuple[AskedSection, ...]:
        """What is shown on this page."""
        return tuple(self._section(self.schema.sections[at]) for at in self.shown)

    def _section(self, section: Section) -> AskedSection:
        questions = tuple(
            AskedQuestion(
                question,
                self.numbers[question.code],
                self.posted,
                self.errors.get(question.code, ""),
                self,
            )
            for question in section.questions
        )
        whole_page = len(self.shown) > 1 and section.show_if is not None
        show_if = json.dumps(condition_json(section.show_if)) if whole_page else ""
        return AskedSection(section, questions, show_if, self)

    @property
    def mistakes(self) -> list[AskedQuestion]:
        """The questions on this page that something is wrong with, for the summary on top."""
        return [q for section in self.sections for q in section.questions if q.error]

    @cached_property
    def carried(self) -> list[tuple[str, str]]:
        """Names and values of answers given on other pages."""
        here = {
            name
            for at in self.shown
            for question in self.schema.sections[at].questions
            for name in names_of(question)
        }
        return [
            (name, value)
            for question in self.schema
            for name in names_of(question)
            if name not in here
            for value in self.posted.get(name, ())
        ]

    @property
    def has_required(self) -> bool:
        """Whether some question on this page must be answered."""
        return any(q.question.required for section in self.sections for q in section.questions)

    @property
    def is_single(self) -> bool:
        """One question only: a poll, which needs no number."""
        return len(self.numbers) == 1

    @property
    def is_titled_by_question(self) -> bool:
        """The title only repeats the one question, so the question is the heading."""
        return self.is_single and next(iter(self.schema)).text == self.schema.title

    @property
    def is_partly_untranslated(self) -> bool:
        return bool(self.schema.untranslated)

    @property
    def original_name(self) -> str:
        """The original language, by its own name."""
        return OWN_NAMES.get(self.schema.original_language, self.schema.original_language)

    @property
    def title_language(self) -> str:
        """The language of the title where it is not the page's; then of the introduction."""
        return self.language_of("title")

    @property
    def introduction_language(self) -> str:
        return self.language_of("introduction")

    def language_of(self, ref: str) -> str:
        """The language of the text under ``ref`` where it is not that of the page around it: one
        that the portal does not speak, or the original where it had to be left untranslated."""
        language = self.schema.language_of(ref)
        return language if language != get_language() else ""
