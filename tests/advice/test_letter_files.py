"""The letter as .docx and PDF, checked by structure."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import etree

from advice.letters.charts import pngs, svg
from advice.letters.compose import compose
from advice.letters.docx import to_docx
from advice.letters.odt import to_odt
from advice.letters.pdf import to_pdf
from advice.letters.tree import (
    Bar,
    Chart,
    Head,
    Heading,
    Items,
    Paragraph,
    Table,
    Text,
    Tree,
    printable,
    to_json,
    tree_from_json,
)
from advice.models import Letter

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


@pytest.fixture
def tree(letter: Letter) -> Tree:
    return compose(letter, draft=True)


@pytest.fixture
def word(tree: Tree) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(to_docx(tree)))


def part(word: zipfile.ZipFile, name: str) -> Any:
    return etree.fromstring(word.read(name))


def test_the_tree_survives_being_stored(tree: Tree) -> None:
    assert tree_from_json(to_json(tree)) == tree


def test_page_and_language_are_dutch(tree: Tree) -> None:
    document = docx.Document(io.BytesIO(to_docx(tree)))
    section = document.sections[0]
    assert abs((section.page_width or 0) - Cm(21)) < 1000
    assert abs((section.page_height or 0) - Cm(29.7)) < 1000
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "nl-NL"
    assert document.core_properties.language == "nl-NL"
    assert document.core_properties.title == "Nieuwe roosters in de zorg"


def test_sections_are_real_headings(tree: Tree) -> None:
    document = docx.Document(io.BytesIO(to_docx(tree)))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [
        "Aanvraag en bijlagen",
        "Verloop",
        "Raadpleging van de achterban",
        "Beoordeling",
        "Argumenten, alternatieven en voorwaarden",
        "Conclusie",
        "Verzoek om een schriftelijk besluit",
        "Bijlage: verantwoording van de bevindingen",
    ]
    assert [p.style.name for p in document.paragraphs if p.text == tree.head.subject] == ["Title"]  # type: ignore[union-attr]


def test_a_citation_is_a_real_numbered_footnote(word: zipfile.ZipFile) -> None:
    notes = part(word, "word/footnotes.xml")
    separators: list[Any] = []
    real: list[Any] = []
    for note in notes.findall("w:footnote", W):
        (separators if note.get(qn("w:type")) else real).append(note)
    assert [note.get(qn("w:type")) for note in separators] == ["separator", "continuationSeparator"]
    (one,) = real
    told = "".join(one.itertext())
    assert "Bevinding 1. Enquête ‘Nieuwe roosters’" in told
    assert "45 van de" in told
    assert "respons" in told
    body = part(word, "word/document.xml")
    (reference,) = body.findall(".//w:footnoteReference", W)
    assert reference.get(qn("w:id")) == one.get(qn("w:id"))
    types = word.read("[Content_Types].xml").decode()
    assert "wordprocessingml.footnotes+xml" in types
    assert "footnotes.xml" in word.read("word/_rels/document.xml.rels").decode()
    styles = {style.get(qn("w:styleId")) for style in part(word, "word/styles.xml")}
    assert {"FootnoteText", "FootnoteReference"} <= styles


def test_tables_are_native_with_header_rows_captions_and_descriptions(
    word: zipfile.ZipFile, tree: Tree
) -> None:
    body = part(word, "word/document.xml")
    tables = body.findall(".//w:tbl", W)
    assert len(tables) == len([block for block in tree.blocks if isinstance(block, Table)]) == 4
    for table in tables:
        first = table.find("w:tr", W)
        assert first.find("w:trPr/w:tblHeader", W) is not None
        assert table.find("w:tblPr/w:tblDescription", W) is not None
    fields = [field.get(qn("w:instr")) for field in body.findall(".//w:fldSimple", W)]
    assert fields.count("SEQ Tabel \\* ARABIC") == 4
    assert fields.count("SEQ Figuur \\* ARABIC") == 1


def test_a_chart_is_an_image_with_words_for_who_cannot_see_it(word: zipfile.ZipFile) -> None:
    body = part(word, "word/document.xml")
    (drawn,) = body.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    )
    assert "Antwoord 1: 67%" in drawn.get("descr")
    assert [name for name in word.namelist() if name.endswith(".png")]


def test_every_reference_in_the_file_leads_somewhere(word: zipfile.ZipFile) -> None:
    for name in word.namelist():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(word.read(name))
    relations = etree.fromstring(word.read("word/_rels/document.xml.rels"))
    for relation in relations:
        if relation.get("TargetMode") != "External":
            target = relation.get("Target")
            path = target.lstrip("/") if target.startswith("/") else f"word/{target}"
            assert path.replace("word/../", "") in word.namelist()


def test_numbered_lists_begin_anew() -> None:
    one = Items(True, ((Paragraph((Text("a"),)),), (Paragraph((Text("b"),)),)))
    made = to_docx(_tree(one, one))
    body = part(zipfile.ZipFile(io.BytesIO(made)), "word/document.xml")
    numbers = [each.get(qn("w:val")) for each in body.findall(".//w:numPr/w:numId", W)]
    assert len(numbers) == 4
    assert len(set(numbers)) == 2


def _tree(*body: Any) -> Tree:
    head = Head("OR", "De Linde", (), "", (), "23 november 2026", "2026-11-23", "", "Proef")
    words = (
        ("subject", "Onderwerp"), ("reference", "Ons kenmerk"), ("table", "Tabel"),
        ("figure", "Figuur"), ("page", "Pagina"), ("of", "van"), ("email", "E-mail"),
    )  # fmt: skip
    return Tree("nl-NL", head, tuple(body), (), (), (), words)


def test_the_pdf_is_tagged_titled_and_dutch(tree: Tree) -> None:
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(tree)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("nl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == tree.head.subject
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Bevinding 1. Enquête ‘Nieuwe roosters’" in text
    assert "CONCEPT" in text
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)


def tags(node: Any, found: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            tags(each, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append((str(node["/S"]), node))
        if "/K" in node:
            tags(node["/K"], found)
    return found


def test_the_pdfs_structure_has_headings_tables_notes_and_described_figures(tree: Tree) -> None:
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(tree)))
    root: Any = reader.trailer["/Root"]
    found = tags(root["/StructTreeRoot"]["/K"], [])
    names = [name for name, _node in found]
    assert names.count("/H1") + names.count("/Title") >= 1
    assert names.count("/Table") == 4
    assert "/TH" in names
    assert "/Note" in names or "/FENote" in names
    figures = [node for name, node in found if name == "/Figure"]
    assert figures
    assert all(str(node.get("/Alt", "")) for node in figures)


def test_the_same_letter_gives_the_same_pdf(tree: Tree) -> None:
    assert to_pdf(tree) == to_pdf(tree)


def test_what_people_write_cannot_break_out_of_a_file() -> None:
    nasty = '#panic("x") $a_b$ @ref <b> & "quoted" \\ *ster* `code` ]]> \x00\x0b\ufeff\ufffe 中 ☐'
    made = printable(_tree(Heading(1, nasty), Paragraph((Text(nasty),))))
    assert to_pdf(made).startswith(b"%PDF")
    text = "\n".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(to_pdf(made))).pages
    )
    assert '#panic("x")' in text
    assert "中" in text or "[cjk unified ideograph-4e2d]" in text
    document = docx.Document(io.BytesIO(to_docx(made)))
    assert any('#panic("x") $a_b$' in p.text for p in document.paragraphs)


def test_a_drawing_escapes_its_words_and_shows_no_bar_for_what_is_hidden() -> None:
    chart = Chart("c", 'a"<', (Bar("<script>", 0.5, "50%"), Bar("Weg", None, "niet getoond")), 1)
    drawing = etree.fromstring(svg(chart).encode())
    filled = [
        r for r in drawing.iter("{http://www.w3.org/2000/svg}rect") if r.get("fill") == "#1f5f7a"
    ]
    assert len(filled) == 1
    (image,) = pngs((chart,))
    assert image.startswith(b"\x89PNG")
    assert pngs(()) == []
    assert len(pngs((chart, chart, chart))) == 3


ODF = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("office", "text", "table", "style")
} | {
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}


@pytest.fixture
def open_text(tree: Tree) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(to_odt(tree)))


def test_the_odt_is_a_package_that_says_first_what_it_is(open_text: zipfile.ZipFile) -> None:
    first = open_text.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert open_text.read("mimetype") == b"application/vnd.oasis.opendocument.text"
    listed = open_text.read("META-INF/manifest.xml").decode()
    for name in open_text.namelist():
        if name.startswith("Pictures/") and not name.endswith("/"):
            assert name in listed


def test_the_odt_holds_the_same_letter(open_text: zipfile.ZipFile, tree: Tree) -> None:
    body = part(open_text, "content.xml")
    headings = ["".join(each.itertext()) for each in body.iterfind(".//text:h", ODF)]
    assert headings == [block.text for block in tree.blocks if isinstance(block, Heading)]
    tables = body.findall(".//table:table", ODF)
    assert len(tables) == len([block for block in tree.blocks if isinstance(block, Table)]) == 4
    for table in tables:
        assert table.find("table:table-header-rows/table:table-row", ODF) is not None
    (note,) = body.findall(".//text:note[@text:note-class='footnote']", ODF)
    assert "Bevinding 1. Enquête ‘Nieuwe roosters’" in "".join(note.itertext())
    (frame,) = body.findall(".//draw:frame", ODF)
    assert "Antwoord 1: 67%" in frame.find("svg:desc", ODF).text
    picture = frame.find("draw:image", ODF).get(f"{{{ODF['xlink']}}}href")
    assert open_text.read(picture.removeprefix("./")).startswith(b"\x89PNG")


def test_the_odt_is_a4_and_dutch_and_every_style_in_it_exists(open_text: zipfile.ZipFile) -> None:
    styles, body = part(open_text, "styles.xml"), part(open_text, "content.xml")
    page = styles.find(".//style:page-layout-properties", ODF)
    assert page.get(f"{{{ODF['fo']}}}page-width") == "21cm"
    languages = {
        words.get(f"{{{ODF['fo']}}}language")
        for words in styles.iterfind(".//style:default-style/style:text-properties", ODF)
    }
    assert languages == {"nl"}
    named = f"{{{ODF['style']}}}name"
    known = {each.get(named) for root in (styles, body) for each in root.iter() if each.get(named)}
    used = {
        value
        for each in body.iter()
        for key, value in each.attrib.items()
        if key.endswith("}style-name")
    }
    assert used <= known


def test_what_people_write_cannot_break_out_of_an_odt(tree: Tree) -> None:
    hostile = 'a < b & "c" ]]> <text:p/>  twee  spaties\tnog\neen'
    body = (Paragraph((Text(hostile, bold=True),)), Heading(2, hostile))
    made = to_odt(replace(tree, body=body, annex=(), notes=()))
    content = part(zipfile.ZipFile(io.BytesIO(made)), "content.xml")
    (heading,) = content.findall(".//text:h", ODF)
    assert 'a < b & "c" ]]> <text:p/>' in "".join(heading.itertext())
