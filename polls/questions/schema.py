"""The questionnaire as plain values: sections of questions of ten kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import TypeAlias

from polls.questions.conditions import Condition

Answer: TypeAlias = str | int | float | bool | list[str] | dict[str, str]
Answers: TypeAlias = dict[str, Answer]
"""Checked answers by question code, as they are stored (JSON).

``{"q1": "c2", "q2": ["c1", "c3"], "q3": 4, "q4": {"r1": "c2"}, "q5": ["c3", "c1"], "q6": 12.5,
"q7": "2026-12-01", "q8": "text", "q1.other": "text", "q8.quote": true, "q8.share": true}``. Yes/no
is ``"yes"`` or ``"no"``. What was not answered, or was not shown, is not there.
"""


class Kind(StrEnum):
    """The kinds of question. The values are stored."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    YES_NO = "yes_no"
    SCALE = "scale"
    MATRIX = "matrix"
    RANKING = "ranking"
    NUMBER = "number"
    DATE = "date"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"


TEXT_KINDS = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT})
CHOICE_KINDS = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX, Kind.RANKING})
"""Kinds whose possible answers the council writes itself."""
YES, NO = "yes", "no"
MAX_TEXT = {Kind.SHORT_TEXT: 300, Kind.LONG_TEXT: 5_000}
MAX_OTHER = 300


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer, or one row of a matrix."""

    code: str
    text: str
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What a kind of question can be told; each kind reads its own and leaves the rest alone.

    ``minimum``/``maximum`` bound a number or a scale (whole numbers there), ``earliest``/``latest``
    a date (ISO), ``at_least``/``at_most`` how many choices are ticked or ranked.
    """

    minimum: float | None = None
    maximum: float | None = None
    decimals: int = 0
    unit: str = ""
    low_label: str = ""
    high_label: str = ""
    at_least: int = 0
    at_most: int = 0
    max_length: int = 0
    earliest: str = ""
    latest: str = ""
    ask_quote: bool = False
    ask_share: bool = False
    """Whoever answers is asked whether colleagues may read it while the question is open."""

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> Settings:
        """Read what is stored, leaving out what is unknown or of the wrong shape."""
        return cls(
            minimum=_number(stored.get("minimum")),
            maximum=_number(stored.get("maximum")),
            decimals=min(max(_whole(stored.get("decimals")), 0), 6),
            unit=_words(stored.get("unit")),
            low_label=_words(stored.get("low_label")),
            high_label=_words(stored.get("high_label")),
            at_least=max(_whole(stored.get("at_least")), 0),
            at_most=max(_whole(stored.get("at_most")), 0),
            max_length=max(_whole(stored.get("max_length")), 0),
            earliest=_words(stored.get("earliest")),
            latest=_words(stored.get("latest")),
            ask_quote=stored.get("ask_quote") is True,
            ask_share=stored.get("ask_share") is True,
        )

    def to_json(self) -> dict[str, object]:
        """What differs from the defaults, ready to be stored."""
        default = Settings()
        return {
            name: getattr(self, name)
            for name in self.__slots__
            if getattr(self, name) != getattr(default, name)
        }


@dataclass(frozen=True)
class Question:
    """One question as one person in one language gets it."""

    code: str
    kind: Kind
    text: str
    help_text: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    settings: Settings = field(default_factory=Settings)
    show_if: Condition | None = None
    image: str = ""
    image_alt: str = ""
    is_background: bool = False

    @property
    def is_open(self) -> bool:
        """Answered in one's own words."""
        return self.kind in TEXT_KINDS

    @cached_property
    def choice_codes(self) -> frozenset[str]:
        """The codes an answer may name; for yes/no ``yes`` and ``no``."""
        if self.kind is Kind.YES_NO:
            return frozenset({YES, NO})
        return frozenset(choice.code for choice in self.choices)

    @cached_property
    def row_codes(self) -> frozenset[str]:
        """The codes of a matrix's rows."""
        return frozenset(row.code for row in self.rows)

    @property
    def other(self) -> Choice | None:
        """The choice "other, namely", where there is one."""
        return next((choice for choice in self.choices if choice.is_other), None)

    @property
    def scale(self) -> range:
        """The points of a scale, lowest first; 1 to 5 unless set otherwise."""
        low = 1 if self.settings.minimum is None else int(self.settings.minimum)
        high = 5 if self.settings.maximum is None else int(self.settings.maximum)
        return range(low, high + 1)

    @property
    def max_length(self) -> int:
        """The longest text that is taken, in characters."""
        limit = MAX_TEXT.get(self.kind, MAX_OTHER)
        return min(self.settings.max_length or limit, limit)


@dataclass(frozen=True, slots=True)
class Jump:
    """After a section, where ``when`` holds: on to the section at ``to`` (counted from 0).

    ``to`` equal to the number of sections means: to the end.
    """

    when: Condition
    to: int


@dataclass(frozen=True)
class Section:
    """Questions that stand together, and what leads in and out of them.

    ``ref`` is what its texts are kept under, followed by ``:title`` or ``:text``.
    """

    title: str
    questions: tuple[Question, ...]
    text: str = ""
    show_if: Condition | None = None
    jumps: tuple[Jump, ...] = ()
    ref: str = ""


@dataclass(frozen=True)
class Schema:
    """A questionnaire in one language.

    ``untranslated`` names the texts for which the original language had to stand in, by the ref
    under which a translation would be kept (``question:q1:text``).
    """

    title: str
    sections: tuple[Section, ...]
    introduction: str = ""
    language: str = "nl"
    original_language: str = "nl"
    untranslated: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Question]:
        return (question for section in self.sections for question in section.questions)

    @cached_property
    def by_code(self) -> dict[str, Question]:
        """Every question by its code."""
        return {question.code: question for question in self}

    def language_of(self, ref: str) -> str:
        """The language that the text under ``ref`` is in: the original's where it was left so."""
        return self.original_language if ref in self.untranslated else self.language

    @cached_property
    def shared(self) -> tuple[Question, ...]:
        """The questions whose answers colleagues read along, as far as their writers let them."""
        return tuple(each for each in self if each.is_open and each.settings.ask_share)

    @cached_property
    def digest(self) -> str:
        """Stands for all of the content: two questionnaires with one digest read the same."""
        return sha256(repr(self).encode()).hexdigest()

    @cached_property
    def position(self) -> dict[str, tuple[int, int]]:
        """Where each question stands: (section, place within it), both counted from 0."""
        return {
            question.code: (at, place)
            for at, section in enumerate(self.sections)
            for place, question in enumerate(section.questions)
        }


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""
