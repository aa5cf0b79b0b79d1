"""Staff lists for the tests, as HR systems write them."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from people.roster.reading import read_roster
from people.roster.rows import Reading

TODAY = dt.date(2026, 11, 23)

HEADING = (
    "Personeelsnummer;Voornaam;Tussenvoegsel;Achternaam;E-mailadres;Afdeling;Vestiging;Ploeg;"
    "Datum in dienst;Datum uit dienst;Langdurig afwezig"
)
SANNE = "000101;Sanne;de;Wit;Sanne.deWit@delinde.example;Verpleging;Lindenhof;;01-03-2019;;nee"
OMAR = "000102;Omar;;Haddad;;Facilitair;Molenzicht;nacht;15-08-2021;;nee"


def as_csv(*rows: str, heading: str = HEADING, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """Lines under a heading, as bytes."""
    return end.join([heading, *rows, ""]).encode(encoding)


def as_xlsx(rows: Iterable[Sequence[object]]) -> bytes:
    """Cells as a workbook with one sheet."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """``workbook`` with one part of the archive replaced or added."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return result.getvalue()


def part_of(workbook: bytes, name: str) -> bytes:
    """One part of the archive."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return archive.read(name)


def read(data: bytes) -> Reading:
    """Read on the tests' day."""
    return read_roster(data, TODAY)
