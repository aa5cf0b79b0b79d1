"""Making an issue: its subject and audience, its blocks and their order."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dossiers.querysets import unlocked
from newsletter import actions, blocks, rules
from newsletter.checks import checks_of, outline_of
from newsletter.forms import (
    AudienceForm,
    ImageBlockForm,
    StartForm,
    SubjectForm,
    TextBlockForm,
    ThingForm,
)
from newsletter.models import Block, Issue
from people.guards import SignedInRequest, permit, reveal, signed_in


def issue_of(request: SignedInRequest, key: str) -> Issue:
    """The issue, for whoever may know of it."""
    return get_object_or_404(
        Issue.objects.visible_to(request.user).select_related("mailing", "approved_by"), key=key
    )


def draft_of(request: SignedInRequest, key: str) -> Issue:
    """The issue, for whoever may change it now."""
    issue = issue_of(request, key)
    permit(rules.may_edit(request.user, issue))
    return issue


@signed_in
def start(request: SignedInRequest) -> HttpResponse:
    """A new issue begins with its subject."""
    reveal(rules.may_read(request.user))
    permit(rules.may_compose(request.user))
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        issue = actions.start_issue(request.user, form.cleaned_data["subject"])
        return redirect("newsletter:compose", issue.key)
    return render(
        request, "newsletter/start.html", {"form": form}, status=400 if form.errors else 200
    )


@signed_in
def compose(request: SignedInRequest, key: str) -> HttpResponse:
    """The workbench: all blocks in order, what can be added, what still has to be done."""
    issue = issue_of(request, key)
    permit(rules.may_compose(request.user))
    if not issue.is_draft:
        return redirect("newsletter:progress", issue.key)
    return render(
        request,
        "newsletter/compose.html",
        {
            "issue": issue,
            "outline": outline_of(issue, request.user),
            "checks": checks_of(issue),
            "kinds": blocks.kinds(),
            "may_send": rules.may_send(request.user, issue),
            "may_approve": rules.may_approve(request.user, issue),
        },
    )


@signed_in
def settings(request: SignedInRequest, key: str) -> HttpResponse:
    """Subject, preview line, audience."""
    issue = draft_of(request, key)
    posted = request.POST or None
    subject = SubjectForm(posted, instance=issue)
    audience = AudienceForm(posted, instance=issue, writer=request.user)
    if request.method == "POST" and subject.is_valid() and audience.is_valid():
        actions.save_issue(request.user, issue)
        audience.save()
        messages.success(request, _("Saved."))
        return redirect("newsletter:compose", issue.key)
    return render(
        request,
        "newsletter/settings.html",
        {"issue": issue, "subject_form": subject, "audience_form": audience},
        status=400 if subject.errors or audience.errors else 200,
    )


@require_POST
@signed_in
def delete(request: SignedInRequest, key: str) -> HttpResponse:
    """Throw a draft away."""
    actions.delete_issue(request.user, draft_of(request, key))
    messages.success(request, _("The draft is gone."))
    return redirect("newsletter:index")


@signed_in
def add_block(request: SignedInRequest, key: str, kind: str) -> HttpResponse:
    """A new block of one kind; own text and images are written, other things chosen."""
    issue = draft_of(request, key)
    if kind in (blocks.TEXT, blocks.IMAGE):
        return _edit(request, issue, Block(issue=issue, kind=kind))
    offered = blocks.kind_of(kind)
    if offered is None:
        raise Http404
    held = set(issue.blocks.filter(kind=kind).values_list("object_key", flat=True))
    form = ThingForm(request.POST or None, kind=offered, held=held)
    if request.method == "POST" and form.is_valid():
        actions.add_block(issue, kind, object_key=form.cleaned_data["thing"])
        return redirect("newsletter:compose", issue.key)
    return render(
        request,
        "newsletter/choose.html",
        {"issue": issue, "form": form, "kind": offered},
        status=400 if form.errors else 200,
    )


@signed_in
def edit_block(request: SignedInRequest, key: str, block_key: str) -> HttpResponse:
    """The words or the picture of a block."""
    issue = draft_of(request, key)
    block = _block(request, issue, block_key)
    if block.kind not in (blocks.TEXT, blocks.IMAGE):
        raise Http404
    return _edit(request, issue, block)


def _edit(request: SignedInRequest, issue: Issue, block: Block) -> HttpResponse:
    form: BaseForm
    if block.kind == blocks.IMAGE:
        form = ImageBlockForm(
            request.POST or None, request.FILES or None, instance=block, writer=request.user
        )
    else:
        form = TextBlockForm(request.POST or None, instance=block, writer=request.user)
    if request.method == "POST" and form.is_valid():
        picture = form.picture if isinstance(form, ImageBlockForm) else None
        if block._state.adding:
            block.position = actions.next_position(issue)
        actions.save_block(block, picture)
        return redirect("newsletter:compose", issue.key)
    return render(
        request,
        "newsletter/block.html",
        {"issue": issue, "block": block, "form": form, "label": blocks.label_of(block.kind)},
        status=400 if form.errors else 200,
    )


def _block(request: SignedInRequest, issue: Issue, key: str) -> Block:
    """A block, for whoever may read what it is about."""
    blocks_here = issue.blocks.filter(unlocked(request.user)).select_related("issue")
    return get_object_or_404(blocks_here, key=key)


@require_POST
@signed_in
def move_up(request: SignedInRequest, key: str, block_key: str) -> HttpResponse:
    """One place up."""
    return _move(request, key, block_key, up=True)


@require_POST
@signed_in
def move_down(request: SignedInRequest, key: str, block_key: str) -> HttpResponse:
    """One place down."""
    return _move(request, key, block_key, up=False)


def _move(request: SignedInRequest, key: str, block_key: str, *, up: bool) -> HttpResponse:
    issue = draft_of(request, key)
    actions.move_block(_block(request, issue, block_key), up=up)
    return _outline(request, issue)


@require_POST
@signed_in
def place_block(request: SignedInRequest, key: str, block_key: str) -> HttpResponse:
    """To where it was dropped; a place that is none leaves it where it was."""
    issue = draft_of(request, key)
    block = _block(request, issue, block_key)
    to = request.POST.get("to", "")
    if to.isascii() and to.isdecimal() and len(to) < 5:
        actions.place_block(block, int(to))
    return _outline(request, issue)


@require_POST
@signed_in
def remove_block(request: SignedInRequest, key: str, block_key: str) -> HttpResponse:
    """Take a block out."""
    issue = draft_of(request, key)
    actions.remove_block(_block(request, issue, block_key))
    return _outline(request, issue)


def _outline(request: SignedInRequest, issue: Issue) -> HttpResponse:
    """The list of blocks by itself where script asked for it, else the whole page."""
    if not request.htmx:
        return redirect("newsletter:compose", issue.key)
    return render(
        request,
        "newsletter/partials/outline.html",
        {"issue": issue, "outline": outline_of(issue, request.user)},
    )


@require_POST
@signed_in
def approve(request: SignedInRequest, key: str) -> HttpResponse:
    """The second pair of eyes says yes."""
    issue = issue_of(request, key)
    permit(rules.may_approve(request.user, issue))
    actions.approve_issue(request.user, issue)
    messages.success(request, _("Approved. It can be sent now."))
    return redirect("newsletter:compose", issue.key)
