"""A questionnaire as an XLSForm workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from polls.languages import OWN_NAMES, offered
from polls.models import Questionnaire
from polls.questions.conditions import All, Condition, Op, Test
from polls.questions.loading import schema_of
from polls.questions.schema import Kind, Question, Schema

TYPES = {
    Kind.NUMBER: "integer",
    Kind.DATE: "date",
    Kind.SHORT_TEXT: "text",
    Kind.LONG_TEXT: "text",
    Kind.SCALE: "range",
}
Row = dict[str, Any]


def write_xlsform(questionnaire: Questionnaire) -> bytes:
    """The workbook; texts in every language that is offered. What XLSForm has no word for (jumps,
    the least and most answers) is left out."""
    schemas = [schema_of(questionnaire, code) for code in offered(questionnaire)]
    survey = list(_survey(schemas))
    choices = list(_choices(schemas))
    settings = [
        {
            "form_title": questionnaire.title,
            "form_id": f"orportaal_{questionnaire.key.hex[:12]}",
            "default_language": _language(schemas[0]),
        }
    ]
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    for name, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        sheet = book.add_worksheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        for x, column in enumerate(columns):
            sheet.write_string(0, x, column)
            for y, row in enumerate(rows, start=1):
                if row.get(column) not in (None, ""):
                    sheet.write_string(y, x, str(row[column]))
    book.close()
    return target.getvalue()


def _language(schema: Schema) -> str:
    return f"{OWN_NAMES.get(schema.language, schema.language)} ({schema.language})"


def _in_all(schemas: list[Schema], column: str, texts: list[str]) -> Row:
    pairs = zip(schemas, texts, strict=True)
    return {f"{column}::{_language(schema)}": text for schema, text in pairs}


def _survey(schemas: list[Schema]) -> Iterator[Row]:
    first = schemas[0]
    for at, section in enumerate(first.sections):
        name = f"part_{at + 1}"
        yield {
            "type": "begin_group",
            "name": name,
            **_in_all(schemas, "label", [schema.sections[at].title for schema in schemas]),
            "relevant": _expression(section.show_if, first),
        }
        if section.text:
            texts = [schema.sections[at].text for schema in schemas]
            yield {"type": "note", "name": f"{name}_text", **_in_all(schemas, "label", texts)}
        for question in section.questions:
            yield from _question([schema.by_code[question.code] for schema in schemas], schemas)
        yield {"type": "end_group"}


def _question(each: list[Question], schemas: list[Schema]) -> Iterator[Row]:
    question = each[0]
    row: Row = {
        "type": _type(question),
        "name": question.code,
        **_in_all(schemas, "label", [one.text for one in each]),
        **_in_all(schemas, "hint", [one.help_text for one in each]),
        "required": "yes" if question.required else "",
        "relevant": _expression(question.show_if, schemas[0]),
    }
    if question.kind is Kind.LONG_TEXT:
        row["appearance"] = "multiline"
    if question.kind is Kind.SCALE:
        points = question.scale
        row["parameters"] = f"start={points[0]} end={points[-1]} step=1"
        row["orportaal_low"] = question.settings.low_label
        row["orportaal_high"] = question.settings.high_label
    if question.kind is Kind.NUMBER:
        bounds = ((">=", question.settings.minimum), ("<=", question.settings.maximum))
        row["constraint"] = " and ".join(f". {op} {n:g}" for op, n in bounds if n is not None)
    if question.kind is not Kind.MATRIX:
        yield row
        return
    yield {**row, "type": "begin_group", "appearance": "table-list", "required": ""}
    for n, planned in enumerate(question.rows):
        yield {
            "type": f"select_one {question.code}",
            "name": planned.code,
            **_in_all(schemas, "label", [one.rows[n].text for one in each]),
            "required": "yes" if question.required else "",
        }
    yield {"type": "end_group"}


def _type(question: Question) -> str:
    if question.kind in TYPES:
        is_decimal = question.kind is Kind.NUMBER and question.settings.decimals
        return "decimal" if is_decimal else TYPES[question.kind]
    if question.kind is Kind.YES_NO:
        return "select_one yes_no"
    word = {Kind.SINGLE: "select_one", Kind.MULTIPLE: "select_multiple", Kind.RANKING: "rank"}
    other = " or_other" if question.other else ""
    return f"{word.get(question.kind, 'select_one')} {question.code}{other}"


def _choices(schemas: list[Schema]) -> Iterator[Row]:
    if any(question.kind is Kind.YES_NO for question in schemas[0]):
        yes = {"nl": ("Ja", "Nee")}
        for place, name in enumerate(("yes", "no")):
            texts = [yes.get(schema.language, ("Yes", "No"))[place] for schema in schemas]
            yield {"list_name": "yes_no", "name": name, **_in_all(schemas, "label", texts)}
    for question in schemas[0]:
        each = [schema.by_code[question.code] for schema in schemas]
        for n, choice in enumerate(question.choices):
            if not choice.is_other:
                yield {
                    "list_name": question.code,
                    "name": choice.code,
                    **_in_all(schemas, "label", [one.choices[n].text for one in each]),
                }


def _expression(condition: Condition | None, schema: Schema) -> str:
    if condition is None:
        return ""
    if isinstance(condition, Test):
        return _test(condition, schema)
    joint = " and " if isinstance(condition, All) else " or "
    return "(" + joint.join(_expression(part, schema) for part in condition.parts) + ")"


def _test(test: Test, schema: Schema) -> str:
    code, _dot, row = test.question.partition(".")
    name, question = row or code, schema.by_code[code]
    if test.op is Op.ANSWERED:
        return f"${{{name}}} != ''"
    value = f"'{test.value}'" if isinstance(test.value, str) else f"{test.value}"
    if question.kind in (Kind.MULTIPLE, Kind.RANKING):
        if test.op in (Op.AT_LEAST, Op.AT_MOST):
            return f"count-selected(${{{name}}}) {'>=' if test.op is Op.AT_LEAST else '<='} {value}"
        chosen = f"selected(${{{name}}}, {value})"
        return f"not({chosen})" if test.op is Op.IS_NOT else chosen
    sign = {Op.IS: "=", Op.INCLUDES: "=", Op.IS_NOT: "!=", Op.AT_LEAST: ">=", Op.AT_MOST: "<="}
    return f"${{{name}}} {sign[test.op]} {value}"
