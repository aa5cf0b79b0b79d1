"""A letter as .docx that a council edits on in its own word processor.

A4, Dutch, real styles and headings, native tables with header rows, charts as images with
alternative text, numbered footnotes, captions and page numbers as fields.
"""

import io
from datetime import UTC, datetime, time
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Para

from advice.letters.charts import pngs
from advice.letters.docx_tables import Tables
from advice.letters.footnotes import Footnotes
from advice.letters.tree import (
    Block,
    Break,
    Chart,
    Heading,
    Inline,
    Items,
    Link,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    Text,
    Tree,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_INK = RGBColor(0x1D, 0x27, 0x33)
_ACCENT = RGBColor(0x1F, 0x5F, 0x7A)
_BODY = "Calibri"


def to_docx(tree: Tree) -> bytes:
    """The letter as the bytes of a .docx."""
    return _Writer(tree).write()


class _Writer:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.document: Document = docx.Document()
        self._page()
        self._styles()
        self.style_ids = {style.name: style.style_id for style in self.document.styles}
        self.tables = Tables(self.document)
        self.footnotes = Footnotes(self.document)
        self.images = dict(zip(map(id, tree.charts), pngs(tree.charts), strict=True))
        self.lists = _Lists(self.document)
        self.begins_page = False

    def write(self) -> bytes:
        self._properties()
        self._head()
        for block in self.tree.body:
            self.block(block)
        self._signature()
        for block in self.tree.annex:
            self.block(block)
        self._footer()
        self.footnotes.write()
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    # The frame

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.2)

    def _styles(self) -> None:
        styles = self.document.styles
        defaults = styles.element.find(qn("w:docDefaults"))
        language = defaults.find(f".//{qn('w:lang')}")
        for name in ("val", "eastAsia", "bidi"):
            language.set(qn(f"w:{name}"), self.tree.language if name == "val" else "x-none")
        _font(styles["Normal"], 11, _INK)
        styles["Normal"].paragraph_format.space_after = Pt(8)
        styles["Normal"].paragraph_format.line_spacing = 1.15
        for name, size, before in (("Title", 20, 0), ("Heading 1", 14, 16), ("Heading 2", 12, 12)):
            _font(styles[name], size, _ACCENT, bold=name != "Title")
            styles[name].paragraph_format.space_before = Pt(before)
            styles[name].paragraph_format.space_after = Pt(6)
            styles[name].paragraph_format.keep_with_next = True
        border = styles["Title"].element.find(f".//{qn('w:pBdr')}")
        if border is not None:
            border.getparent().remove(border)
        _font(styles["Caption"], 10, _INK, bold=True)
        styles["Caption"].paragraph_format.keep_with_next = True
        styles["Caption"].paragraph_format.space_before = Pt(8)
        _font(styles["Quote"], 11, _INK)
        styles["Quote"].paragraph_format.left_indent = Cm(0.8)
        for name, base in (("Letterhead", "Normal"), ("Table Note", "Normal")):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles[base]
            style.font.size = Pt(9.5)
            style.paragraph_format.space_after = Pt(0 if name == "Letterhead" else 10)
            style.paragraph_format.line_spacing = 1.1

    def _properties(self) -> None:
        head = self.tree.head
        core = self.document.core_properties
        core.title, core.subject = head.subject, head.subject
        core.author = core.last_modified_by = head.sender
        core.language = self.tree.language
        core.comments = head.draft
        day = datetime.combine(datetime.fromisoformat(head.date).date(), time(12), UTC)
        core.created = core.modified = day

    def _head(self) -> None:
        head = self.tree.head
        self._lines([head.sender], "Letterhead", bold=True)
        contact = [head.organisation, *head.address]
        if head.email:
            contact.append(f"{self.tree.word('email')}: {head.email}")
        self._lines(contact, "Letterhead", after=22)
        self._lines(list(head.recipient), "Normal", after=16)
        self._lines([head.place_and_date], "Normal", after=2 if head.reference else 16)
        if head.reference:
            line = f"{self.tree.word('reference')}: {head.reference}"
            self._lines([line], "Normal", after=16)
        if head.draft:
            self._lines([head.draft.upper()], "Normal", bold=True, after=4)
        self.paragraph("Title", head.subject)

    def _lines(self, lines: list[str], style: str, *, bold: bool = False, after: int = 0) -> None:
        """Lines of one paragraph, so that a screen reader takes them together."""
        if not any(lines):
            return
        paragraph = self.paragraph(style)
        for index, line in enumerate(lines):
            run = paragraph.add_run(line)
            run.bold = bold or None
            if index < len(lines) - 1:
                run.add_break()
        paragraph.paragraph_format.space_after = Pt(after)

    def _signature(self) -> None:
        if not self.tree.signature:
            return
        paragraph = self.paragraph("Normal")
        paragraph.paragraph_format.space_before = Pt(18)
        paragraph.paragraph_format.keep_together = True
        first, *rest = self.tree.signature
        paragraph.add_run(first)
        for _ in range(3):
            paragraph.add_run().add_break()
        for index, line in enumerate(rest):
            paragraph.add_run(line)
            if index < len(rest) - 1:
                paragraph.add_run().add_break()

    def _footer(self) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.style = self.document.styles["Letterhead"]
        paragraph.add_run(f"{self.tree.word('page')} ")
        _field(paragraph, "PAGE", "1")
        paragraph.add_run(f" {self.tree.word('of')} ")
        _field(paragraph, "NUMPAGES", "1")

    # Blocks

    def paragraph(self, style: str, text: str = "") -> Para:
        """A paragraph at the end; the library would look its style up among all each time."""
        made = self.document.add_paragraph(text)
        if style != "Normal":
            made._p.style = self.style_ids[style]
        return made

    def block(self, block: Block, depth: int = 0) -> None:
        if isinstance(block, Heading):
            paragraph = self.paragraph(f"Heading {min(block.level, 3)}", block.text)
            paragraph.paragraph_format.page_break_before = self.begins_page or None
            self.begins_page = False
        elif isinstance(block, Paragraph):
            self.inlines(self.paragraph("Normal"), block.inlines)
        elif isinstance(block, Items):
            self.items(block, depth)
        elif isinstance(block, Quote):
            self.quote(block)
        elif isinstance(block, Table):
            self.table(block)
        elif isinstance(block, Chart):
            self.chart(block)
        else:
            assert isinstance(block, PageBreak)
            self.begins_page = True

    def items(self, block: Items, depth: int) -> None:
        number = self.lists.new(ordered=block.ordered, start=block.start)
        for item in block.items:
            for index, inner in enumerate(item):
                if isinstance(inner, Paragraph):
                    name = "List Number" if block.ordered else "List Bullet"
                    paragraph = self.paragraph(name if index == 0 else "List Continue")
                    if index == 0:
                        self.lists.put(paragraph, number, depth)
                    self.inlines(paragraph, inner.inlines)
                else:
                    self.block(inner, depth + 1)

    def quote(self, block: Quote) -> None:
        paragraph = self.paragraph("Quote")
        paragraph.add_run(f"“{block.text}”")
        if block.source:
            run = paragraph.add_run(f" – {block.source}")
            run.italic = False

    def inlines(self, paragraph: Para, inlines: tuple[Inline, ...]) -> None:
        for inline in inlines:
            if isinstance(inline, Text):
                run = paragraph.add_run(inline.text)
                run.bold, run.italic = inline.bold or None, inline.italic or None
            elif isinstance(inline, Link):
                _hyperlink(self.document, paragraph, inline)
            elif isinstance(inline, Break):
                paragraph.add_run().add_break()
            else:
                assert isinstance(inline, Note)
                self.footnotes.refer(paragraph, self.tree.notes[inline.number - 1])

    def caption(self, word: str, number: int, text: str) -> None:
        paragraph = self.paragraph("Caption")
        paragraph.add_run(f"{word} ")
        _field(paragraph, f"SEQ {word} \\* ARABIC", str(number))
        paragraph.add_run(f". {text}")

    def table(self, block: Table) -> None:
        self.caption(self.tree.word("table"), block.number, block.caption)
        note = self.paragraph("Table Note", block.note)
        note.paragraph_format.space_before = Pt(4)
        note._p.addprevious(self.tables.element(block))

    def chart(self, block: Chart) -> None:
        self.caption(self.tree.word("figure"), block.number, block.caption)
        paragraph = self.paragraph("Normal")
        picture = paragraph.add_run().add_picture(io.BytesIO(self.images[id(block)]), width=Cm(15))
        described = picture._inline.docPr
        described.set("descr", block.alt)
        described.set("title", block.caption)


