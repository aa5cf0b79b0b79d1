"""What a LimeSurvey file holds beside its questions and has no place here: told, not hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polls.exchange.plan import plain

Row = Mapping[str, str]
IDLE = frozenset({"", "0", "1", "N"})
"""Values of a setting that says nothing."""
HIDDEN = "hidden"
TOLD = (
    "array_filter",
    "array_filter_exclude",
    "em_validation_q",
    "em_validation_sq",
    "equals_num_value",
    "exclude_all_others",
    "max_num_value",
    "max_num_value_n",
    "min_num_value",
    "min_num_value_n",
    "maximum_chars",
    "time_limit",
)
"""Settings that change what may be answered, or what is asked."""


def leftovers(rows: Callable[[str], Sequence[Row]], kept: Mapping[str, str]) -> Iterator[str]:
    """One line for each thing left out; ``kept`` has the code of every question that was kept."""
    if any(plain(row.get("surveyls_endtext")) for row in rows("surveys_languagesettings")):
        yield _("The closing text was left out: here everyone reads the same thanks.")
    quotas = len({row.get("id", "") for row in rows("quota")})
    if quotas:
        yield ngettext(
            "%(n)d quota was left out: here everyone who is invited may answer.",
            "%(n)d quotas were left out: here everyone who is invited may answer.",
            quotas,
        ) % {"n": quotas}
    if rows("assessments"):
        yield _("Scores for answers (assessments) were left out.")
    for qid, title in kept.items():
        yield from _of_question(rows, qid, title)


def _of_question(rows: Callable[[str], Sequence[Row]], qid: str, title: str) -> Iterator[str]:
    if any(row.get("qid") == qid and row.get("preg") for row in rows("questions")):
        yield _("%(name)s: the pattern its answer must have was not carried over.") % {
            "name": title
        }
    if any(row.get("qid") == qid for row in rows("defaultvalues")):
        yield _("%(name)s: the answer filled in beforehand was left out.") % {"name": title}
    settings = {
        row.get("attribute", ""): row.get("value", "")
        for row in rows("question_attributes")
        if row.get("qid") == qid
    }
    if settings.get(HIDDEN) == "1":
        yield _("%(name)s: it was hidden there; here it is shown.") % {"name": title}
    for name in TOLD:
        if settings.get(name, "") not in IDLE:
            yield _("%(name)s: the setting “%(setting)s” was not carried over.") % {
                "name": title,
                "setting": f"{name} = {settings[name][:60]}",
            }
