"""What a cell says: text, a date, yes or no, an address. Pure; raises ``CellRefused``."""

import datetime as dt
import math
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

NOTHING = {"", "-", "--", "n.v.t.", "nvt", "n/a", "geen", "onbekend", "null", "none", "#n/b"}
YES = {"ja", "j", "yes", "y", "true", "waar", "1", "x"}
NO = {"nee", "n", "no", "false", "onwaar", "0"} | NOTHING
EXCEL_ERRORS = {"#N/A", "#N/B", "#REF!", "#VERW!", "#VALUE!", "#WAARDE!", "#NAME?", "#NAAM?"}
EXCEL_ERRORS |= {"#DIV/0!", "#DEEL/0!", "#NUM!", "#GETAL!", "#NULL!", "#LEEG!"}
MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, start=1)}
MONTH_NUMBERS |= {"maa": 3, "mar": 3, "may": 5, "oct": 10}

# Day zero of Excel's calendar, with its leap day of 1900 that never was.
EXCEL_EPOCH = dt.date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 7_306, 73_415  # 1 January 1920 to 31 December 2100

_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NAMED_MONTH = re.compile(r"(\d{1,2})[-/. ]+([a-z]{3,9})\.?[-/. ]+(\d{4}|\d{2})")
_TIME = re.compile(r"[t ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?(z|[+-]\d{2}:?\d{2})?$")


class CellRefused(ValueError):
    """A cell that cannot be read; the message is the cell's text, shortened."""


def text(cell: Cell) -> str:
    """The cell as text: one line, no control or invisible signs, numbers without ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float) and math.isfinite(cell) and cell == int(cell):
        cell = int(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time.min:
        cell = cell.date()
    words = unicodedata.normalize("NFC", str(cell))
    kept = (" " if sign.isspace() else sign for sign in words if _is_visible(sign))
    return " ".join("".join(kept).split())


def _is_visible(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def excel_error(cell: Cell) -> str:
    """The Excel error that the cell holds, or ""."""
    return cell.strip() if isinstance(cell, str) and cell.strip().upper() in EXCEL_ERRORS else ""


def shortened(words: str) -> str:
    """``words`` as quoted in a reason."""
    return words if len(words) <= 60 else f"{words[:57]}…"


def email(cell: Cell) -> str:
    """A lower-case address, or "" where the cell says there is none."""
    address = text(cell).removeprefix("mailto:").strip("<>").lower()
    if address in NOTHING:
        return ""
    try:
        validate_email(address)
    except ValidationError as error:
        raise CellRefused(shortened(text(cell))) from error
    return address


def yes_no(cell: Cell) -> bool:
    """Yes or no, in Dutch, English or as a tick; an empty cell is no."""
    said = text(cell).casefold()
    if said in YES:
        return True
    if said in NO:
        return False
    raise CellRefused(shortened(text(cell)))


def date(cell: Cell, today: dt.date) -> dt.date | None:
    """A day, or None where the cell is empty or means "no end" (the year 9999, day zero).

    Reads ``31-12-2026``, ``31/12/26``, ``31.12.2026``, ``2026-12-31``, ``20261231``,
    ``31 december 2026``, Excel's serial numbers, each with or without a time. Day before month,
    always: an American date is refused rather than guessed. Two-digit years lie between 89 years
    back and ten years ahead of ``today``.
    """
    if isinstance(cell, dt.datetime):
        return _plausible(cell.date(), cell)
    if isinstance(cell, dt.date):
        return _plausible(cell, cell)
    words = text(cell)
    said = _TIME.sub("", words.casefold()).strip()
    if said in NOTHING or said in {"0", "00-00-0000", "0000-00-00", "00/00/0000"}:
        return None
    if re.fullmatch(r"\d{5}([.,]\d+)?", said):
        return _from_serial(int(said[:5]), words)
    return _plausible(_from_words(said, words, today), words)


def _from_words(said: str, words: str, today: dt.date) -> dt.date:
    if match := _YEAR_FIRST.fullmatch(said):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(said):
        day, month = int(match[1]), int(match[2])
        year = _full_year(match[3], today)
    elif (match := _NAMED_MONTH.fullmatch(said)) and match[2][:3] in MONTH_NUMBERS:
        day, month = int(match[1]), MONTH_NUMBERS[match[2][:3]]
        year = _full_year(match[3], today)
    elif re.fullmatch(r"\d{8}", said):
        year, month, day = int(said[:4]), int(said[4:6]), int(said[6:])
    else:
        raise CellRefused(shortened(words))
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise CellRefused(shortened(words)) from error


def _full_year(digits: str, today: dt.date) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    year += today.year - today.year % 100
    return year if year <= today.year + 10 else year - 100


def _from_serial(serial: int, words: str) -> dt.date:
    if not FIRST_SERIAL <= serial <= LAST_SERIAL:
        raise CellRefused(shortened(words))
    return EXCEL_EPOCH + dt.timedelta(days=serial)


def _plausible(day: dt.date, shown: object) -> dt.date | None:
    if day.year >= 9990:
        return None
    if not 1920 <= day.year <= 2100:
        raise CellRefused(shortened(str(shown)))
    return day
