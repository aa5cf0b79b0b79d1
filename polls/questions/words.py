"""What is wrong with a questionnaire, or could be better, in words for who builds it."""

from django.utils.translation import gettext as _

from polls.questions.checks import Fault, Problem
from polls.questions.schema import Schema
from polls.questions.wording import Advice, Hint


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
