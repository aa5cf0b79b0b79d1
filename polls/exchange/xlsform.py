"""XLSForm ``.xlsx``: the sheets survey, choices and settings, read into a plan."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from polls.exchange.conditions import test_on
from polls.exchange.expressions import Unreadable, read
from polls.exchange.plan import (
    MAX_BYTES,
    MAX_CHOICES,
    MAX_QUESTIONS,
    CannotImport,
    Plan,
    PlannedChoice,
    PlannedQuestion,
    PlannedSection,
    Texts,
    code_from,
    plain,
)
from polls.languages import OWN_NAMES
from polls.questions.schema import Kind

MAX_UNPACKED = 40 * 1024 * 1024
MAX_ROWS = 5_000
MAX_COLUMNS = 60
Row = dict[str, str]
SILENT = frozenset(
    {"start", "end", "today", "deviceid", "username", "phonenumber", "audit", "calculate", "hidden"}
)
"""What a form notes by itself: times and devices, which are never kept here."""
ENGLISH_NAMES = {
    **{"dutch": "nl", "nederlands": "nl", "english": "en", "polish": "pl", "turkish": "tr"},
    **{"ukrainian": "uk", "arabic": "ar", "german": "de", "french": "fr", "spanish": "es"},
}
LIMIT = re.compile(r"^\.\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)$")


def read_xlsform(content: bytes) -> Plan:
    """The form in an XLSForm workbook. Raises ``CannotImport``."""
    sheets = _sheets(content)
    if "survey" not in sheets:
        raise CannotImport(_("There is no sheet called “survey”: this is not an XLSForm."))
    return _Reader(sheets).plan()


def _sheets(content: bytes) -> dict[str, list[Row]]:
    if len(content) > MAX_BYTES:
        raise CannotImport(_("This file is larger than 5 MB."))
    _refuse_bomb(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:
        raise CannotImport(_("This workbook is broken and cannot be read.")) from error
    try:
        return {sheet.title.strip().casefold(): _table(sheet) for sheet in book.worksheets}
    except CannotImport:
        raise
    except Exception as error:
        raise CannotImport(_("This workbook is broken and cannot be read.")) from error
    finally:
        book.close()


def _refuse_bomb(content: bytes) -> None:
    """Look into the archive before anything is unpacked: its size, and entities in its XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > 500 or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise CannotImport(_("This file unpacks to far more than a form needs: refused."))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        head = stream.read(4_096).replace(b"\x00", b"").upper()
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                        raise CannotImport(
                            _(
                                "This file declares entities or points outside itself. That can do"
                                " harm: refused."
                            )
                        )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise CannotImport(_("This is not an Excel workbook (.xlsx).")) from None


def _table(sheet: Any) -> list[Row]:
    rows = sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)
    head = [_cell(value).strip() for value in next(rows, ())]
    names = [name.casefold().replace("list name", "list_name") for name in head]
    table = []
    for values in rows:
        row = {name: _cell(v).strip() for name, v in zip(names, values, strict=False) if name}
        if any(row.values()):
            table.append(row)
    if len(table) >= MAX_ROWS:
        raise CannotImport(_("There are more rows in this file than a form needs: refused."))
    return table


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def language_of(heading: str) -> str:
    """The language of ``label::Dutch (nl)``, ``label::nl`` or ``label::Dutch``; "" for none."""
    _name, joint, language = heading.partition("::")
    if not joint:
        return ""
    coded = re.search(r"\(([A-Za-z]{2})\)", language)
    name = language.strip().casefold()
    if coded:
        return coded[1].casefold()
    own = {own.casefold(): code for code, own in OWN_NAMES.items()}
    return ENGLISH_NAMES.get(name) or own.get(name) or (name if len(name) == 2 else "")


