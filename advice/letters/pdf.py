"""A letter as an accessible PDF (PDF/UA-1), by typst, from the same tree."""

import json
import re
import unicodedata
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path

import typst

from advice.letters.charts import svg
from advice.letters.tree import Tree, replaced, to_json

MEDIA_TYPE = "application/pdf"
_TEMPLATE = Path(__file__).with_name("letter.typ")


_UNDRAWN = re.compile(r"the text `\"(?P<text>.+?)\"` could not be displayed with font")
_MOST_TRIES = 40


class CannotBeDrawn(Exception):
    """The letter holds more sorts of characters without a drawing than can be put into words."""


def to_pdf(tree: Tree) -> bytes:
    """The letter as the bytes of a PDF/UA-1 file.

    That standard allows no character that no font on this machine can draw; such a one (an emoji, a
    sign from a script we have no font for) is written as its name between brackets.
    """
    for _try in range(_MOST_TRIES):
        try:
            return _compiled(tree)
        except typst.TypstError as error:
            undrawn = _UNDRAWN.search(str(error))
            if undrawn is None:
                raise
            names = {ord(sign): _named(sign) for sign in undrawn["text"] if not sign.isascii()}
            tree = replaced(tree, partial(_translated, names))
    raise CannotBeDrawn


def _translated(names: dict[int, str], words: str) -> str:
    return words.translate(names)


def _named(sign: str) -> str:
    return f"[{unicodedata.name(sign, 'teken').lower()}]"


def _compiled(tree: Tree) -> bytes:
    drawings = {str(chart.number): svg(chart) for chart in tree.charts}
    day = datetime.fromisoformat(tree.head.date).date()
    made: bytes = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"tree": json.dumps(to_json(tree)), "drawings": json.dumps(drawings)},
        timestamp=int(datetime.combine(day, time(12), UTC).timestamp()),
    )
    return made
