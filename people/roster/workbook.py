"""An Excel workbook to rows: looked through for bombs before anything is unpacked. Pure."""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from people.roster.cells import Cell
from people.roster.columns import find_heading
from people.roster.refusals import Note, RosterRefused
from people.roster.tables import HEADING_WITHIN, MAX_ROWS, NumberedRow, Table

MAX_PARTS = 500
MAX_PART_BYTES = 128 * 1024 * 1024
MAX_TOTAL_BYTES = 192 * 1024 * 1024
MAX_COLUMNS = 250
HEADING_ABOVE = 500
LAST_EXCEL_ROW = 1_048_576

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    SyntaxError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
"""What the package raises on files that are cut off or made up; XML errors are SyntaxErrors."""

_DECLARATIONS = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T|E\0?N\0?T)", re.IGNORECASE)


def read_workbook(data: bytes) -> Table:
    """The first visible sheet with a heading; raises ``RosterRefused``."""
    try:
        _look_through(data)
        return _table(load_workbook(io.BytesIO(data), read_only=True, data_only=True))
    except DefusedXmlException as error:
        raise RosterRefused("forbidden_xml") from error
    except RosterRefused:
        raise
    except _BROKEN as error:
        raise RosterRefused("damaged") from error


def _look_through(data: bytes) -> None:
    """Refuse what is no workbook, unpacks too far, or declares entities.

    The sizes that the archive names are binding: reading a part stops at the size named for it.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
            raise RosterRefused("not_a_list")
        sizes = [part.file_size for part in parts]
        if len(parts) > MAX_PARTS or max(sizes) > MAX_PART_BYTES or sum(sizes) > MAX_TOTAL_BYTES:
            raise RosterRefused("bomb")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and _declares(archive, part):
                raise RosterRefused("forbidden_xml")


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part holds a document type or an entity, which no workbook needs."""
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            if _DECLARATIONS.search(tail + chunk):
                return True
            tail = chunk[-16:]
    return False


def _table(workbook: Workbook) -> Table:
    visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    for sheet in visible:
        sheet.reset_dimensions()  # what the file claims may be wrong
        for line, cells in islice(_records(sheet, 1, HEADING_ABOVE, MAX_COLUMNS), HEADING_WITHIN):
            heading = find_heading(cells)
            if heading.is_enough:
                # One column more than the heading has, so that a row too wide is seen to be so.
                rows = _records(sheet, line + 1, LAST_EXCEL_ROW, heading.width + 1)
                only_this = Note("other_sheet", {"sheet": sheet.title[:60]})
                return Table(heading, rows, (only_this,) if len(visible) > 1 else ())
    raise RosterRefused("no_header")


def _records(sheet: Worksheet, first: int, last: int, width: int) -> Iterator[NumberedRow]:
    """The rows that hold anything, with their numbers in the sheet."""
    rows = sheet.iter_rows(min_row=first, max_row=last, max_col=width)
    count = 0
    try:
        for line, row in enumerate(rows, start=first):
            if all(cell.value is None for cell in row):
                continue
            cells = [_value(cell) for cell in row]
            while cells and cells[-1] in (None, ""):
                cells.pop()
            if not cells:
                continue
            yield line, cells
            count += 1
            if count > MAX_ROWS:
                raise RosterRefused("too_many_rows", limit=MAX_ROWS)
    except RosterRefused:
        raise
    except DefusedXmlException as error:
        raise RosterRefused("forbidden_xml") from error
    except _BROKEN as error:
        raise RosterRefused("damaged") from error


def _value(cell: Any) -> Cell:
    """The cell's value; a number that the sheet shows with leading zeros comes with them."""
    value = cell.value
    if isinstance(value, int) and not isinstance(value, bool):
        shown = cell.number_format or ""
        if len(shown) > 1 and not shown.strip("0"):
            return str(value).zfill(len(shown))
    if isinstance(value, str | int | float | bool | dt.datetime | dt.date | dt.time | None):
        return value
    return str(value)
