"""Excel workbooks, well-meant and hostile."""

import datetime as dt
import io
import time
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from people.roster import tables, workbook
from people.roster.refusals import RosterRefused
from tests.people.roster.lists import as_xlsx, part_of, read, with_part

HEADING = ["Personeelsnummer", "Voornaam", "Achternaam", "E-mail", "Datum in dienst"]
SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes) -> str:
    with pytest.raises(RosterRefused) as refusal:
        read(data)
    return refusal.value.code


def test_cells_of_every_kind_are_read() -> None:
    reading = read(
        as_xlsx(
            [
                HEADING,
                ["000101", "Sanne", "Wit", "sanne@delinde.example", dt.date(2019, 3, 1)],
                [102, "Omar", "Haddad", None, dt.datetime(2021, 8, 15, 0, 0)],
                [103.0, "Bo", "Bos", "", "01-02-2020"],
            ]
        )
    )
    assert [row.staff_number for row in reading.rows] == ["000101", "102", "103"]
    assert [row.line for row in reading.rows] == [2, 3, 4]
    assert [row.hired_on for row in reading.rows] == [
        dt.date(2019, 3, 1),
        dt.date(2021, 8, 15),
        dt.date(2020, 2, 1),
    ]


def test_zeros_that_the_sheet_only_shows_are_taken_too() -> None:
    book = load_workbook(io.BytesIO(as_xlsx([HEADING, [101, "Sanne", "Wit", None, None]])))
    sheet = book.active
    assert sheet is not None
    sheet["A2"].number_format = "000000"
    stream = io.BytesIO()
    book.save(stream)
    assert read(stream.getvalue()).rows[0].staff_number == "000101"


def test_the_first_visible_sheet_with_a_heading_is_read_and_named() -> None:
    book = Workbook()
    cover, hidden, people = book.active, book.create_sheet("Oud"), book.create_sheet("Personeel")
    assert cover is not None
    cover.append(["Toelichting", "Uitdraai van november"])
    hidden.append(HEADING)
    hidden.append(["1", "Oud", "Verborgen", None, None])
    hidden.sheet_state = "hidden"
    people.append(HEADING)
    people.append(["2", "Bo", "Bos", None, None])
    stream = io.BytesIO()
    book.save(stream)
    reading = read(stream.getvalue())
    assert [row.family_name for row in reading.rows] == ["Bos"]
    assert "Personeel" in reading.notes[0].text


def test_the_line_is_the_sheet_s_own_where_rows_are_empty() -> None:
    reading = read(as_xlsx([HEADING, [], ["1", "Bo", "Bos"], [], ["2", "Li", None]]))
    assert [row.line for row in reading.rows] == [3]
    assert [problem.line for problem in reading.problems] == [5]


def test_text_in_the_sheet_itself_is_read() -> None:
    sheet = part_of(as_xlsx([HEADING, ["1", "Bo", "Bos"]]), SHEET)
    inline = b'<row r="3"><c r="A3" t="inlineStr"><is><t>2</t></is></c>'
    inline += b'<c r="C3" t="inlineStr"><is><t>Lam</t></is></c></row></sheetData>'
    data = with_part(
        as_xlsx([HEADING, ["1", "Bo", "Bos"]]), SHEET, sheet.replace(b"</sheetData>", inline)
    )
    assert [row.family_name for row in read(data).rows] == ["Bos", "Lam"]


@pytest.mark.long
def test_a_bomb_of_zeros_is_refused_before_it_unpacks() -> None:
    bomb = with_part(as_xlsx([HEADING]), "xl/sharedStrings.xml", b"<sst>" + b" " * 200_000_000)
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    assert refused(bomb) == "bomb"
    _current, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_part_that_lies_about_its_size_does_not_unpack_further() -> None:
    honest = with_part(as_xlsx([HEADING]), SHEET, b"<worksheet>" + b" " * 50_000_000)
    size = (50_000_000 + len(b"<worksheet>")).to_bytes(4, "little")
    assert refused(honest.replace(size, (100).to_bytes(4, "little"))) == "damaged"


def test_too_many_parts_are_refused() -> None:
    stream = io.BytesIO(as_xlsx([HEADING]))
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(workbook.MAX_PARTS):
            archive.writestr(f"xl/media/{number}.png", b"")
    assert refused(stream.getvalue()) == "bomb"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a SYSTEM "geheim.txt">]>',
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!doctype x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_entities_are_refused_in_every_part(declaration: str, part: str, encoding: str) -> None:
    good = as_xlsx([HEADING, ["1", "Bo", "Bos"]])
    content = part_of(good, part).decode().removeprefix("<?xml version='1.0' encoding='UTF-8'?>")
    hostile = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{content}'
    assert refused(with_part(good, part, hostile.encode(encoding))) == "forbidden_xml"


def test_a_row_number_beyond_the_end_of_a_sheet_ends_at_once() -> None:
    sheet = part_of(as_xlsx([HEADING, ["1", "Bo", "Bos"]]), SHEET)
    far = b'<row r="999999999999"><c r="A999999999999"><v>2</v></c></row></sheetData>'
    data = with_part(
        as_xlsx([HEADING, ["1", "Bo", "Bos"]]), SHEET, sheet.replace(b"</sheetData>", far)
    )
    began = time.monotonic()
    assert len(read(data).rows) == 1
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (SHEET, b"<worksheet><sheetData><row"),
        (SHEET, b""),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/styles.xml", b"<nothing>"),
    ],
)
def test_a_damaged_workbook_says_so(name: str, content: bytes) -> None:
    assert refused(with_part(as_xlsx([HEADING, ["1", "Bo", "Bos"]]), name, content)) in {
        "damaged",
        "no_header",
    }


def test_a_workbook_cut_off_says_so() -> None:
    data = as_xlsx([HEADING, ["1", "Bo", "Bos"]])
    assert refused(data[: len(data) // 2]) == "damaged"


def test_another_kind_of_archive_is_no_staff_list() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    assert refused(stream.getvalue()) == "not_a_list"


def test_more_rows_than_any_works_council_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 20)
    monkeypatch.setattr(tables, "MAX_ROWS", 20)
    rows = [[str(number), "Bo", "Bos"] for number in range(30)]
    assert refused(as_xlsx([HEADING, *rows])) == "too_many_rows"
