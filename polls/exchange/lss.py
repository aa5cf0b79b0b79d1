"""LimeSurvey's ``.lss``: tables of rows in XML, of one survey with its languages.

Both layouts are read: texts in ``*_l10ns`` tables (version 4 and later), or one row per language.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from polls.exchange.conditions import test_on
from polls.exchange.expressions import Unreadable, read
from polls.exchange.leftovers import leftovers
from polls.exchange.plan import (
    MAX_BYTES,
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
from polls.questions.schema import Kind

Row = dict[str, str]
KINDS = {
    **{"L": Kind.SINGLE, "!": Kind.SINGLE, "O": Kind.SINGLE, "G": Kind.SINGLE},
    **{"M": Kind.MULTIPLE, "P": Kind.MULTIPLE, "Y": Kind.YES_NO, "5": Kind.SCALE},
    **{"F": Kind.MATRIX, "H": Kind.MATRIX, "A": Kind.MATRIX, "B": Kind.MATRIX},
    **{"C": Kind.MATRIX, "E": Kind.MATRIX, "R": Kind.RANKING, "N": Kind.NUMBER},
    **{"D": Kind.DATE, "S": Kind.SHORT_TEXT, "T": Kind.LONG_TEXT, "U": Kind.LONG_TEXT},
}
SPLIT = {"K": Kind.NUMBER, "Q": Kind.SHORT_TEXT}
"""Several fields in one question: each becomes a question."""
FIXED = {
    "A": [(str(n), str(n)) for n in range(1, 6)],
    "B": [(str(n), str(n)) for n in range(1, 11)],
    "C": [("Y", "Ja"), ("U", "Onzeker"), ("N", "Nee")],
    "E": [("I", "Meer"), ("S", "Gelijk"), ("D", "Minder")],
    "G": [("F", "Vrouw"), ("M", "Man")],
}
"""Answers that the kind itself brings."""


def read_lss(content: bytes) -> Plan:
    """The survey in an ``.lss`` file. Raises ``CannotImport``."""
    if len(content) > MAX_BYTES:
        raise CannotImport(_("This file is larger than 5 MB."))
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise CannotImport(
            _("This file declares entities or points outside itself. That can do harm: refused.")
        ) from None
    except (ParseError, ValueError, LookupError):
        raise CannotImport(_("This is not a LimeSurvey file: its XML cannot be read.")) from None
    if root.tag != "document" or (root.findtext("LimeSurveyDocType") or "") != "Survey":
        raise CannotImport(_("This is not a LimeSurvey survey (.lss)."))
    return _Reader(root).plan()


def _read_rows(root: Element, table: str) -> list[Row]:
    return [
        {field.tag: field.text or "" for field in row} for row in root.findall(f"{table}/rows/row")
    ]


class _Reader:
    def __init__(self, root: Element) -> None:
        self.root = root
        self.notes: list[str] = []
        self.codes: set[str] = set()
        self.by_title: dict[str, PlannedQuestion] = {}
        self.kept: dict[str, str] = {}
        self.choice_codes: dict[tuple[str, str], str] = {}
        self.tables: dict[str, list[Row]] = {}
        settings = self._rows("surveys_languagesettings")
        surveys = self._rows("surveys")
        first = root.findtext("languages/language") or "nl"
        self.language = (surveys[0].get("language") if surveys else "") or first
        self.settings = {row.get("surveyls_language", self.language): row for row in settings}

    def _rows(self, table: str) -> list[Row]:
        if table not in self.tables:
            self.tables[table] = _read_rows(self.root, table)
        return self.tables[table]

    def plan(self) -> Plan:
        groups = self._rows("groups")
        questions = self._rows("questions")
        if not groups or not questions:
            raise CannotImport(_("There are no groups or no questions in this file."))
        keys = {row.get("gid", "") for row in groups}
        for row in questions:
            if row.get("gid", "") not in keys:
                raise CannotImport(
                    _("Question %(name)s belongs to a group that is not in the file.")
                    % {"name": row.get("title", "?")}
                )
        parents = self._unique(row for row in questions if row.get("parent_qid") in ("0", "", None))
        self._refuse_double(parents)
        nested = [row for row in questions if row.get("parent_qid") not in ("0", "", None)]
        self.subs = self._unique([*nested, *self._rows("subquestions")])
        self.answers = self._unique(self._rows("answers"), key="aid")
        self.attributes = {
            (row.get("qid"), row.get("attribute")): row.get("value", "")
            for row in self._rows("question_attributes")
        }
        sections = []
        order = sorted(
            self._unique(groups, key="gid"), key=lambda row: _int(row.get("group_order"))
        )
        for group in order:
            section = PlannedSection(
                titles=self._texts("group_l10ns", "gid", group, "group_name", "groups"),
                texts=self._texts("group_l10ns", "gid", group, "description", "groups"),
            )
            asked = [row for row in parents if row.get("gid") == group.get("gid")]
            for row in sorted(asked, key=lambda row: _int(row.get("question_order"))):
                self._add(section, row)
            section.show_if = self._condition(group.get("grelevance", ""), self._name(section))
            if section.questions or section.texts:
                sections.append(section)
        sections = self._with_questions(sections)
        self.notes += leftovers(self._rows, self.kept)
        languages = [row.text for row in self.root.findall("languages/language") if row.text]
        return Plan(
            titles=self._setting("surveyls_title"),
            introductions=self._setting("surveyls_welcometext"),
            language=self.language,
            languages=[code for code in languages if code != self.language],
            sections=sections,
            notes=self.notes,
        )

    def _with_questions(self, sections: list[PlannedSection]) -> list[PlannedSection]:
        kept = [section for section in sections if section.questions]
        if not kept:
            raise CannotImport(_("No question in this file is of a kind that can be asked here."))
        return kept

    def _unique(self, rows: Iterator[Row] | list[Row], key: str = "qid") -> list[Row]:
        """One row per thing: the older layout has one per language."""
        found: dict[object, Row] = {}
        for row in rows:
            name: object = row.get(key) or (row.get("qid"), row.get("code"))
            if name not in found or row.get("language") == self.language:
                found[name] = row
        return list(found.values())

    def _refuse_double(self, parents: list[Row]) -> None:
        titles = [row.get("title", "") for row in parents]
        double = {title for title in titles if titles.count(title) > 1}
        if double:
            raise CannotImport(
                _("Two questions have the code %(name)s.") % {"name": sorted(double)[0]}
            )
        if len(titles) > MAX_QUESTIONS:
            raise CannotImport(_("There are more than 500 questions in this file."))

    def _setting(self, field: str) -> Texts:
        found = {code: plain(row.get(field)) for code, row in self.settings.items()}
        return {code: text for code, text in found.items() if text}

    def _texts(self, table: str, key: str, row: Row, field: str, old: str) -> Texts:
        """A text in every language: from the table of texts, else from the rows themselves."""
        rows = self._rows(table) or self._rows(old)
        found = {
            each.get("language") or self.language: plain(each.get(field))
            for each in rows
            if each.get(key) == row.get(key)
        }
        return {code: text for code, text in found.items() if text}

    def _name(self, section: PlannedSection) -> str:
        return next(iter(section.titles.values()), _("a part"))

    def _add(self, section: PlannedSection, row: Row) -> None:
        title, letter = row.get("title", ""), row.get("type", "")
        texts = self._texts("question_l10ns", "qid", row, "question", "questions")
        if letter == "X":
            section.texts = {
                code: "\n".join(filter(None, (section.texts.get(code), text)))
                for code, text in {**section.texts, **texts}.items()
            }
            return
        if letter in SPLIT:
            self._split(section, row, texts)
            return
        kind = KINDS.get(letter)
        if kind is None:
            self.notes.append(
                _("%(name)s: this kind of question (%(kind)s) is not asked here; it was left out.")
                % {"name": title, "kind": row.get("question_theme_name") or letter}
            )
            return
        question = self._question(row, kind, title, texts)
        self._fill(question, row, letter)
        question.show_if = self._condition(row.get("relevance", ""), title)
        self.by_title[title] = question
        self.kept[row.get("qid", "")] = title
        section.questions.append(question)

    def _question(self, row: Row, kind: Kind, title: str, texts: Texts) -> PlannedQuestion:
        return PlannedQuestion(
            code=code_from(title, self.codes),
            kind=kind,
            texts=texts or {self.language: title},
            helps=self._texts("question_l10ns", "qid", row, "help", "questions"),
            required=row.get("mandatory", "N") in ("Y", "S"),
        )

    def _split(self, section: PlannedSection, row: Row, texts: Texts) -> None:
        title = row.get("title", "")
        for sub in self._subs_of(row):
            words = self._texts("question_l10ns", "qid", sub, "question", "subquestions")
            joined = {
                code: f"{texts.get(code, texts.get(self.language, title))}: {text}"
                for code, text in words.items()
            }
            kind = SPLIT[row.get("type", "")]
            question = self._question(row, kind, f"{title}_{sub.get('title')}", joined)
            question.show_if = self._condition(row.get("relevance", ""), title)
            section.questions.append(question)
        self.notes.append(
            _("%(name)s: several fields in one question became a question each.") % {"name": title}
        )

    def _subs_of(self, row: Row) -> list[Row]:
        found = [sub for sub in self.subs if sub.get("parent_qid") == row.get("qid")]
        return sorted(found, key=lambda sub: _int(sub.get("question_order")))

    def _fill(self, question: PlannedQuestion, row: Row, letter: str) -> None:
        title = row.get("title", "")
        if letter in ("O", "P"):
            self.notes.append(_("%(name)s: the field for comments was left out.") % {"name": title})
        subs = self._planned(
            title,
            (
                (
                    sub.get("title", ""),
                    self._texts("question_l10ns", "qid", sub, "question", "subquestions"),
                )
                for sub in self._subs_of(row)
            ),
        )
        answers = self._planned(title, self._answers_of(row))
        if letter in FIXED:
            answers = self._planned(
                title, ((code, {self.language: text}) for code, text in FIXED[letter])
            )
        if question.kind is Kind.MATRIX:
            question.rows, question.choices = subs, answers
        elif question.kind is Kind.MULTIPLE:
            question.choices = subs
            self._limits(question, row)
        elif question.kind in (Kind.SINGLE, Kind.RANKING):
            question.choices = answers or subs
        if row.get("other") == "Y" and question.kind in (Kind.SINGLE, Kind.MULTIPLE):
            question.choices.append(
                PlannedChoice("other", {self.language: _("Other, namely")}, is_other=True)
            )

    def _limits(self, question: PlannedQuestion, row: Row) -> None:
        for theirs, ours in (("min_answers", "at_least"), ("max_answers", "at_most")):
            value = self.attributes.get((row.get("qid"), theirs), "")
            if value.isdecimal():
                question.settings[ours] = min(int(value), len(question.choices))

    def _answers_of(self, row: Row) -> Iterator[tuple[str, Texts]]:
        found = [a for a in self.answers if a.get("qid") == row.get("qid")]
        for answer in sorted(found, key=lambda a: _int(a.get("sortorder"))):
            rows = self._rows("answer_l10ns")
            if rows:
                texts = self._texts("answer_l10ns", "aid", answer, "answer", "answers")
            else:
                same = [
                    a
                    for a in self._rows("answers")
                    if (a.get("qid"), a.get("code")) == (answer.get("qid"), answer.get("code"))
                ]
                texts = {a.get("language") or self.language: plain(a.get("answer")) for a in same}
            yield answer.get("code", ""), texts

    def _planned(self, title: str, pairs: Iterator[tuple[str, Texts]]) -> list[PlannedChoice]:
        taken: set[str] = set()
        found = []
        for theirs, texts in pairs:
            if (title, theirs) in self.choice_codes and theirs in taken:
                raise CannotImport(
                    _("Two answers of %(name)s have the code %(code)s.")
                    % {"name": title, "code": theirs}
                )
            code = code_from(theirs, taken)
            self.choice_codes[title, theirs] = code
            found.append(PlannedChoice(code, texts or {self.language: theirs}))
        return found

    def _condition(self, expression: str, about: str) -> dict[str, object] | None:
        try:
            return read(plain(expression), self._resolve)
        except Unreadable:
            self.notes.append(
                _(
                    "%(name)s: the condition “%(condition)s” was not carried over, so it is"
                    " always shown."
                )
                % {"name": about, "condition": plain(expression)[:120]}
            )
            return None

    def _resolve(self, variable: str, op: str, value: str) -> dict[str, object]:
        name = variable.removesuffix(".NAOK").removesuffix(".value").removesuffix(".shown")
        if name in self.by_title:
            question = self.by_title[name]
            return test_on(question, "", op, value, self.choice_codes.get((name, value), ""))
        title, _joint, sub = name.partition("_")
        code = self.choice_codes.get((title, sub), "")
        if title not in self.by_title or not code:
            raise Unreadable(variable)
        question = self.by_title[title]
        if question.kind is Kind.MULTIPLE:
            ticked = op == "answered" or (op in ("is", "includes") and value == "Y")
            return test_on(question, "", "includes" if ticked else "is_not", sub, code)
        return test_on(question, code, op, value, self.choice_codes.get((title, value), ""))


def _int(value: str | None) -> int:
    return int(value) if value and value.lstrip("-").isdecimal() else 0
