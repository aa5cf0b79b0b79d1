"""Tables of a .docx, written as XML in one go: by the cell, a long letter takes seconds."""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from advice.letters.columns import holds_words, widths
from advice.letters.tree import Table

_WIDE = 4
"""Columns, above which the words get smaller."""
_PER_CM = 567
"""Twentieths of a point."""
_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="C4CCD6"'
_BORDERS = "".join(
    f"<w:{side} {_LINE}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_LOOK = (
    '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
    ' w:noHBand="0" w:noVBand="1"/>'
)
_NAMES = {"text": "Table Text", "figure": "Table Figure", "head": "Table Head"}


class Tables:
    """Makes the tables of one document, in paragraph styles of their own."""

    def __init__(self, document: Document) -> None:
        styles = document.styles
        base = "Normal"
        for name in _NAMES.values():
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles[base]
            base = _NAMES["text"]
        words = styles[_NAMES["text"]]
        words.font.size = Pt(10)
        words.paragraph_format.space_before = words.paragraph_format.space_after = Pt(2)
        words.paragraph_format.line_spacing = 1.0
        styles[_NAMES["figure"]].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        styles[_NAMES["head"]].font.bold = True
        self._styles = {each: styles[name].style_id for each, name in _NAMES.items()}
        self._grid = styles["Table Grid"].style_id

    def element(self, block: Table) -> Any:
        """One table with its header row, its widths, and words for who cannot see it."""
        wide = [round(each * _PER_CM) for each in widths(block)]
        reads = holds_words(block)
        told = quoteattr(block.caption)
        xml = [
            f"<w:tbl {nsdecls('w')}><w:tblPr>",
            f'<w:tblStyle w:val="{self._grid}"/><w:tblW w:type="dxa" w:w="{sum(wide)}"/>',
            f'<w:jc w:val="left"/><w:tblBorders>{_BORDERS}</w:tblBorders>',
            f'<w:tblLayout w:type="fixed"/>{_LOOK}<w:tblCaption w:val={told}/>',
            f"<w:tblDescription w:val={told}/></w:tblPr><w:tblGrid>",
            *(f'<w:gridCol w:w="{width}"/>' for width in wide),
            "</w:tblGrid>",
            *self._row(block.header, wide, reads, header=True),
        ]
        for row in block.rows:
            xml += self._row(row, wide, reads, header=False)
        xml.append("</w:tbl>")
        return parse_xml("".join(xml))

    def _row(
        self, row: tuple[str, ...], wide: list[int], reads: list[bool], *, header: bool
    ) -> Iterable[str]:
        yield f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>"
        shade = '<w:shd w:val="clear" w:fill="E8EEF2"/>' if header else ""
        size = '<w:rPr><w:sz w:val="18"/></w:rPr>' if len(row) > _WIDE else ""
        for value, width, is_read in zip(row, wide, reads, strict=True):
            style = self._styles["head" if header else "text" if is_read else "figure"]
            side = '<w:jc w:val="right"/>' if header and not is_read else ""
            yield (
                f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{shade}</w:tcPr><w:p><w:pPr>'
                f'<w:pStyle w:val="{style}"/>{side}</w:pPr><w:r>{size}'
                f'<w:t xml:space="preserve">{escape(value)}</w:t></w:r></w:p></w:tc>'
            )
        yield "</w:tr>"
