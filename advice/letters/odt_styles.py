"""How a letter looks as .odt: styles by the names a word processor shows, alike to the .docx."""

INK, ACCENT, LINE, SHADE = "#1d2733", "#1f5f7a", "#c4ccd6", "#e8eef2"
FONT = "Carlito, Calibri, sans-serif"

PAGE = {
    "fo:page-width": "21cm",
    "fo:page-height": "29.7cm",
    "style:print-orientation": "portrait",
    "fo:margin-left": "2.5cm",
    "fo:margin-right": "2.5cm",
    "fo:margin-top": "2.2cm",
    "fo:margin-bottom": "1.6cm",
}
NOTE_LINE = (
    '<style:footnote-sep style:width="0.5pt" style:rel-width="25%" style:color="#1d2733"'
    ' style:adjustment="left" style:line-style="solid" style:distance-before-sep="0.1cm"'
    ' style:distance-after-sep="0.1cm"/>'
)
NOTES = (
    '<text:notes-configuration text:note-class="footnote" text:default-style-name="Footnote"'
    ' text:citation-style-name="NoteNumber" text:citation-body-style-name="NoteNumber"'
    ' style:num-format="1" style:num-suffix=" " text:start-value="0"'
    ' text:footnotes-position="page" text:start-numbering-at="document"/>'
)
FOOTER = (
    '<style:footer><text:p text:style-name="PageNumber">{page} '
    '<text:page-number text:select-page="current">1</text:page-number> {of} '
    "<text:page-count>1</text:page-count></text:p></style:footer>"
)


def _paragraph(
    name: str,
    *,
    size: float = 11,
    parent: str = "Standard",
    before: float = 0,
    after: float = 8,
    ink: str = INK,
    paragraph: str = "",
    words: str = "",
    level: int = 0,
) -> str:
    """A paragraph style; sizes and distances in points."""
    outline = f' style:default-outline-level="{level}"' if level else ""
    shown = name.replace("_20_", " ")
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph"'
        f' style:parent-style-name="{parent}" style:class="text"{outline}>'
        f'<style:paragraph-properties fo:margin-top="{before}pt" fo:margin-bottom="{after}pt"'
        f' {paragraph}/><style:text-properties fo:font-family="{FONT}" fo:font-size="{size}pt"'
        f' fo:color="{ink}" {words}/></style:style>'
    )


_BOLD = 'fo:font-weight="bold"'
_WITH_NEXT = 'fo:keep-with-next="always"'

STYLES = (
    '<style:style style:name="Standard" style:family="paragraph" style:class="text">'
    '<style:paragraph-properties fo:line-height="115%" fo:orphans="2" fo:widows="2"/>'
    f'<style:text-properties fo:font-family="{FONT}" fo:font-size="11pt" fo:color="{INK}"/>'
    "</style:style>",
    _paragraph("Text_20_body"),
    _paragraph("Title", size=20, ink=ACCENT, after=6, paragraph=_WITH_NEXT),
    _paragraph(
        "Heading_20_1", size=14, ink=ACCENT, before=16, after=6, paragraph=_WITH_NEXT,
        words=_BOLD, level=1,
    ),
    _paragraph(
        "Heading_20_2", size=12, ink=ACCENT, before=12, after=6, paragraph=_WITH_NEXT,
        words=_BOLD, level=2,
    ),
    _paragraph(
        "Heading_20_3", size=11, ink=ACCENT, before=10, after=4, paragraph=_WITH_NEXT,
        words=_BOLD, level=3,
    ),
    _paragraph("Caption", size=10, before=8, after=4, paragraph=_WITH_NEXT, words=_BOLD),
    _paragraph(
        "Quotations", paragraph='fo:margin-left="0.8cm"', words='fo:font-style="italic"'
    ),
    _paragraph("Sender", size=9.5, after=0, words=_BOLD),
    _paragraph("Contact", size=9.5, after=22),
    _paragraph("Recipient", after=16),
    _paragraph("Dated", after=8),
    _paragraph("Draft", before=8, after=4, words=_BOLD),
    _paragraph("Signature", before=18, paragraph='fo:keep-together="always"'),
    _paragraph("TableNote", size=9.5, before=4, after=10),
    _paragraph("Footnote", size=9, after=2),
    '<style:style style:name="NoteNumber" style:display-name="Note Number" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>',
    _paragraph("PageNumber", size=9.5, before=8, after=0, paragraph='fo:text-align="center"'),
    _paragraph("CellName", size=9.5, before=1, after=1),
    _paragraph("CellFigure", size=9.5, before=1, after=1, paragraph='fo:text-align="end"'),
    _paragraph("HeadName", size=9.5, before=1, after=1, words=_BOLD),
    _paragraph(
        "HeadFigure", size=9.5, before=1, after=1, paragraph='fo:text-align="end"', words=_BOLD
    ),
)  # fmt: skip


def _cell(name: str, background: str = "") -> str:
    fill = f' fo:background-color="{background}"' if background else ""
    room = "".join(
        f' fo:padding-{side}="{width}cm"'
        for side, width in (("top", 0.04), ("bottom", 0.04), ("left", 0.15), ("right", 0.15))
    )
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties'
        f' fo:border="0.5pt solid {LINE}"{room}{fill}/></style:style>'
    )


def column(name: str, width: float) -> str:
    """The style of a table's column; ``width`` in centimetres."""
    return (
        f'<style:style style:name="{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width:.2f}cm"/></style:style>'
    )


def _list(name: str, kind: str, look: str) -> str:
    """A list style of three levels; ``kind`` is bullet or number, ``look`` its attributes."""
    levels = "".join(
        f'<text:list-level-style-{kind} text:level="{n}" {look}><style:list-level-properties'
        ' text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab"'
        f' text:list-tab-stop-position="{0.63 * n:.2f}cm" fo:text-indent="-0.63cm"'
        f' fo:margin-left="{0.63 * n:.2f}cm"/></style:list-level-properties>'
        f"</text:list-level-style-{kind}>"
        for n in (1, 2, 3)
    )
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


AUTOMATIC = (
    '<style:style style:name="PageHeading" style:family="paragraph"'
    ' style:parent-style-name="Heading_20_1">'
    '<style:paragraph-properties fo:break-before="page"/></style:style>',
    '<style:style style:name="Bold" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>',
    '<style:style style:name="Italic" style:family="text">'
    '<style:text-properties fo:font-style="italic"/></style:style>',
    '<style:style style:name="BoldItalic" style:family="text">'
    '<style:text-properties fo:font-weight="bold" fo:font-style="italic"/></style:style>',
    '<style:style style:name="Figure" style:family="table">'
    '<style:table-properties style:width="16cm" table:align="left"'
    ' style:may-break-between-rows="false"/></style:style>',
    '<style:style style:name="Whole" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always"/></style:style>',
    _cell("Cell"),
    _cell("CellHead", SHADE),
    _list("Bulleted", "bullet", 'text:bullet-char="•"'),
    _list("Numbered", "number", 'style:num-format="1" style:num-suffix="."'),
)
