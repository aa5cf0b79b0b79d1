"""How many took part, overall and per group, as the pages of results and of the council show it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from polls.disclosure import Disclosure, GroupTurnout
from polls.disclosure.figures import LEAST_FOR_MARGIN
from polls.questions.schema import TEXT_KINDS


def agreed_in_words(agreed: int, is_least: bool) -> str:
    """How many agreed with an answer; empty where that is not told."""
    if not agreed:
        return ""
    if is_least:
        return _("more than %(n)d colleagues agree") % {"n": agreed}
    return _("%(n)d colleagues agree") % {"n": agreed}


class GroupResponse(NamedTuple):
    """The response of one group, as a row of a table."""

    label: str
    invited: int
    took_part: int
    percent: int


def response_context(disclosure: Disclosure) -> dict[str, Any]:
    """Everything ``polls/results/_response.html`` names, besides the disclosure itself."""
    margin = disclosure.margin
    return {
        "disclosure": disclosure,
        "response_percent": round(100 * disclosure.response),
        "margin": number_format(100 * margin, 1) if margin else "",
        "no_margin": "" if margin else _why_no_margin(disclosure),
        "turnout": [_response_of(group) for group in disclosure.turnout],
        "not_reached": ", ".join(group.label for group in disclosure.not_reached),
    }


def _why_no_margin(disclosure: Disclosure) -> str:
    """Why no margin stands beside the percentages; empty where there are none to be about."""
    if all(question.kind in TEXT_KINDS for question in disclosure.questions):
        return ""
    if disclosure.counted >= disclosure.invited:
        return _("Everyone who was asked answered, so there is no margin of chance.")
    if disclosure.counted < LEAST_FOR_MARGIN:
        return _(
            "Too few answers for a margin of chance: these are the views of those who answered."
        )
    return ""


def _response_of(group: GroupTurnout) -> GroupResponse:
    return GroupResponse(group.label, group.invited, group.took_part, round(100 * group.response))
