"""An issue on paper: what can be printed, the files, and the short addresses printed in them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from dossiers.typesetting import MEDIA_TYPE
from newsletter import rules
from newsletter.blocks import label_of
from newsletter.editions import LANGUAGES, Part, parts_of
from newsletter.models import Issue
from newsletter.paper.parts import sorted_parts
from newsletter.paper.printing import FORMS, address_of, issue_as_pdf
from newsletter.previewing import LANGUAGE_NAMES
from newsletter.views.writing import issue_of
from people.guards import SignedInRequest, permit, signed_in


@require_safe
@signed_in
def paper(request: SignedInRequest, key: str) -> HttpResponse:
    """Which files there are, what is in them and what stays off paper."""
    issue = issue_of(request, key)
    permit(rules.may_print(request.user, issue))
    found = sorted_parts(issue)
    return render(
        request,
        "newsletter/paper.html",
        {
            "issue": issue,
            "printed": [_line(part) for part in found.printed],
            "left_out": [_line(part) for part in found.left_out],
            "languages": LANGUAGE_NAMES,
            "address": address_of(issue),
        },
    )


def _line(part: Part) -> dict[str, object]:
    card = part.card
    title = card.title if card else part.block.heading_here
    return {"label": label_of(part.block.kind), "title": title}


@require_safe
@signed_in
def paper_file(request: SignedInRequest, key: str, form: str, language: str) -> HttpResponse:
    """One of the files; 404 where nothing in the issue is for everybody."""
    issue = issue_of(request, key)
    permit(rules.may_print(request.user, issue))
    parts = sorted_parts(issue).printed
    if form not in FORMS or language not in LANGUAGES or not parts:
        raise Http404
    name = f"{form}-{slugify(issue.subject)[:60] or issue.pk}-{language}.pdf"
    return HttpResponse(
        issue_as_pdf(issue, parts, form, language),
        content_type=MEDIA_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


@require_safe
@signed_in
def short_issue(request: SignedInRequest, number: int) -> HttpResponse:
    """From the address on paper to the issue, for whoever may see that."""
    return redirect(_issue(request, number))


@require_safe
@signed_in
def short_block(request: SignedInRequest, number: int, position: int) -> HttpResponse:
    """To the thing a block shows, whose own page decides who sees it; own words: in the issue."""
    issue = _issue(request, number)
    part = next((each for each in parts_of(issue) if each.block.position == position), None)
    if part is None:
        raise Http404
    card = part.card
    return redirect(card.path if card else f"{issue.get_absolute_url()}#blok-{position}")


def _issue(request: SignedInRequest, number: int) -> Issue:
    return get_object_or_404(Issue.objects.visible_to(request.user), pk=number)
