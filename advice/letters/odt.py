"""A letter as OpenDocument text (.odt, ISO/IEC 26300), for councils that write in LibreOffice.

The same tree as the .docx and the PDF: A4, the letter's language, real styles and headings, native
tables with header rows, footnotes, charts as images with alternative text, page numbers as fields.
odfdo keeps the package (manifest, pictures, properties); what stands in it is written here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from advice.letters.charts import pngs
from advice.letters.columns import holds_words, widths
from advice.letters.odt_styles import (
    AUTOMATIC,
    FOOTER,
    NOTE_LINE,
    NOTES,
    PAGE,
    STYLES,
    column,
)
from advice.letters.tree import (
    Block,
    Break,
    Chart,
    Heading,
    Inline,
    Items,
    Link,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    Text,
    Tree,
)

if TYPE_CHECKING:
    from odfdo import Document

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_CHART_WIDTH = 15.0
"""In centimetres, as in the .docx."""


def to_odt(tree: Tree) -> bytes:
    """The letter as the bytes of an .odt."""
    return _Writer(tree).write()


class _Writer:
    """Collects the body as XML; ``write`` puts it in a package."""

    def __init__(self, tree: Tree) -> None:
        # Here: most processes never write an .odt, and the library is not small.
        from odfdo import Document

        self.tree = tree
        self.document: Document = Document("text")
        self.images = dict(zip(map(id, tree.charts), pngs(tree.charts), strict=True))
        self.parts: list[str] = []
        self.widths: dict[str, str] = {}
        self.notes = self.tables = 0
        self.begins_page = False

    def write(self) -> bytes:
        self._head()
        for block in self.tree.body:
            self.block(block)
        self._signature()
        for block in self.tree.annex:
            self.block(block)
        self._frame()
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    # The frame

    def _frame(self) -> None:
        from odfdo import Element

        body = self.document.body
        body.clear()
        for part in self.parts:
            body.append(Element.from_tag(part))
        for style in STYLES:
            self.document.insert_style(style)
        for style in (*AUTOMATIC, *self.widths.values()):
            self.document.insert_style(style, automatic=True)
        styles = self.document.styles
        for page in styles.get_elements("//style:page-layout-properties"):
            for name, value in PAGE.items():
                page.set_attribute(name, value)
            for old in page.get_elements("style:footnote-sep"):
                old.delete()
            page.append(Element.from_tag(NOTE_LINE))
        for numbering in styles.get_elements("//text:outline-style"):
            numbering.delete()  # a council's sections carry no numbers
        (common,) = styles.get_elements("//office:styles")
        for old in common.get_elements("text:notes-configuration[@text:note-class='footnote']"):
            old.delete()
        common.append(Element.from_tag(NOTES))
        language, _dash, country = self.tree.language.partition("-")
        for words in styles.get_elements("//style:default-style/style:text-properties"):
            words.set_attribute("fo:language", language)
            words.set_attribute("fo:country", country or language.upper())
        (master,) = styles.get_elements("//style:master-page[@style:name='Standard']")
        for old in master.get_elements("style:footer"):
            old.delete()
        tree = self.tree
        footer = FOOTER.format(page=escape(tree.word("page")), of=escape(tree.word("of")))
        master.append(Element.from_tag(footer))
        self._properties()

    def _properties(self) -> None:
        head, meta = self.tree.head, self.document.meta
        meta.title = meta.subject = head.subject
        meta.creator = head.sender
        meta.language = self.tree.language
        meta.description = head.draft
        day = datetime.combine(datetime.fromisoformat(head.date).date(), time(12), UTC)
        meta.creation_date = meta.date = day.replace(tzinfo=None)

    def _head(self) -> None:
        head = self.tree.head
        contact = [head.organisation, *head.address]
        if head.email:
            contact.append(f"{self.tree.word('email')}: {head.email}")
        self._lines([head.sender], "Sender")
        self._lines(contact, "Contact")
        self._lines(list(head.recipient), "Recipient")
        self._lines([head.place_and_date], "Dated")
        if head.reference:
            self._lines([f"{self.tree.word('reference')}: {head.reference}"], "Dated")
        if head.draft:
            self._lines([head.draft.upper()], "Draft")
        self._lines([head.subject], "Title")

    def _lines(self, lines: list[str], style: str) -> None:
        """Lines of one paragraph, so that a screen reader takes them together."""
        if any(lines):
            self.parts.append(_p(style, "<text:line-break/>".join(map(_words, lines))))

    def _signature(self) -> None:
        if self.tree.signature:
            first, *rest = map(_words, self.tree.signature)
            room = "<text:line-break/>" * 4
            self.parts.append(_p("Signature", first + room + "<text:line-break/>".join(rest)))

    # Blocks

    def block(self, block: Block) -> None:
        if isinstance(block, PageBreak):
            self.begins_page = True
            return
        self.parts.extend(self.blocks(block))

    def blocks(self, block: Block) -> list[str]:
        """One block as elements of the body, or of a list's item."""
        if isinstance(block, Heading):
            return [self._heading(block)]
        if isinstance(block, Paragraph):
            return [_p("Text_20_body", self.inlines(block.inlines))]
        if isinstance(block, Items):
            return [self._items(block)]
        if isinstance(block, Quote):
            source = _words(f" – {block.source}") if block.source else ""
            return [_p("Quotations", f"“{_words(block.text)}”{source}")]
        if isinstance(block, Table):
            return self._table(block)
        assert isinstance(block, Chart)
        return self._chart(block)

    def _heading(self, block: Heading) -> str:
        level = min(block.level, 3)
        style = f"Heading_20_{level}"
        if self.begins_page:
            style, self.begins_page = "PageHeading", False
        return (
            f'<text:h text:style-name="{style}" text:outline-level="{level}">'
            f"{_words(block.text)}</text:h>"
        )

    def _items(self, block: Items) -> str:
        style = "Numbered" if block.ordered else "Bulleted"
        items = []
        for index, item in enumerate(block.items):
            start = f' text:start-value="{block.start}"' if block.ordered and not index else ""
            inner = "".join(part for each in item for part in self.blocks(each))
            items.append(f"<text:list-item{start}>{inner}</text:list-item>")
        return f'<text:list text:style-name="{style}">{"".join(items)}</text:list>'

    def _table(self, block: Table) -> list[str]:
        self.tables += 1
        reads = holds_words(block)
        columns = "".join(
            self._column(width, times=len(list(alike))) for width, alike in groupby(widths(block))
        )
        head = _row(block.header, reads, header=True)
        rows = "".join(_row(row, reads, header=False) for row in block.rows)
        table = (
            f'<table:table table:name={quoteattr(f"Tabel{self.tables}")} table:style-name="Figure">'
            f"<table:title>{_words(block.caption)}</table:title>{columns}"
            f"<table:table-header-rows>{head}</table:table-header-rows>"
            f"{rows}</table:table>"
        )
        caption = self._caption("table", block.number, block.caption)
        return [caption, table, _p("TableNote", _words(block.note))]

    def _column(self, width: float, times: int = 1) -> str:
        """Columns of one width, in centimetres, and the style for it."""
        name = f"Wide{round(width * 100)}"
        self.widths[name] = column(name, width)
        repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
        return f'<table:table-column table:style-name="{name}"{repeated}/>'

    def _chart(self, block: Chart) -> list[str]:
        image = self.images[id(block)]
        name = self.document.add_file(io.BytesIO(image))
        width, height = _size(image)
        tall = _CHART_WIDTH * height / width
        frame = (
            f"<draw:frame draw:name={quoteattr(f'Figuur {block.number}')} "
            f'text:anchor-type="as-char" svg:width="{_CHART_WIDTH}cm" svg:height="{tall:.2f}cm">'
            f'<draw:image xlink:href={quoteattr(name)} xlink:type="simple" xlink:show="embed" '
            'xlink:actuate="onLoad"/>'
            f"<svg:title>{_words(block.caption)}</svg:title>"
            f"<svg:desc>{_words(block.alt)}</svg:desc></draw:frame>"
        )
        return [self._caption("figure", block.number, block.caption), _p("Text_20_body", frame)]

    def _caption(self, word: str, number: int, text: str) -> str:
        name = self.tree.word(word)
        counted = (
            f'<text:sequence text:name={quoteattr(name)} text:formula="ooow:{escape(name)}+1" '
            f'style:num-format="1">{number}</text:sequence>'
        )
        return _p("Caption", f"{_words(name)} {counted}. {_words(text)}")

    def inlines(self, inlines: Iterable[Inline]) -> str:
        """Runs of words with what stands among them."""
        made = []
        for inline in inlines:
            if isinstance(inline, Text):
                made.append(_run(inline))
            elif isinstance(inline, Link):
                made.append(
                    f'<text:a xlink:type="simple" xlink:href={quoteattr(inline.url)}>'
                    f"{_words(inline.text)}</text:a>"
                )
            elif isinstance(inline, Break):
                made.append("<text:line-break/>")
            else:
                made.append(self._note(self.tree.notes[inline.number - 1]))
        return "".join(made)

    def _note(self, inlines: tuple[Inline, ...]) -> str:
        self.notes += 1
        number = self.notes
        return (
            f'<text:note text:id="ftn{number}" text:note-class="footnote">'
            f"<text:note-citation>{number}</text:note-citation>"
            f"<text:note-body>{_p('Footnote', self.inlines(inlines))}</text:note-body></text:note>"
        )


def _p(style: str, content: str) -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def _words(text: str) -> str:
    """Words as XML. A run of spaces and a line's end are elements in this format."""
    made = escape(text).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    while "  " in made:
        made = made.replace("  ", " <text:s/>")
    return made


def _run(inline: Text) -> str:
    style = {(True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}.get(
        (inline.bold, inline.italic)
    )
    words = _words(inline.text)
    return f'<text:span text:style-name="{style}">{words}</text:span>' if style else words


def _row(values: tuple[str, ...], reads: list[bool], *, header: bool) -> str:
    cells = []
    for value, is_read in zip(values, reads, strict=True):
        style = "CellHead" if header else "Cell"
        words = f"{'Head' if header else 'Cell'}{'Name' if is_read else 'Figure'}"
        cells.append(
            f'<table:table-cell table:style-name="{style}" office:value-type="string">'
            f"{_p(words, _words(value))}</table:table-cell>"
        )
    return f'<table:table-row table:style-name="Whole">{"".join(cells)}</table:table-row>'


def _size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from a PNG's header (RFC 2083, 4.1.1)."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
