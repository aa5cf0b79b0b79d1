"""A letter as an accessible PDF (PDF/UA-1), by typst, from the same tree."""

import json
from datetime import datetime
from pathlib import Path

from advice.letters.charts import svg
from advice.letters.tree import Tree, replaced, to_json
from dossiers.typesetting import MEDIA_TYPE, Say, accessible_pdf

__all__ = ["MEDIA_TYPE", "to_pdf"]
_TEMPLATE = Path(__file__).with_name("letter.typ")


def to_pdf(tree: Tree) -> bytes:
    """The letter as the bytes of a PDF/UA-1 file."""

    def inputs(say: Say) -> dict[str, str]:
        said = replaced(tree, say)
        drawings = {str(chart.number): svg(chart) for chart in said.charts}
        return {"tree": json.dumps(to_json(said)), "drawings": json.dumps(drawings)}

    return accessible_pdf(_TEMPLATE, inputs, datetime.fromisoformat(tree.head.date).date())
