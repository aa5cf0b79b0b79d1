"""Hints for neutral questions. They advise and never block: the council decides how it asks.

Rules of thumb from survey practice, for Dutch: a question that names an opinion or a shared view
leads; one with two subjects joined by "en" or "of" cannot be answered with one answer; two
negations in one sentence are misread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from polls.questions.schema import Kind, Schema

LEADING = re.compile(
    r"\b(vind(?:t)? (?:je|jij|u|jullie) (?:ook|niet)|(?:ook|toch) niet|het ermee eens dat|"
    r"natuurlijk|uiteraard|vanzelfsprekend|zoals (?:iedereen|bekend|je weet|u weet)|toch\?|hè\?|"
    r"iedereen (?:vindt|weet)|niet (?:ook|beter|verstandig(?:er)?)\b[^.?!]*\?)",
    re.IGNORECASE,
)
NEGATION = re.compile(
    r"\b(niet|geen|nooit|niemand|niets|nergens|noch|zonder|onvoldoende|onmogelijk|"
    r"on(?:tevreden|nodig|wenselijk|eens|duidelijk|veilig|eerlijk|juist|redelijk|acceptabel))\b",
    re.IGNORECASE,
)
JOINED = re.compile(r"\b(?:en|alsook|evenals|én)\b|\ben/of\b", re.IGNORECASE)
JUDGED = re.compile(
    r"\b(tevreden|vind(?:t)?|mening|beoordeel(?:t)?|waardeer(?:t)?|eens|ervaar(?:t)?|belangrijk|"
    r"goed|duidelijk|wil(?:t)?)\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\btussen\b[^.?!]*\ben\b", re.IGNORECASE)
WAY_OUT = re.compile(
    r"weet (?:ik )?niet|geen mening|anders|niet van toepassing|n\.?v\.?t|maakt .*niet uit|neutraal"
)
LONG_QUESTION_WORDS = 25


class Hint(StrEnum):
    """What could be better."""

    LEADING = "leading"
    DOUBLE = "double"
    DOUBLE_NEGATIVE = "double_negative"
    LONG = "long"
    NO_WAY_OUT = "no_way_out"
    UNBALANCED = "unbalanced"


@dataclass(frozen=True, slots=True)
class Advice:
    """One hint about one question; ``about`` quotes the words that gave rise to it."""

    question: str
    hint: Hint
    about: str = ""


def hints_for_text(text: str) -> list[tuple[Hint, str]]:
    """The hints that one question's text gives rise to, with the words concerned."""
    found: list[tuple[Hint, str]] = []
    if leading := LEADING.search(text):
        found.append((Hint.LEADING, leading[0].strip()))
    asked = BETWEEN.sub("", text)
    for sentence in re.split(r"(?<=[.?!])\s+", asked):
        joined = JOINED.search(sentence)
        if joined and sentence.rstrip().endswith("?") and JUDGED.search(sentence):
            found.append((Hint.DOUBLE, sentence.strip()))
        negations = NEGATION.findall(sentence)
        if len(negations) > 1:
            found.append((Hint.DOUBLE_NEGATIVE, " … ".join(negations)))
    if len(text.split()) > LONG_QUESTION_WORDS:
        found.append((Hint.LONG, str(len(text.split()))))
    return found


def advise(schema: Schema) -> list[Advice]:
    """Every hint for a questionnaire, in reading order."""
    found: list[Advice] = []
    for question in schema:
        found.extend(
            Advice(question.code, hint, about) for hint, about in hints_for_text(question.text)
        )
        if question.required and question.kind is Kind.SINGLE and not question.other:
            texts = " ".join(choice.text.casefold() for choice in question.choices)
            if JUDGED.search(question.text) and not WAY_OUT.search(texts):
                found.append(Advice(question.code, Hint.NO_WAY_OUT))
        if question.kind is Kind.SCALE and bool(question.settings.low_label) != bool(
            question.settings.high_label
        ):
            found.append(Advice(question.code, Hint.UNBALANCED))
    return found
