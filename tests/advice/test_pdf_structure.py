"""What a screen reader gets: the structure of our PDF, and of what a word processor makes of ours.

``printed`` has LibreOffice make a PDF/UA from the .docx and the .odt, so a heading that is none, a
table without header cells or a picture without words would be missing there.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from lxml import etree

from advice.letters.compose import compose
from advice.letters.docx import to_docx
from advice.letters.odt import to_odt
from advice.letters.pdf import to_pdf
from advice.letters.tree import Heading, Table, Tree
from advice.models import Letter
from tests.advice.test_word_processor import printed

pytestmark = pytest.mark.django_db
UA = json.dumps(
    {name: {"type": "boolean", "value": "true"} for name in ("UseTaggedPDF", "PDFUACompliance")}
)
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}part"


@pytest.fixture
def tree(letter: Letter) -> Tree:
    return compose(letter, draft=True)


@pytest.fixture(params=["pdf", pytest.param("docx", marks=pytest.mark.services),
                        pytest.param("odt", marks=pytest.mark.services)])  # fmt: skip
def reader(request: pytest.FixtureRequest, tree: Tree, tmp_path: Path) -> pypdf.PdfReader:
    """Our own PDF, and the word processor's of our .docx and .odt."""
    if request.param == "pdf":
        return pypdf.PdfReader(io.BytesIO(to_pdf(tree)))
    write: Callable[[Tree], bytes] = {"docx": to_docx, "odt": to_odt}[request.param]
    return printed(write(tree), request.param, tmp_path, UA)


def resolved(node: Any) -> Any:
    return node.get_object() if hasattr(node, "get_object") else node


def elements(node: Any, depth: int = 0) -> list[tuple[int, str, Any]]:
    """All structure elements below ``node`` in reading order: depth, name, element."""
    node = resolved(node)
    if isinstance(node, list):
        return [found for each in node for found in elements(each, depth)]
    if not isinstance(node, dict):
        return []
    own = [(depth, str(node["/S"]).lstrip("/"), node)] if "/S" in node else []
    return own + (elements(node["/K"], depth + 1) if "/K" in node else [])


def below(root: Any, name: str) -> list[Any]:
    return [node for _depth, found, node in elements(root) if found == name]


def test_it_says_what_it_is_in_which_language_and_how_it_is_called(
    reader: pypdf.PdfReader, tree: Tree
) -> None:
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]) == "nl-NL"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == tree.head.subject
    described = etree.fromstring(root["/Metadata"].get_object().get_data())
    parts = {each.text for each in described.iter(PDFUA)}
    parts |= {value for each in described.iter() if (value := each.get(PDFUA))}
    assert parts == {"1"}


def test_every_heading_is_one_at_its_level_in_order(reader: pypdf.PdfReader, tree: Tree) -> None:
    root: Any = reader.trailer["/Root"]
    found = [name for _depth, name, _node in elements(root["/StructTreeRoot"]["/K"])]
    levels = [name for name in found if name in ("H1", "H2", "H3", "H4", "H5", "H6")]
    assert levels == [f"H{block.level}" for block in tree.blocks if isinstance(block, Heading)]
    assert found.count("Title") == 1


def test_every_table_has_a_header_cell_above_each_column(
    reader: pypdf.PdfReader, tree: Tree
) -> None:
    root: Any = reader.trailer["/Root"]
    tables = below(root["/StructTreeRoot"]["/K"], "Table")
    written = [block for block in tree.blocks if isinstance(block, Table)]
    assert len(tables) == len(written) == 4
    for table, block in zip(tables, written, strict=True):
        first, *rest = below(table, "TR")
        assert len(below(first, "TH")) == len(block.header)
        assert len(rest) == len(block.rows)
        for head in below(first, "TH"):
            attributes = resolved(head["/A"])
            listed = attributes if isinstance(attributes, list) else [attributes]
            assert "/Column" in {str(resolved(each).get("/Scope")) for each in listed}


def test_every_chart_has_words_for_who_cannot_see_it(reader: pypdf.PdfReader, tree: Tree) -> None:
    root: Any = reader.trailer["/Root"]
    figures = below(root["/StructTreeRoot"]["/K"], "Figure")
    assert len(figures) == len(tree.charts) == 1
    for figure, chart in zip(figures, tree.charts, strict=True):
        assert chart.alt in str(figure["/Alt"])


def test_a_footnote_is_a_note(reader: pypdf.PdfReader, tree: Tree) -> None:
    root: Any = reader.trailer["/Root"]
    assert len(below(root["/StructTreeRoot"]["/K"], "Note")) == len(tree.notes) == 1
