"""What a file asks for, before any of it is written."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import strip_tags

from polls.questions.schema import Kind

MAX_BYTES = 5 * 1024 * 1024
MAX_QUESTIONS = 500
MAX_CHOICES = 300
Texts = dict[str, str]
"""Language code to text."""


class CannotImport(ValueError):
    """The file cannot be used; the message says why, in the reader's language."""


@dataclass
class PlannedChoice:
    """An answer to choose, or a row."""

    code: str
    texts: Texts
    is_other: bool = False


@dataclass
class PlannedQuestion:
    """One question; ``show_if`` as it will be stored."""

    code: str
    kind: Kind
    texts: Texts
    helps: Texts = field(default_factory=dict)
    required: bool = False
    choices: list[PlannedChoice] = field(default_factory=list)
    rows: list[PlannedChoice] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    show_if: dict[str, Any] | None = None


@dataclass
class PlannedSection:
    """A part with its questions."""

    titles: Texts = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)
    questions: list[PlannedQuestion] = field(default_factory=list)
    show_if: dict[str, Any] | None = None


@dataclass
class Plan:
    """A questionnaire to be made, and what could not be carried over, line by line."""

    titles: Texts
    language: str
    languages: list[str] = field(default_factory=list)
    introductions: Texts = field(default_factory=dict)
    sections: list[PlannedSection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def questions(self) -> list[PlannedQuestion]:
        """Every question, in order."""
        return [question for section in self.sections for question in section.questions]


def plain(text: object) -> str:
    """A text without markup: other systems keep HTML, ours plain text."""
    words = strip_tags(re.sub(r"<(br|/p|/div|/li)\b[^>]*>", "\n", str(text or "")))
    lines = (" ".join(line.split()) for line in html.unescape(words).split("\n"))
    return "\n".join(line for line in lines if line).replace("\x00", "")


def code_from(name: str, taken: set[str]) -> str:
    """A code of ours for a name of theirs: letters, digits and underscores, at most 40, unique."""
    base = re.sub(r"[^A-Za-z0-9_]", "_", name)[:36] or "q"
    code = base
    number = 2
    while code in taken:
        code, number = f"{base}_{number}", number + 1
    taken.add(code)
    return code
