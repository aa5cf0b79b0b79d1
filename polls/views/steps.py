"""From page to page through a questionnaire: nothing is stored on the way, each page carries it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict

from polls.forms.answer_page import AnswerPage, Step
from polls.questions.posting import Posted, only_known
from polls.questions.schema import Answers, Schema
from polls.questions.validation import validate


class Go(StrEnum):
    """What the button that was pressed asks for. ``language-xx`` asks for another language."""

    NEXT = "next"
    BACK = "back"
    SEND = "send"


@dataclass(frozen=True)
class Turn:
    """What comes of a posted page: a page to show, or answers that can be taken."""

    page: AnswerPage
    answers: Answers | None = None


def first_page(schema: Schema, posted: Posted) -> AnswerPage:
    """The page somebody starts on."""
    if len(schema.sections) == 1:
        return _page(schema, posted, None)
    path = validate(schema, posted).path.sections
    return _page(schema, posted, path[0] if path else 0)


def turn(schema: Schema, post: QueryDict) -> Turn:
    """Follow the button: on, back, or send; errors bring the page back with all that was typed."""
    posted = only_known(schema, dict(post.lists()))
    go = post.get("go", Go.SEND)
    if len(schema.sections) == 1:
        if go != Go.SEND:
            return Turn(_page(schema, posted, None))
        checked = validate(schema, posted)
        page = _page(schema, posted, None, checked.errors)
        return Turn(page, None if checked.errors else checked.answers)
    part = _part(post, schema)
    path = validate(schema, posted).path.sections
    if go == Go.BACK:
        earlier = [at for at in path if at < part]
        return Turn(_page(schema, posted, earlier[-1] if earlier else part))
    if go not in (Go.NEXT, Go.SEND):
        return Turn(_page(schema, posted, part))
    here = validate(schema, posted, sections=frozenset({part}))
    if here.errors:
        return Turn(_page(schema, posted, part, here.errors))
    later = [at for at in path if at > part]
    if later:
        return Turn(_page(schema, posted, later[0]))
    checked = validate(schema, posted)
    if checked.errors:
        at = min(schema.position[code][0] for code in checked.errors)
        return Turn(_page(schema, posted, at, checked.errors))
    if go == Go.NEXT:
        # An answer on this page made it the last one: say so before anything is sent.
        return Turn(_page(schema, posted, None, at_end=True))
    return Turn(_page(schema, posted, part), checked.answers)


def is_last(schema: Schema, page: AnswerPage) -> bool:
    """Whether the button on ``page`` sends."""
    if page.step is None or not page.shown:
        return True
    path = validate(schema, page.posted).path.sections
    return not any(at > page.shown[-1] for at in path)


def _part(post: QueryDict, schema: Schema) -> int:
    part = post.get("part", "0")
    at = int(part) if part.isascii() and part.isdigit() and len(part) < 4 else 0
    return min(at, len(schema.sections) - 1)


def _page(
    schema: Schema,
    posted: Posted,
    at: int | None,
    errors: dict[str, str] | None = None,
    *,
    at_end: bool = False,
) -> AnswerPage:
    if at is None and not at_end:
        shown = range(len(schema.sections))
        return AnswerPage(schema, posted, shown=shown, errors=errors)
    path = validate(schema, posted).path.sections
    if at is None:
        return AnswerPage(schema, posted, shown=(), step=Step(len(path) + 1, len(path) + 1))
    number = sum(1 for section in path if section <= at) or 1
    step = Step(number, max(len(path), number))
    return AnswerPage(schema, posted, shown=(at,), errors=errors, step=step)
