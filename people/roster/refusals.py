"""Why a staff list, or a row of it, cannot be taken in: codes with words for the reader."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    # The whole file.
    "too_big": _("The file is larger than %(limit)s MB. Leave out columns that are not needed."),
    "empty": _("The file is empty."),
    "no_people": _("The file holds a heading but no people. Nothing was changed."),
    "no_header": _(
        "No heading was found with at least a staff number and a name. Put the names of the"
        " columns in the first row, for example: personeelsnummer, voornaam, achternaam."
    ),
    "old_excel": _(
        "This is an Excel file of before 2007, or one with a password. Save it without a password"
        " as .xlsx or as CSV."
    ),
    "not_a_list": _("This is no CSV or Excel file (.xlsx). Save the list as one of those."),
    "damaged": _("The Excel file is damaged or not complete. Open it in Excel and save it again."),
    "bomb": _("The Excel file unpacks to far more than a staff list. It was not opened."),
    "forbidden_xml": _("The Excel file holds parts that a staff list never has. It was refused."),
    "too_many_rows": _("The file has more than %(limit)s rows."),
    "open_quote": _("The quotation mark opened on line %(line)s is never closed."),
    # One row.
    "no_number": _("The staff number is missing."),
    "no_name": _("The family name is missing."),
    "bad_email": _("“%(value)s” is no e-mail address."),
    "bad_date": _("“%(value)s” in the column “%(column)s” is no date. Write it as 31-12-2026."),
    "bad_yes_no": _("“%(value)s” in the column “%(column)s” is neither yes nor no."),
    "left_before_hired": _("The day of leaving lies before the day of joining."),
    "too_long": _("The column “%(column)s” holds more than %(limit)s characters."),
    "excel_error": _("The column “%(column)s” holds the Excel error %(value)s."),
    "too_wide": _("The row has more cells than the heading has columns: a separator too many."),
    "conflicting": _("Staff number %(number)s is also on line %(line)s, with other data."),
    "shared_email": _(
        "The address %(value)s is also on line %(line)s. Each address may stand with one person;"
        " leave it out where people share it."
    ),
    "email_taken": _("The address %(value)s is in use by somebody else on the roster."),
}

NOTES: dict[str, str | Promise] = {
    "double": _("Line %(line)s is the same as line %(first)s; it counts once."),
    "ignored_columns": _("Columns that are not used and not kept: %(columns)s."),
    "other_sheet": _("Only the sheet “%(sheet)s” was read."),
    "zeros_restored": _(
        "Staff numbers that lost their leading zeros in the file, and were recognised: %(count)s."
    ),
    "already_gone": _("In the file, but left before and not on the roster: %(count)s."),
    "protected": _(
        "Absent from the readable rows, and staying because an unreadable row may be about them:"
        " %(count)s."
    ),
}


class RosterRefused(ValueError):
    """A file that cannot be taken in as a whole; ``code`` is a key of ``REASONS``."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return str(REASONS[self.code]) % self.params


@dataclass(frozen=True)
class Problem:
    """One row that cannot be read: its line in the file as people count (from 1), and why."""

    line: int
    code: str
    params: dict[str, str] = field(default_factory=dict)
    staff_number: str = ""
    name: str = ""

    @property
    def reason(self) -> str:
        """The reason in the reader's language."""
        return str(REASONS[self.code]) % self.params


@dataclass(frozen=True)
class Note:
    """Something the reader should know that stops nothing; ``code`` is a key of ``NOTES``."""

    code: str
    params: dict[str, str]

    @property
    def text(self) -> str:
        """The note in the reader's language."""
        return str(NOTES[self.code]) % self.params