class _Reader:
    def __init__(self, sheets: dict[str, list[Row]]) -> None:
        self.survey = sheets["survey"]
        self.settings = (sheets.get("settings") or [{}])[0]
        self.notes: list[str] = []
        self.codes: set[str] = set()
        self.by_name: dict[str, PlannedQuestion] = {}
        self.theirs: dict[tuple[str, str], str] = {}
        default = language_of(f"x::{self.settings.get('default_language', '')}")
        columns = {language_of(name) for row in self.survey for name in row if "::" in name} - {""}
        self.language = default or (sorted(columns)[0] if columns and "nl" not in columns else "nl")
        self.languages = sorted(columns - {self.language})
        self.lists = self._lists(sheets.get("choices", []))
        headings = {name for row in self.survey for name in row if name.startswith("label::")}
        for name in sorted(headings):
            if not language_of(name):
                words = _("%(column)s: this language is not known here; it was left out.")
                self.notes.append(words % {"column": name})

    def _texts(self, row: Row, column: str) -> Texts:
        found = {}
        for name, text in row.items():
            if text and (name == column or name.startswith(f"{column}::")):
                code = language_of(name) if "::" in name else self.language
                if code:
                    found[code] = plain(text)
        return found

    def _lists(self, rows: list[Row]) -> dict[str, list[tuple[str, Texts]]]:
        lists: dict[str, list[tuple[str, Texts]]] = {}
        doubles_meant = self.settings.get("allow_choice_duplicates", "").casefold() == "yes"
        for row in rows:
            name, code = row.get("list_name", ""), row.get("name", "") or row.get("value", "")
            if not name or not code:
                continue
            known = lists.setdefault(name, [])
            if not doubles_meant and any(code == other for other, _texts in known):
                raise CannotImport(
                    _("Two choices in the list %(name)s have the name %(code)s.")
                    % {"name": name, "code": code}
                )
            known.append((code, self._texts(row, "label")))
        return lists

    def plan(self) -> Plan:
        sections = [PlannedSection()]
        open_groups: list[tuple[str, Row]] = []
        matrix: PlannedQuestion | None = None
        skipping = 0
        for row in self.survey:
            words = row.get("type", "").replace("_", " ").split()
            kind = " ".join(words[:2]).casefold()
            if kind in ("begin repeat", "end repeat"):
                skipping += 1 if kind == "begin repeat" else -1
                if kind == "begin repeat":
                    self._note(row, _("what repeats is not asked here; it was left out"))
            elif skipping > 0:
                continue
            elif kind == "begin group":
                if "table-list" in row.get("appearance", ""):
                    matrix = self._begin_matrix(row)
                    sections[-1].questions.append(matrix)
                elif not open_groups:
                    sections.append(self._section(row))
                open_groups.append((kind, row))
            elif kind == "end group":
                if not open_groups:
                    raise CannotImport(_("A group ends that never began."))
                open_groups.pop()
                matrix = None
                if not open_groups:
                    sections.append(PlannedSection())
            elif matrix is not None:
                self._add_row(matrix, row)
            elif row.get("type"):
                self._add(sections[-1], row)
        if open_groups or skipping > 0:
            raise CannotImport(_("A group begins that never ends."))
        kept = [section for section in sections if section.questions]
        if not kept:
            raise CannotImport(_("No question in this file is of a kind that can be asked here."))
        title = self.settings.get("form_title") or _("Imported questionnaire")
        return Plan(
            {self.language: plain(title)}, self.language, self.languages, {}, kept, self.notes
        )

    def _section(self, row: Row) -> PlannedSection:
        section = PlannedSection(titles=self._texts(row, "label"))
        section.show_if = self._condition(row)
        return section

    def _begin_matrix(self, row: Row) -> PlannedQuestion:
        question = self._question(row, Kind.MATRIX)
        question.show_if = self._condition(row)
        return question

    def _add_row(self, matrix: PlannedQuestion, row: Row) -> None:
        name = row.get("name", "")
        list_name = self._list_name(row)
        if list_name not in self.lists:
            return
        if not matrix.choices:
            matrix.choices = self._choices(matrix.code, list_name)
        if row.get("appearance", "") == "label":
            return
        code = code_from(name, {planned.code for planned in matrix.rows})
        matrix.rows.append(PlannedChoice(code, self._texts(row, "label") or {self.language: name}))
        matrix.required = matrix.required or _yes(row.get("required", ""))

    def _question(self, row: Row, kind: Kind) -> PlannedQuestion:
        name = row.get("name", "")
        if not name:
            raise CannotImport(_("A question has no name."))
        if name in self.by_name:
            raise CannotImport(_("Two questions have the name %(name)s.") % {"name": name})
        if len(self.by_name) >= MAX_QUESTIONS:
            raise CannotImport(_("There are more than 500 questions in this file."))
        question = PlannedQuestion(
            code=code_from(name, self.codes),
            kind=kind,
            texts=self._texts(row, "label") or {self.language: name},
            helps=self._texts(row, "hint"),
            required=_yes(row.get("required", "")),
        )
        self.by_name[name] = question
        return question

    def _list_name(self, row: Row) -> str:
        words = row.get("type", "").split()
        return words[1] if len(words) > 1 else ""

    def _add(self, section: PlannedSection, row: Row) -> None:
        words = row.get("type", "").split()
        letter = words[0].casefold().replace("select1", "select_one")
        if letter in SILENT:
            return
        if letter == "note":
            for code, text in self._texts(row, "label").items():
                section.texts[code] = "\n".join(filter(None, (section.texts.get(code), text)))
            return
        kind = _kind(letter, row)
        if kind is None:
            self._note(
                row,
                _("this kind (%(kind)s) is not asked here; it was left out") % {"kind": words[0]},
            )
            return
        question = self._question(row, kind)
        question.settings = self._settings(kind, letter, row)
        if letter in ("select_one", "select_multiple", "rank"):
            list_name = self._list_name(row)
            if list_name not in self.lists:
                raise CannotImport(
                    _("Question %(name)s uses a list that is not in the file: %(list)s.")
                    % {"name": row.get("name", ""), "list": list_name}
                )
            question.choices = self._choices(question.code, list_name)
            if len(self.lists[list_name]) > MAX_CHOICES:
                self._note(row, _("only the first %(n)d choices were kept") % {"n": MAX_CHOICES})
            if "or_other" in words:
                question.choices.append(
                    PlannedChoice("other", {self.language: _("Other, namely")}, is_other=True)
                )
            codes = {theirs for theirs, _texts in self.lists[list_name]}
            if kind is Kind.SINGLE and codes == {"yes", "no"} and "or_other" not in words:
                question.kind, question.choices = Kind.YES_NO, []
        if row.get("choice_filter"):
            self._note(row, _("the filter on its choices was not carried over; all are shown"))
        self._note_leftovers(row)
        question.show_if = self._condition(row)
        section.questions.append(question)

    def _note_leftovers(self, row: Row) -> None:
        if row.get("default"):
            self._note(row, _("the answer filled in beforehand was left out"))
        if any(
            name.startswith(("media::", "image", "audio", "video")) for name in row if row[name]
        ):
            self._note(row, _("its picture or sound was left out"))

    def _choices(self, code: str, list_name: str) -> list[PlannedChoice]:
        taken: set[str] = set()
        found = []
        for theirs, texts in self.lists[list_name][:MAX_CHOICES]:
            ours = code_from(theirs, taken)
            self.theirs.setdefault((code, theirs), ours)
            found.append(PlannedChoice(ours, texts or {self.language: theirs}))
        return found

    def _settings(self, kind: Kind, letter: str, row: Row) -> dict[str, Any]:
        settings: dict[str, Any] = {}
        if letter == "range":
            given = dict(re.findall(r"(\w+)\s*=\s*(-?\d+)", row.get("parameters", "")))
            settings = {"minimum": int(given.get("start", 1)), "maximum": int(given.get("end", 5))}
            for theirs, ours in (("orportaal_low", "low_label"), ("orportaal_high", "high_label")):
                if row.get(theirs):
                    settings[ours] = row[theirs]
        if letter == "decimal":
            settings["decimals"] = 2
        constraint = row.get("constraint", "").strip()
        if constraint and kind is Kind.NUMBER:
            for part in re.split(r"\s+and\s+", constraint):
                limit = LIMIT.match(part.strip("() "))
                if limit is None:
                    self._note(
                        row, _("its limit “%(limit)s” was not carried over") % {"limit": part[:80]}
                    )
                    continue
                value = float(limit[2])
                name = "minimum" if limit[1] == ">=" else "maximum"
                settings[name] = int(value) if value.is_integer() else value
        elif constraint:
            self._note(
                row, _("its limit “%(limit)s” was not carried over") % {"limit": constraint[:80]}
            )
        return settings

    def _condition(self, row: Row) -> dict[str, Any] | None:
        expression = row.get("relevant", "") or row.get("relevance", "")
        try:
            return read(expression, self._resolve)
        except Unreadable:
            self._note(
                row,
                _("its condition “%(condition)s” was not carried over, so it is always shown")
                % {"condition": expression[:120]},
            )
            return None

    def _resolve(self, variable: str, op: str, value: str) -> dict[str, Any]:
        question = self.by_name.get(variable)
        if question is None:
            raise Unreadable(variable)
        return test_on(question, "", op, value, self.theirs.get((question.code, value), ""))

    def _note(self, row: Row, words: str) -> None:
        name = row.get("name") or row.get("type", "")
        self.notes.append(f"{name}: {words}.")


def _kind(letter: str, row: Row) -> Kind | None:
    if letter == "text":
        lines = "multiline" in row.get("appearance", "")
        return Kind.LONG_TEXT if lines else Kind.SHORT_TEXT
    return {
        "select_one": Kind.SINGLE,
        "select_multiple": Kind.MULTIPLE,
        "rank": Kind.RANKING,
        "integer": Kind.NUMBER,
        "decimal": Kind.NUMBER,
        "range": Kind.SCALE,
        "date": Kind.DATE,
    }.get(letter)


def _yes(text: str) -> bool:
    return text.casefold() in ("yes", "true", "true()", "1")
