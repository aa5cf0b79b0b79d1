"""Real, numbered footnotes in a .docx, which python-docx does not write by itself.

Word wants a part of its own with two separators before the notes, a reference in the running text,
two styles, and the separators named in the settings (ECMA-376 part 1, 17.11).
"""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from advice.letters.tree import Break, Inline, Link, Text

_FIRST = 1
"""The first free id: -1 and 0 are the separators."""


class Footnotes:
    """Collects the notes of one document; ``write`` adds them once all are known."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.notes: list[tuple[Inline, ...]] = []
        self._styles()

    def refer(self, paragraph: Paragraph, note: tuple[Inline, ...]) -> None:
        """Set a reference to a new note at the end of ``paragraph``."""
        self.notes.append(note)
        run = paragraph.add_run()
        run.style = self.document.styles["Footnote Reference"]
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(_FIRST + len(self.notes) - 1))
        run._r.append(reference)

    def write(self) -> None:
        """Add the part with all notes; nothing where there are none."""
        if not self.notes:
            return
        root = etree.fromstring(f"<w:footnotes {nsdecls('w')}/>".encode())
        root.append(_separator(-1, "separator"))
        root.append(_separator(0, "continuationSeparator"))
        for number, note in enumerate(self.notes):
            root.append(_footnote(_FIRST + number, note))
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        main = self.document.part
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._settings()

    def _styles(self) -> None:
        styles = self.document.styles
        text = styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
        text.base_style = styles["Normal"]
        text.font.size = Pt(9)
        text.paragraph_format.space_after = Pt(2)
        text.paragraph_format.line_spacing = 1.0
        mark = styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
        mark.font.superscript = True

    def _settings(self) -> None:
        settings = self.document.settings.element
        notes = OxmlElement("w:footnotePr")
        for number in (-1, 0):
            separator = OxmlElement("w:footnote")
            separator.set(qn("w:id"), str(number))
            notes.append(separator)
        # The schema fixes the order of settings: before compat, else Word calls the file damaged.
        compat = settings.find(qn("w:compat"))
        if compat is None:
            settings.append(notes)
        else:
            compat.addprevious(notes)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _separator(number: int, kind: str) -> Any:
    footnote = _element("footnote", type=kind, id=str(number))
    paragraph, run = _element("p"), _element("r")
    run.append(_element(kind))
    paragraph.append(run)
    footnote.append(paragraph)
    return footnote


def _footnote(number: int, inlines: tuple[Inline, ...]) -> Any:
    footnote = _element("footnote", id=str(number))
    paragraph = _element("p")
    properties = _element("pPr")
    properties.append(_element("pStyle", val="FootnoteText"))
    paragraph.append(properties)
    mark = _element("r")
    mark_properties = _element("rPr")
    mark_properties.append(_element("rStyle", val="FootnoteReference"))
    mark.append(mark_properties)
    mark.append(_element("footnoteRef"))
    paragraph.append(mark)
    paragraph.append(_run(" "))
    for inline in inlines:
        if isinstance(inline, Text):
            paragraph.append(_run(inline.text, bold=inline.bold, italic=inline.italic))
        elif isinstance(inline, Link):
            paragraph.append(_run(f"{inline.text} ({inline.url})"))
        elif isinstance(inline, Break):
            paragraph.append(_run(" "))
    footnote.append(paragraph)
    return footnote


def _run(text: str, *, bold: bool = False, italic: bool = False) -> Any:
    run = _element("r")
    if bold or italic:
        properties = _element("rPr")
        if bold:
            properties.append(_element("b"))
        if italic:
            properties.append(_element("i"))
        run.append(properties)
    words = _element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    return run
