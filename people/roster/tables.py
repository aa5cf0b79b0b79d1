"""Bytes to rows of cells: tells CSV from Excel by content, never by the file's name. Pure."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from people.roster.cells import Cell
from people.roster.columns import Heading, find_heading
from people.roster.refusals import Note, RosterRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 200_000
MAX_LINES_IN_CELL = 20
HEADING_WITHIN = 25
"""Exports start with a title and a date at times; the heading is looked for in this many rows."""

_DELIMITERS = ";,\t|"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_OTHER_MAGIC = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"GIF8")

NumberedRow = tuple[int, Sequence[Cell]]


@dataclass(frozen=True)
class Table:
    """A heading, and below it rows with their line numbers as the file's own program shows them."""

    heading: Heading
    rows: Iterator[NumberedRow]
    notes: tuple[Note, ...] = ()


def read_table(data: bytes) -> Table:
    """Find the table in ``data``; raises ``RosterRefused``, also while the rows are read."""
    if len(data) > MAX_BYTES:
        raise RosterRefused("too_big", limit=MAX_BYTES // 1024 // 1024)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise RosterRefused("empty")
    if data.startswith(_OLE_MAGIC):
        raise RosterRefused("old_excel")
    if data.startswith(b"PK\x03\x04"):
        from people.roster.workbook import read_workbook

        return read_workbook(data)
    if data.startswith(_OTHER_MAGIC):
        raise RosterRefused("not_a_list")
    return _read_delimited(_decoded(data))


def below_heading(rows: Iterator[NumberedRow]) -> tuple[Heading, Iterator[NumberedRow]] | None:
    """The heading among the first rows and the rows under it, or None where there is none."""
    for _count, (_line, cells) in zip(range(HEADING_WITHIN), rows, strict=False):
        heading = find_heading(cells)
        if heading.is_enough:
            return heading, rows
    return None


def _decoded(data: bytes) -> str:
    """The text, in whichever of the encodings that Excel and HR systems write it is in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data[1:40:2].count(0) > 10:
        encodings = ["utf-16-le"]
    elif data[0:40:2].count(0) > 10:
        encodings = ["utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not text.lstrip().startswith("<"):
            return text
    raise RosterRefused("not_a_list")


def _read_delimited(text: str) -> Table:
    """Take the separator whose reading of the first rows gives the fullest heading.

    Guessing from the letters of the data, as sniffers do, fails on lists with commas in names.
    """
    told = text[:6].lower()
    candidates = text[4] if told.startswith("sep=") and len(text) > 4 else _DELIMITERS
    best: tuple[int, str] | None = None
    for delimiter in candidates:
        found = below_heading(_records(text, delimiter, limit=HEADING_WITHIN))
        if found is not None and (best is None or len(found[0].positions) > best[0]):
            best = (len(found[0].positions), delimiter)
    if best is None:
        raise RosterRefused("no_header")
    found = below_heading(_records(text, best[1]))
    assert found is not None
    return Table(*found)


def _records(text: str, delimiter: str, limit: int | None = None) -> Iterator[NumberedRow]:
    """The rows that hold anything, each with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    began = 1
    count = 0
    try:
        for cells in reader:
            line, began = began, reader.line_num + 1
            if any(cell.count("\n") > MAX_LINES_IN_CELL for cell in cells):
                raise RosterRefused("open_quote", line=line)
            if not any(cell.strip() for cell in cells):
                continue
            yield line, cells
            count += 1
            if count == limit:
                return
            if count > MAX_ROWS:
                raise RosterRefused("too_many_rows", limit=MAX_ROWS)
    except csv.Error as error:
        # The reader's own limit on a cell: nothing but an open quotation mark gets there.
        raise RosterRefused("open_quote", line=began) from error
