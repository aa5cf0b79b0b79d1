"""Conditions in words, for who answers on paper or without JavaScript and for who builds."""

from django.utils.translation import gettext as _

from polls.questions.conditions import All, Condition, Op, Test
from polls.questions.schema import NO, YES, Question, Schema


def describe(condition: Condition | None, schema: Schema, numbers: dict[str, int]) -> str:
    """``condition`` as part of a sentence: question 2 is “Yes” and question 3 is at least 4.

    ``numbers`` gives each question the number it has on the page.
    """
    if condition is None:
        return ""
    if isinstance(condition, Test):
        return _describe_test(condition, schema, numbers)
    joint = _(" and ") if isinstance(condition, All) else _(" or ")
    return joint.join(_describe_part(part, schema, numbers) for part in condition.parts)


def _describe_part(part: Condition, schema: Schema, numbers: dict[str, int]) -> str:
    """A join within a join stands in brackets: “and” and “or” together can be read two ways."""
    words = describe(part, schema, numbers)
    return words if isinstance(part, Test) else f"({words})"


def _describe_test(test: Test, schema: Schema, numbers: dict[str, int]) -> str:
    code, _dot, row = test.question.partition(".")
    question = schema.by_code.get(code)
    if question is None:
        return _("an unknown question (%(code)s)") % {"code": code}
    words = {
        "question": _("question %(number)d") % {"number": numbers.get(code, 0)},
        "value": value_in_words(question, test),
    }
    if row:
        words["question"] += (
            " (" + next((r.text for r in question.rows if r.code == row), row) + ")"
        )
    sentences = {
        Op.IS: _("%(question)s is “%(value)s”"),
        Op.IS_NOT: _("%(question)s is not “%(value)s”"),
        Op.INCLUDES: _("%(question)s includes “%(value)s”"),
        Op.AT_LEAST: _("%(question)s is %(value)s or more"),
        Op.AT_MOST: _("%(question)s is %(value)s or less"),
        Op.ANSWERED: _("%(question)s is answered"),
    }
    return sentences[test.op] % words


def value_in_words(question: Question, test: Test) -> str:
    """The value of ``test`` as people read it on the page."""
    if test.value in (YES, NO) and not question.choices:
        return _("Yes") if test.value == YES else _("No")
    return next(
        (choice.text for choice in question.choices if choice.code == test.value), str(test.value)
    )
