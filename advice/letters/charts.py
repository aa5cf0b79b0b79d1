"""Charts as SVG drawings: the same drawing on the page, in the PDF and, rendered, in .docx."""

import json
from xml.sax.saxutils import escape, quoteattr

import typst
from django.utils.safestring import SafeString, mark_safe

from advice.letters.tree import Bar, Chart

WIDTH = 640
LABEL = 220
VALUE = 90
ROW = 30
BAR = 18
FONT = "Libertinus Serif, Georgia, serif"
INK = "#1d2733"
TRACK = "#e6e9ee"
FILL = "#1f5f7a"
HIDDEN = "#5b6673"
_PER_LINE = 34


def svg(chart: Chart) -> str:
    """A drawing of horizontal bars, one row each, readable in black and white."""
    rows = [(bar, _lines(bar.label)) for bar in chart.bars]
    height = sum(_height(lines) for _bar, lines in rows) + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"'
        f' height="{height}" role="img" aria-label={quoteattr(chart.alt)}>',
        f'<g font-family="{FONT}" font-size="14" fill="{INK}">',
    ]
    top = 4
    for bar, lines in rows:
        parts.extend(_row(bar, lines, top))
        top += _height(lines)
    parts.append("</g></svg>")
    return "".join(parts)


def drawing(chart: Chart) -> SafeString:
    """The same for a page; the words in it are escaped."""
    return mark_safe(svg(chart))  # noqa: S308 -- made here, from escaped words and numbers


def _height(lines: list[str]) -> int:
    return ROW + 17 * (len(lines) - 1)


def _row(bar: Bar, lines: list[str], top: int) -> list[str]:
    room = WIDTH - LABEL - VALUE
    middle = top + _height(lines) / 2
    first = middle - 17 * (len(lines) - 1) / 2 + 5
    made = [
        f'<text x="{LABEL - 10}" y="{first + 17 * index:.1f}" text-anchor="end">'
        f"{escape(line)}</text>"
        for index, line in enumerate(lines)
    ]
    y = middle - BAR / 2
    made.append(f'<rect x="{LABEL}" y="{y:.1f}" width="{room}" height="{BAR}" fill="{TRACK}"/>')
    if bar.share:
        filled = room * min(1.0, bar.share)
        made.append(
            f'<rect x="{LABEL}" y="{y:.1f}" width="{filled:.1f}" height="{BAR}" fill="{FILL}"/>'
        )
    ink = HIDDEN if bar.share is None else INK
    made.append(
        f'<text x="{LABEL + room + 10}" y="{middle + 5:.1f}" fill="{ink}">'
        f"{escape(bar.words)}</text>"
    )
    return made


def _lines(label: str) -> list[str]:
    """The label broken into at most three lines of what fits beside the bars."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _PER_LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 3:
        lines = [*lines[:2], f"{lines[2][: _PER_LINE - 1]}…"]
    return lines


_SHEET = """
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for (index, drawing) in json(bytes(sys.inputs.drawings)).enumerate() {
  if index > 0 { pagebreak() }
  image(bytes(drawing), format: "svg", width: 425pt)
}
"""


def pngs(charts: tuple[Chart, ...]) -> list[bytes]:
    """The drawings as PNG at 200 dots per inch, all in one go: for word processors."""
    if not charts:
        return []
    drawings = json.dumps([svg(chart) for chart in charts])
    made = typst.compile(
        _SHEET.encode(), format="png", ppi=200.0, sys_inputs={"drawings": drawings}
    )
    return [made] if isinstance(made, bytes) else list(made)
