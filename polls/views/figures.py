"""The figures of a result as a piece of a page, made once for the same figures.

A result is read often and changes seldom. Its pictures and tables are kept in the process under all
that they are made of: the figures themselves, which passed disclosure control before they came
here, who reads them, and in which language. Other figures are another key; nothing is ever
invalidated.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation

from polls.disclosure import Disclosure, Shown, ThemeCount, released_texts
from polls.models import Consultation, Release
from polls.tally import OTHER
from polls.views.charts import Picture, pictures
from polls.views.response import agreed_in_words

KEPT = 64
MOST_TEXTS = 30
"""So many open answers stand on the page of a released result."""

TEMPLATE = "polls/results/_questions.html"


def questions_html(
    shown: Shown, consultation: Consultation, theme: ThemeCount | None, *, is_council: bool
) -> str:
    """Every question's result: picture, table, themes, and the open answers that were released."""
    disclosure, release = shown.disclosure, shown.release
    if release is None or not release.texts:
        language = translation.get_language()
        is_released = release is not None
        return _kept(disclosure, consultation.key, is_council, is_released, theme, language)
    found = _with_texts(pictures(disclosure), release, theme)
    return _printed(found, disclosure, consultation.key, is_council, release, theme)


@lru_cache(maxsize=KEPT)
def _kept(
    disclosure: Disclosure,
    key: UUID,
    is_council: bool,
    is_released: bool,
    theme: ThemeCount | None,
    _language: str | None,
) -> str:
    return _printed(pictures(disclosure), disclosure, key, is_council, is_released, theme)


def _printed(
    found: list[Picture],
    disclosure: Disclosure,
    key: UUID,
    is_council: bool,
    release: object,
    theme: ThemeCount | None,
) -> str:
    context = {
        "pictures": found,
        "by": disclosure.by,
        "consultation": {"key": key},
        "is_council": is_council,
        "release": release,
        "theme": theme,
    }
    return render_to_string(TEMPLATE, context)


def _with_texts(found: list[Picture], release: Release, theme: ThemeCount | None) -> list[Picture]:
    name = theme.key if theme else ""
    return [
        replace(each, texts=_texts(release, each.question.code, name)[:MOST_TEXTS])
        for each in found
    ]


def _texts(release: Release, question: str, theme: str) -> list[dict[str, Any]]:
    """What was written to ``question`` and beside its "namely", or only that under ``theme``."""
    texts = [
        text | {"agreed_words": _agreed(text)}
        for name in (question, f"{question}{OTHER}")
        for text in released_texts(release, name)
    ]
    if not theme:
        return texts
    return [text for text in texts if theme in text.get("themes", ())]


def _agreed(text: dict[str, Any]) -> str:
    return agreed_in_words(text.get("agreed", 0), text.get("agreed_is_least", False))
