"""What answering pages show around the questions, for signed-in people and for codes alike."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dossiers.markdown import to_html
from polls.forms.answer_page import AnswerPage
from polls.models import Consultation, ConsultationKind, Mode
from polls.questions.loading import schema_of
from polls.questions.schema import Schema
from polls.receipts import voting_url
from polls.views.languages import language_links, unspoken
from polls.views.steps import Go, is_last


def moment(consultation: Consultation) -> str:
    """The closing time in words; empty where none is set."""
    if consultation.closes_at is None:
        return ""
    closes = localtime(consultation.closes_at)
    return _("%(day)s at %(time)s") % {
        "day": date_format(closes, "l j E"),
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
        "unspoken": unspoken(consultation, schema),
        "closes": moment(consultation),
        "introduction": to_html(schema.introduction, top=2) if 0 in page.shown else "",
        "send_label": send_label
        or (_("Send my answer") if page.is_single else _("Send my answers")),
        "keeps_draft": keeps_draft,
        "draft_name": f"orportaal-{consultation.key}",
        "is_poll": consultation.kind == ConsultationKind.POLL,
    }


def next_steps(
    consultation: Consultation, *, has_receipt: bool, by_code: bool = False
) -> list[str]:
    """What happens after answering, line by line.

    Who answered ``by_code`` may have no account, and is sent nowhere that asks for one.
    """
    closes = moment(consultation)
    lines = []
    if has_receipt and closes:
        lines.append(
            _("Until %(when)s you can change your answers with your code.") % {"when": closes}
        )
    elif has_receipt:
        lines.append(_("Until the closing you can change your answers with your code."))
    if has_receipt and by_code:
        typed = _(
            "For that, type the code of your letter or card once more at %(address)s, and then"
            " this code."
        )
        lines.append(typed % {"address": voting_url().partition("://")[2].rstrip("/")})
    return [*lines, *(_for_anybody(consultation) if by_code else _for_colleagues(consultation))]


def _for_anybody(consultation: Consultation) -> list[str]:
    if consultation.released_at_closing:
        results = _("As soon as it closes, the results are in the portal.")
    else:
        results = _(
            "After the closing the council counts and reads the answers, and then lets everyone"
            " know what came out of it."
        )
    return [results, _("Later the council tells what it did with it.")]


def _for_colleagues(consultation: Consultation) -> list[str]:
    lines = []
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


def own_answer_url(consultation: Consultation, schema: Schema) -> str:
    """Where a receipt is typed, in the language that was answered in."""
    url = reverse("polls:own_answer", args=[consultation.key])
    if schema.language in dict(settings.LANGUAGES):
        return url
    return f"{url}?{urlencode({'taal': schema.language})}"


def thanks_context(
    consultation: Consultation, schema: Schema, receipt: str, *, by_code: bool = False
) -> dict[str, Any]:
    """Everything ``polls/thanks.html`` names; ``receipt`` as it is shown, in groups.

    Who answers ``by_code`` is not signed in.
    """
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
        "next_steps": next_steps(consultation, has_receipt=bool(receipt), by_code=by_code),
        "home_url": reverse("polls:index"),
        "home_label": _("Back to all questions"),
        "along_url": "" if by_code else reading_along(consultation),
        "own_answer_url": own_answer_url(consultation, schema),
        "keeps_draft": True,
        "draft_name": f"orportaal-{consultation.key}",
    }


def reading_along(consultation: Consultation) -> str:
    """The address where colleagues read each other's answers; empty where they do not."""
    there = consultation.is_anonymous and schema_of(consultation.questionnaire).shared
    return reverse("polls:colleagues", args=[consultation.key]) if there else ""
