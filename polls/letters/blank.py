"""The questions on paper, to be filled in with a pen: an accessible PDF (PDF/UA-1). Pure.

There is no code on it and nobody's name. Whoever fills it in copies the code of their letter, and
the secretary types it in with that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from dossiers.markdown import to_text
from polls.forms.answer_page import AnswerPage, AskedQuestion, AskedSection
from polls.languages import RIGHT_TO_LEFT
from polls.questions.describing import describe
from polls.questions.schema import Kind, Schema

_TEMPLATE = Path(__file__).parent / "blank.typ"
LINES = {Kind.SHORT_TEXT: 1, Kind.LONG_TEXT: 6}
"""How much room to write the kinds of question get that are answered in words."""


def blank_as_pdf(schema: Schema, *, closes: str, today: date, images: Mapping[str, bytes]) -> bytes:
    """Every question, in the language of ``schema``; ``images`` by the code of their question."""
    page = AnswerPage(schema, {}, shown=range(len(schema.sections)))
    form = {
        **_head(schema, page, closes),
        "parts": [_part(part, at, page, images) for at, part in enumerate(page.sections)],
    }
    made: bytes = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"form": json.dumps(form)},
        timestamp=int(datetime.combine(today, time(12), UTC).timestamp()),
    )
    return made


def _head(schema: Schema, page: AnswerPage, closes: str) -> dict[str, Any]:
    told = [
        _("Put a cross in the box of your answer."),
        _(
            "Write no name on it. The secretary of the council types it in with your code, and it"
            " goes into the same urn as all answers."
        ),
    ]
    if closes:
        told.append(_("Open until %(when)s") % {"when": closes})
    required = page.has_required
    return {
        "language": schema.language,
        "rtl": schema.language in RIGHT_TO_LEFT,
        "council": settings.COUNCIL_NAME,
        "organisation": settings.ORGANISATION_NAME,
        "title": schema.title,
        "introduction": _paragraphs(to_text(schema.introduction)),
        "told": told,
        "code": _("The code from your letter or card"),
        "required": _("You need to answer these. The rest is up to you.") if required else "",
        "end": _("Thank you. Hand this form in to the council."),
    }


def _part(
    part: AskedSection, at: int, page: AnswerPage, images: Mapping[str, bytes]
) -> dict[str, Any]:
    section, schema = part.section, page.schema
    condition = describe(section.show_if, schema, page.numbers)
    several = len(schema.sections) > 1
    title = section.title
    if several:
        number = {"number": at + 1, "total": len(schema.sections)}
        title = ": ".join(filter(None, (_("Part %(number)s of %(total)s") % number, title)))
    return {
        "title": title,
        "told": [_("Only answer this if %(condition)s.") % {"condition": condition}]
        if condition
        else [],
        "text": _paragraphs(section.text),
        "questions": [
            _question(asked, images.get(asked.question.code)) for asked in part.questions
        ],
        "after": [
            _jump(describe(jump.when, schema, page.numbers), jump.to, len(schema.sections))
            for jump in section.jumps
        ],
    }


def _jump(condition: str, to: int, count: int) -> str:
    if to >= count:
        return _("If %(condition)s: you are done.") % {"condition": condition}
    words = {"condition": condition, "number": to + 1}
    return _("If %(condition)s: go on to part %(number)d.") % words


def _question(asked: AskedQuestion, image: bytes | None) -> dict[str, Any]:
    question = asked.question
    condition = asked.condition
    told = [_("Only answer this if %(condition)s.") % {"condition": condition}] if condition else []
    told += [text for text in (question.help_text, asked.limits) if text]
    is_matrix, has_rows = question.kind is Kind.MATRIX, question.kind in (Kind.MATRIX, Kind.RANKING)
    is_chosen = question.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.YES_NO, Kind.SCALE)
    unit = _("day-month-year") if question.kind is Kind.DATE else question.settings.unit
    return {
        "number": asked.number,
        "text": question.text,
        "required": question.required,
        "told": told,
        "kind": question.kind.value,
        "options": [{"label": option.label, "namely": option.is_other} for option in asked.options]
        if is_chosen
        else [],
        "rows": [row.label for row in asked.rows] if has_rows else [],
        "columns": [choice.text for choice in question.choices] if is_matrix else [],
        "low": question.settings.low_label,
        "high": question.settings.high_label,
        "unit": unit,
        "lines": LINES.get(question.kind, 0),
        "consents": _consents(asked),
        "image": list(image or b""),
        "alt": question.image_alt,
    }


def _consents(asked: AskedQuestion) -> list[str]:
    """What may be done with what is written here, each to be ticked."""
    wanted = asked.question.settings
    consents = []
    if wanted.ask_quote:
        consents.append(_("The council may quote this, without my name"))
    if wanted.ask_share:
        consents.append(_("Colleagues may read this, without my name"))
    return consents


def _paragraphs(text: str) -> list[str]:
    return [" ".join(lines.split()) for lines in text.split("\n\n") if lines.strip()]
