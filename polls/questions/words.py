"""Conditions in words, for who answers on paper or without JavaScript and for who builds."""

from django.utils.translation import gettext as _

from polls.questions.checks import Fault, Problem
from polls.questions.conditions import All, Condition, Op, Test
from polls.questions.schema import NO, YES, Question, Schema
from polls.questions.wording import Advice, Hint


def describe(condition: Condition | None, schema: Schema, numbers: dict[str, int]) -> str:
    """``condition`` as part of a sentence: question 2 is “Yes” and question 3 is at least 4.

    ``numbers`` gives each question the number it has on the page.
    """
    if condition is None:
        return ""
    if isinstance(condition, Test):
        return _describe_test(condition, schema, numbers)
    joint = _(" and ") if isinstance(condition, All) else _(" or ")
    return joint.join(describe(part, schema, numbers) for part in condition.parts)


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


def problem_in_words(problem: Problem, schema: Schema) -> str:
    """What is wrong and where, as a sentence for the builder."""
    numbers = {question.code: n for n, question in enumerate(schema, start=1)}
    where = ""
    if problem.question:
        where = _("Question %(number)d") % {"number": numbers[problem.question]}
    elif problem.section is not None:
        where = _("Part %(number)d") % {"number": problem.section + 1}
    about = problem.about.partition(".")[0]
    words = {
        "where": where,
        "about": _("question %(number)d") % {"number": numbers[about]}
        if about in numbers
        else about,
    }
    return _sentences()[problem.fault] % words


def _sentences() -> dict[Fault, str]:
    return {
        Fault.UNKNOWN_QUESTION: _(
            "%(where)s depends on a question that does not exist (any more)."
        ),
        Fault.LATER_QUESTION: _(
            "%(where)s depends on %(about)s, which comes later. Put that one first."
        ),
        Fault.UNKNOWN_VALUE: _(
            "%(where)s depends on an answer to %(about)s that cannot be given (any more)."
        ),
        Fault.UNFIT_COMPARISON: _(
            "%(where)s compares %(about)s in a way that does not suit that kind of question."
        ),
        Fault.BACKWARD_JUMP: _("%(where)s jumps back. People would go round in circles."),
        Fault.UNKNOWN_JUMP: _("%(where)s jumps to a part that does not exist (any more)."),
        Fault.NEVER_SHOWN: _(
            "%(where)s is never shown, whatever people answer. Look at its conditions."
        ),
        Fault.NO_QUESTIONS: _("There are no questions yet."),
        Fault.EMPTY_SECTION: _("%(where)s has no questions."),
        Fault.NO_CHOICES: _("%(where)s has no answers to choose from."),
        Fault.ONE_CHOICE: _("%(where)s has only one answer to choose from."),
        Fault.NO_ROWS: _("%(where)s has no rows."),
        Fault.NO_TEXT: _("%(where)s has an empty text."),
        Fault.CROSSED_LIMITS: _("%(where)s has limits that cannot be met."),
    }


def advice_in_words(advice: Advice) -> str:
    """A hint for more neutral wording, as a sentence."""
    return hint_in_words(advice.hint, advice.about)


def hint_in_words(hint: Hint, about: str) -> str:
    """See ``advice_in_words``."""
    sentences = {
        Hint.LEADING: _("“%(about)s” pushes towards an answer. Can it be asked more openly?"),
        Hint.DOUBLE: _("This asks two things at once. Make two questions of it?"),
        Hint.DOUBLE_NEGATIVE: _("Two negations (%(about)s) are easily misread. Ask it positively?"),
        Hint.LONG: _("%(about)s words is a lot for one question. Can it be shorter?"),
        Hint.NO_WAY_OUT: _(
            "Everyone must choose, and there is no “don’t know” or “other”. Add one, or make it"
            " optional?"
        ),
        Hint.UNBALANCED: _("Only one end of the scale has words. Give the other end words too?"),
    }
    return sentences[hint] % {"about": about}
