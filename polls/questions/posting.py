"""How answers travel in an HTML form: names to values and back.

``q1`` (one value), ``q2`` (several), ``q4.r1`` (a matrix's row), ``q5.c1`` (the rank given to a
choice), ``q1.other`` (other, namely), ``q8.quote`` (may be quoted),
``q8.share`` (colleagues may read it).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from polls.questions.schema import Answers, Kind, Question, Schema

Posted: TypeAlias = Mapping[str, Sequence[str]]
"""What a form sent: name to values, as ``dict(request.POST.lists())``."""


def names_of(question: Question) -> list[str]:
    """Every form name that belongs to ``question``."""
    code = question.code
    if question.kind is Kind.MATRIX:
        return [f"{code}.{row.code}" for row in question.rows]
    if question.kind is Kind.RANKING:
        return [f"{code}.{choice.code}" for choice in question.choices]
    names = [code]
    if question.other:
        names.append(f"{code}.other")
    if question.is_open and question.settings.ask_quote:
        names.append(f"{code}.quote")
    if question.is_open and question.settings.ask_share:
        names.append(f"{code}.share")
    return names


def option_id(name: str, code: str) -> str:
    """The id on the page of what can be ticked for ``code`` under ``name``."""
    return f"{name.replace('.', '-')}-{code}"


def posted_of(schema: Schema, answers: Answers) -> dict[str, list[str]]:
    """The form that would have given these answers, to fill a page with."""
    posted: dict[str, list[str]] = {}
    for question in schema:
        code = question.code
        answer = answers.get(code)
        if isinstance(answer, dict):
            for row, choice in answer.items():
                posted[f"{code}.{row}"] = [choice]
        elif isinstance(answer, list) and question.kind is Kind.RANKING:
            for rank, choice in enumerate(answer, start=1):
                posted[f"{code}.{choice}"] = [str(rank)]
        elif isinstance(answer, list):
            posted[code] = list(answer)
        elif isinstance(answer, float):
            posted[code] = [f"{answer:.{question.settings.decimals}f}".replace(".", ",")]
        elif answer is not None:
            posted[code] = [str(answer)]
        other = answers.get(f"{code}.other")
        if isinstance(other, str):
            posted[f"{code}.other"] = [other]
        for consent in ("quote", "share"):
            if answers.get(f"{code}.{consent}"):
                posted[f"{code}.{consent}"] = ["1"]
    return posted


def only_known(schema: Schema, posted: Posted) -> dict[str, list[str]]:
    """What was posted, without names that no question has."""
    known = (name for question in schema for name in names_of(question))
    return {name: list(posted[name]) for name in known if name in posted}
