"""Named answers as a file: one row a person, the codebook beside it, written as it is read.

CSV and JSON leave while they are read from the database. A workbook must be whole before it can be
packed, so its rows wait in a file of their own on disk, never in memory.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from people.roster.sheets import harmless
from polls.models import Consultation
from polls.named.rows import AT_ONCE, Column, Value, codebook, columns_of, rows_of
from polls.questions.schema import Schema

MARK = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""
CODEBOOK_HEAD = ("column", "kind", "text", "code")


def head(columns: list[Column]) -> list[str]:
    """The first line: name, department, and the columns' codes."""
    return ["name", "department", *(harmless(column.code) for column in columns)]


def as_csv(consultation: Consultation, schema: Schema) -> Iterator[str]:
    """One line a person, ``;`` between cells, in pieces of some hundreds of lines."""
    columns = columns_of(schema)
    return _csv([head(columns)], rows_of(consultation, columns))


def codebook_as_csv(schema: Schema) -> Iterator[str]:
    """What the columns and codes of ``as_csv`` stand for."""
    lines = ([harmless(cell) for cell in entry] for entry in codebook(columns_of(schema)))
    return _csv([CODEBOOK_HEAD], lines)


def as_json(consultation: Consultation, schema: Schema) -> Iterator[str]:
    """``{"title", "columns": [{"code", "kind", "text", "answers"}], "rows": [[name, department,
    value, ...]]}``, in pieces. A file of data and not of a spreadsheet, yet cells are as in CSV."""
    columns = columns_of(schema)
    told = [
        {"code": each.code, "kind": each.kind, "text": each.text, "answers": dict(each.answers)}
        for each in columns
    ]
    write = json.JSONEncoder(ensure_ascii=False).encode
    yield f'{{"title": {write(consultation.title)},\n"columns": {write(told)},\n"rows": ['
    rows, before = rows_of(consultation, columns), "\n"
    while piece := list(islice(rows, AT_ONCE)):
        yield before + ",\n".join(map(write, piece))
        before = ",\n"
    yield "\n]}\n"


def as_xlsx(consultation: Consultation, schema: Schema) -> IO[bytes]:
    """A workbook with the answers and the codebook, as an open file that goes when it is closed."""
    columns = columns_of(schema)
    # The response that sends it closes it.
    target = tempfile.TemporaryFile()  # noqa: SIM115
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(_("Answers"))
    sheet.freeze_panes(1, 1)
    for at, cell in enumerate(head(columns)):
        sheet.write_string(0, at, cell, bold)
    for number, row in enumerate(rows_of(consultation, columns), start=1):
        for at, value in enumerate(row):
            # By kind: the library's own guess takes a third of the time.
            if isinstance(value, str):
                sheet.write_string(number, at, value)
            elif value is not None:
                sheet.write_number(number, at, value)
    words = book.add_worksheet(_("Codebook"))
    words.write_row(0, 0, CODEBOOK_HEAD, bold)
    for number, entry in enumerate(codebook(columns), start=1):
        words.write_row(number, 0, [harmless(cell) for cell in entry])
    book.close()
    target.seek(0)
    return target


def _csv(first: Iterable[Iterable[Value]], rows: Iterable[Iterable[Value]]) -> Iterator[str]:
    piece = io.StringIO()
    writer = csv.writer(piece, delimiter=";")
    piece.write(MARK)
    writer.writerows(first)
    waiting = iter(rows)
    while True:
        writer.writerows(islice(waiting, AT_ONCE))
        text = piece.getvalue()
        if not text:
            return
        yield text
        piece.seek(0)
        piece.truncate()
