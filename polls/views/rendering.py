"""What answering pages show around the questions, for signed-in people and for codes alike."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dossiers.markdown import to_html
from polls.disclosure import Disclosure, GroupTurnout
from polls.disclosure.figures import LEAST_FOR_MARGIN
from polls.forms.answer_page import AnswerPage
from polls.models import Consultation, ConsultationKind, Mode
from polls.questions.schema import TEXT_KINDS, Schema
from polls.views.languages import language_links
from polls.views.steps import Go, is_last


def moment(consultation: Consultation) -> str:
    """The closing time in words; empty where none is set."""
    if consultation.closes_at is None:
        return ""
    closes = localtime(consultation.closes_at)
    return _("%(day)s at %(time)s") % {
        "day": date_format(closes, "l j F"),
        "time": date_format(closes, "TIME_FORMAT"),
    }


def readers(consultation: Consultation) -> str:
    """In named mode, who reads the answers, by name; empty in anonymous mode."""
    if consultation.mode != Mode.NAMED:
        return ""
    names = [person.full_name for person in consultation.named_readers.all()]
    if len(names) < 2:
        return "".join(names) or _("the council")
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def answer_context(
    consultation: Consultation,
    schema: Schema,
    page: AnswerPage,
    *,
    action: str,
    receipt: str = "",
    notice: str = "",
    send_label: str = "",
    keeps_draft: bool = True,
) -> dict[str, Any]:
    """Everything ``polls/answer.html`` names."""
    foreign = schema.language != (translation.get_language() or "")
    return {
        "consultation": consultation,
        "schema": schema,
        "page": page,
        "forward": (Go.SEND if is_last(schema, page) else Go.NEXT).value,
        "action": action,
        "receipt": receipt,
        "notice": notice,
        "readers": readers(consultation),
        "languages": language_links(consultation, schema),
        "content_language": schema.language if foreign else "",
        "closes": moment(consultation),
        "introduction": to_html(schema.introduction, top=2) if 0 in page.shown else "",
        "send_label": send_label or _("Send my answers"),
        "keeps_draft": keeps_draft,
        "draft_name": f"orportaal-{consultation.key}",
        "is_poll": consultation.kind == ConsultationKind.POLL,
    }


def next_steps(consultation: Consultation, *, has_receipt: bool) -> list[str]:
    """What happens after answering, line by line."""
    closes = moment(consultation)
    lines = []
    if has_receipt and closes:
        lines.append(
            _("Until %(when)s you can change your answers with your code.") % {"when": closes}
        )
    elif has_receipt:
        lines.append(_("Until the closing you can change your answers with your code."))
    if consultation.released_at_closing:
        lines.append(_("As soon as it closes you can read the results here."))
    else:
        lines.append(
            _(
                "After the closing the council counts and reads the answers, and then shows you"
                " what came out of it."
            )
        )
    lines.append(_("Later you read here what the council did with it."))
    return lines


def thanks_context(consultation: Consultation, schema: Schema, receipt: str) -> dict[str, Any]:
    """Everything ``polls/thanks.html`` names; ``receipt`` as it is shown, in groups."""
    if consultation.mode == Mode.NAMED:
        lead = _(
            "Your answers have been saved under your name. You can change them here until the"
            " closing."
        )
    else:
        lead = _("Your answers are in the urn. Nobody can see which ones are yours.")
    return {
        "consultation": consultation,
        "schema": schema,
        "heading": _("Thank you"),
        "lead": lead,
        "receipt": receipt,
        "next_steps": next_steps(consultation, has_receipt=bool(receipt)),
        "home_url": reverse("polls:index"),
        "home_label": _("Back to all questions"),
        "own_answer_url": reverse("polls:own_answer", args=[consultation.key]),
        "keeps_draft": True,
        "draft_name": f"orportaal-{consultation.key}",
    }


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