class _Lists:
    """Numbered lists that each begin anew: one numbering instance per list."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbering = document.part.numbering_part.element

    def new(self, *, ordered: bool, start: int) -> int:
        """The id of a fresh instance of the numbering behind the list style."""
        style = self.document.styles["List Number" if ordered else "List Bullet"]
        template = style.element.find(f".//{qn('w:numId')}").get(qn("w:val"))
        abstract = next(
            num.find(qn("w:abstractNumId")).get(qn("w:val"))
            for num in self.numbering.findall(qn("w:num"))
            if num.get(qn("w:numId")) == template
        )
        number = self.numbering.add_num(int(abstract))
        override = number.add_lvlOverride(0)
        override.add_startOverride(start)
        return int(number.numId)

    def put(self, paragraph: Para, number: int, depth: int) -> None:
        """Make ``paragraph`` an item of that instance."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number
        if depth:
            paragraph.paragraph_format.left_indent = Cm(0.63 * (depth + 1))


def _font(style: Any, size: float, colour: RGBColor, *, bold: bool | None = None) -> None:
    style.font.name = _BODY
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), _BODY)
    style.font.size = Pt(size)
    style.font.color.rgb = colour
    if bold is not None:
        style.font.bold = bold


def _field(paragraph: Para, code: str, shown: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = shown
    run.append(words)
    field.append(run)
    paragraph._p.append(field)


def _hyperlink(document: Document, paragraph: Para, link: Link) -> None:
    target = document.part.relate_to(link.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), target)
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    underline = OxmlElement("w:u")
    underline.set(qn("w:val"), "single")
    properties.append(underline)
    run.append(properties)
    words = OxmlElement("w:t")
    words.text = link.text
    run.append(words)
    element.append(run)
    paragraph._p.append(element)
