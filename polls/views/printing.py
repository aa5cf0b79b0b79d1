"""What is printed for colleagues without e-mail: codes on letters or cards, and a blank form."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from people.guards import SignedInRequest, permit, signed_in
from polls import rules
from polls.actions.codes import (
    PrintedCodes,
    groups_printed,
    groups_to_print,
    may_get_codes,
    print_again,
    print_codes,
)
from polls.languages import around
from polls.letters.blank import blank_as_pdf
from polls.letters.printing import LAYOUTS, codes_as_pdf
from polls.models import Consultation
from polls.questions.loading import schema_of
from polls.rights import NotOpen
from polls.views.desk import consultation_for
from polls.views.languages import offered_links
from polls.views.rendering import moment


@signed_in
@require_GET
def paper(request: SignedInRequest, key: UUID) -> HttpResponse:
    """How many codes can be printed, and for whom."""
    consultation = consultation_for(request, key)
    permit(rules.may_print_codes(request.user, consultation))
    context = {
        "consultation": consultation,
        "without_mail": may_get_codes(consultation).count(),
        "everyone": may_get_codes(consultation, all_of_them=True).count(),
        "groups": groups_to_print(consultation),
        "languages": offered_links(consultation),
        "printed_groups": groups_printed(consultation),
        "sheets": consultation.code_sheets.select_related("made_by"),
    }
    return render(request, "polls/paper.html", context)


@signed_in
@require_POST
def print_paper(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Make codes and give them as a PDF, once: only their digests are kept."""
    consultation = consultation_for(request, key)
    permit(rules.may_print_codes(request.user, consultation))
    layout = request.POST.get("layout", "")
    all_of_them = request.POST.get("who") == "everyone"
    group = request.POST.get("group") or None
    if layout not in LAYOUTS:
        messages.error(request, _("Choose letters or cards."))
        return redirect("polls:paper", key=key)
    try:
        printed = print_codes(consultation, request.user, group, all_of_them=all_of_them)
    except NotOpen:
        messages.error(request, _("It was not open any more."))
        return redirect("polls:desk", key=key)
    if not printed:
        nobody = _("Everyone who can get a code has one.")
        if group and not all_of_them:
            nobody = _(
                "Nobody in %(group)s needs a code: they have a mail address or a code, or answered"
                " already."
            ) % {"group": group}
        messages.info(request, nobody)
        return redirect("polls:paper", key=key)
    return _as_pdf(consultation, printed, layout)


@signed_in
@require_POST
def reprint_paper(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Fresh codes in place of a group's unused ones, whose sheet was lost or spoiled."""
    consultation = consultation_for(request, key)
    permit(rules.may_print_codes(request.user, consultation))
    layout, group = request.POST.get("layout", ""), request.POST.get("group", "")
    if layout not in LAYOUTS:
        messages.error(request, _("Choose letters or cards."))
        return redirect("polls:paper", key=key)
    if "group" not in request.POST or group not in groups_printed(consultation):
        messages.error(request, _("No codes were printed for this unit."))
        return redirect("polls:paper", key=key)
    try:
        printed = print_again(consultation, request.user, group)
    except NotOpen:
        messages.error(request, _("It was not open any more."))
        return redirect("polls:desk", key=key)
    if not printed.codes:
        messages.info(request, _("All codes of this unit have been used. Nothing was printed."))
        return redirect("polls:paper", key=key)
    return _as_pdf(consultation, [printed], layout)


def _as_pdf(consultation: Consultation, printed: list[PrintedCodes], layout: str) -> HttpResponse:
    content = codes_as_pdf(
        printed,
        layout,
        title=consultation.title,
        closes=moment(consultation),
        today=timezone.localdate(),
    )
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="stemcodes.pdf"',
            "Cache-Control": "no-store",
        },
    )


@signed_in
@require_GET
def blank_form(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The questions to fill in with a pen, in the language asked for; holds no code."""
    consultation = consultation_for(request, key)
    schema = schema_of(consultation.questionnaire, request.GET.get("taal", ""))
    with translation.override(around(schema.language)):
        content = blank_as_pdf(
            schema,
            closes=moment(consultation),
            today=timezone.localdate(),
            images=_images(consultation),
        )
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="vragen-{schema.language}.pdf"'},
    )


def _images(consultation: Consultation) -> dict[str, bytes]:
    found = {}
    for question in consultation.questionnaire.questions.exclude(image=""):
        with question.image.open("rb") as picture:
            found[question.code] = picture.read()
    return found
