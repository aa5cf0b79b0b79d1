"""A typst template and words made into an accessible PDF (PDF/UA-1).

That standard refuses characters that no file may hold and those that no font on this machine can
draw. The first are left out; the second (an emoji, a sign from a script there is no font for) are
written as their name between brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeAlias

import typst

MEDIA_TYPE = "application/pdf"
Say: TypeAlias = Callable[[str], str]
"""From words as people wrote them to words that can be drawn."""

_UNDRAWN = re.compile(r"the text `\"(?P<text>.+?)\"` could not be displayed with font")
_MOST_TRIES = 40


class CannotBeDrawn(Exception):
    """There are more sorts of characters without a drawing than can be put into words."""


def accessible_pdf(template: Path, inputs: Callable[[Say], Mapping[str, str]], day: date) -> bytes:
    """The bytes of a PDF of ``day``; ``inputs`` makes the template's values, saying each word."""
    names: dict[int, str] = {}

    def say(words: str) -> str:
        return words.translate(names)

    for _try in range(_MOST_TRIES):
        try:
            made: bytes = typst.compile(
                template.read_bytes(),
                format="pdf",
                pdf_standards=["ua-1"],
                sys_inputs=dict(inputs(say)),
                timestamp=int(datetime.combine(day, time(12), UTC).timestamp()),
            )
            return made
        except typst.TypstError as error:
            undrawn = _UNDRAWN.search(str(error))
            if undrawn is None:
                raise
            names |= {ord(sign): _named(sign) for sign in undrawn["text"] if not sign.isascii()}
    raise CannotBeDrawn


def _named(sign: str) -> str:
    return f"[{unicodedata.name(sign, 'teken').lower()}]"
