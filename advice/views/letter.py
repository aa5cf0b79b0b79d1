"""The drafting page of a letter: sections, versions, citations, comments, files."""

import uuid
from difflib import SequenceMatcher

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advice import rules
from advice.actions import writing
from advice.actions.deciding import council_seats, count_of, usual_quorum
from advice.actions.writing import EditConflict, NotOpenForWriting
from advice.forms import (
    AdoptForm,
    CiteForm,
    CommentForm,
    LetterForm,
    NewSectionForm,
    QuorumForm,
    SectionForm,
    VoteForm,
)
from advice.letters import outline
from advice.letters.checks import Check
from advice.letters.compose import compose
from advice.letters.preview import to_html
from advice.models import Comment, Finding, Letter, Section
from advice.views.evidence import dossier_for, findings_of
from dossiers import readability
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.models import Person


def letter_for(person: Person, key: uuid.UUID) -> Letter:
    """The letter behind ``key``, or 404 for who may not see it."""
    reveal(rules.may_conclude(person))
    return get_object_or_404(
        Letter.objects.visible_to(person).select_related("dossier__secrecy", "release"), key=key
    )


@signed_in
def start(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Begin the letter of a dossier."""
    dossier = dossier_for(request.user, key)
    permit(rules.may_take_findings(request.user, dossier))
    if request.method == "POST":
        letter = writing.start_letter(request.user, dossier)
        return redirect(letter)
    parts = outline.OUTLINES[dossier.kind]
    return render(request, "advice/start.html", {"dossier": dossier, "parts": parts})


@signed_in
def letter_page(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """The letter as it stands, with the check, the vote and the way out."""
    letter = letter_for(request.user, key)
    person = request.user
    round_ = letter.rounds.prefetch_related("votes__person").first()
    seats = council_seats()
    mine = None
    if round_ is not None:
        mine = next((vote for vote in round_.votes.all() if vote.person_id == person.pk), None)
    check = Check(letter)
    tree = compose(letter, draft=not letter.is_released)
    sections = letter.sections.prefetch_related("comments__by", "versions__by")
    return render(
        request,
        "advice/letter.html",
        {
            "letter": letter,
            "dossier": letter.dossier,
            "sections": [
                (section, outline.part_of(letter.kind, section.slug)) for section in sections
            ],
            "preview": to_html(tree),
            "is_long": tree.is_long,
            "check": check,
            "round": round_,
            "count": count_of(round_) if round_ else None,
            "my_vote": mine,
            "may_write": rules.may_write(person, letter),
            "may_comment": rules.may_comment(person, letter),
            "may_put_to_vote": rules.may_put_to_vote(person, letter),
            "may_vote": rules.may_vote(person, letter),
            "may_close_vote": rules.may_close_vote(person, letter),
            "may_take_back": rules.may_take_back(person, letter),
            "may_release": rules.may_release(person, letter),
            "vote_form": VoteForm(initial={"choice": mine.choice} if mine else None),
            "quorum_form": QuorumForm(
                seats=len(seats), initial={"quorum": usual_quorum(len(seats))}
            ),
            "adopt_form": AdoptForm(),
            "new_section_form": NewSectionForm(),
        },
    )


@signed_in
def facts(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Subject, recipient, reference, verdict."""
    letter = letter_for(request.user, key)
    permit(rules.may_write(request.user, letter))
    form = LetterForm(request.POST or None, instance=letter)
    if request.method == "POST" and form.is_valid():
        writing.revise_letter(request.user, form.save(commit=False))
        messages.success(request, _("Saved."))
        return redirect(letter)
    return render(request, "advice/facts.html", {"form": form, "letter": letter})


def section_for(letter: Letter, key: uuid.UUID) -> Section:
    """A section of ``letter``, or 404."""
    section = get_object_or_404(letter.sections, key=key)
    section.letter = letter
    return section


@signed_in
def section_page(request: SignedInRequest, key: uuid.UUID, section_key: uuid.UUID) -> HttpResponse:
    """Write one section; says so where somebody else saved it meanwhile, and keeps both texts."""
    letter = letter_for(request.user, key)
    permit(rules.may_write(request.user, letter))
    section = section_for(letter, section_key)
    form = SectionForm(
        request.POST or None,
        initial={
            "heading": section.heading,
            "body": section.body,
            "based_on": section.version,
        },
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            writing.write_section(request.user, section, **data)
        except EditConflict as found:
            conflict = found
            # A second save, after looking, is based on what stands there now.
            form = SectionForm(data | {"based_on": found.current.version})
        except NotOpenForWriting:
            permit(False)
        else:
            messages.success(request, _("Saved."))
            if "stay" in request.POST:
                return redirect("advice:section", letter.key, section.key)
            return redirect(f"{letter.get_absolute_url()}#{section.slug}")
    return render(
        request,
        "advice/section.html",
        {
            "form": form,
            "letter": letter,
            "dossier": letter.dossier,
            "section": section,
            "part": outline.part_of(letter.kind, section.slug),
            "conflict": conflict,
            "findings": [row for row in findings_of(letter.dossier) if not row.placement.set_aside],
            "reading": readability.measure(section.body),
            "comments": section.comments.filter(settled_at=None).select_related("by"),
        },
        status=409 if conflict else 200,
    )


@signed_in
def cite(request: SignedInRequest, key: uuid.UUID, finding_key: uuid.UUID) -> HttpResponse:
    """Insert a finding into a section as sentence, table, chart or quote."""
    letter = letter_for(request.user, key)
    permit(rules.may_write(request.user, letter))
    finding = get_object_or_404(Finding.objects.filter(dossier=letter.dossier), key=finding_key)
    form = CiteForm(
        request.POST or None,
        letter=letter,
        initial={"section": letter.sections.filter(slug="consultation").first()},
    )
    if request.method == "POST" and form.is_valid():
        section = form.cleaned_data["section"]
        writing.cite_finding(request.user, section, form.citation(finding.number))
        messages.success(request, _("Inserted into “%(heading)s”.") % {"heading": section.heading})
        return redirect(f"{letter.get_absolute_url()}#{section.slug}")
    return render(request, "advice/cite.html", {"form": form, "letter": letter, "finding": finding})


@signed_in
def versions(request: SignedInRequest, key: uuid.UUID, section_key: uuid.UUID) -> HttpResponse:
    """Who changed what in a section, version by version."""
    letter = letter_for(request.user, key)
    section = section_for(letter, section_key)
    rows = list(section.versions.select_related("by"))
    before = [older.body for older in rows[1:]] + [""]
    told = [(row, _changes(old, row.body)) for row, old in zip(rows, before, strict=False)]
    return render(
        request, "advice/versions.html", {"letter": letter, "section": section, "versions": told}
    )


def _changes(old: str, new: str) -> list[tuple[str, str]]:
    """Runs of words as ("same" | "gone" | "new", words)."""
    before, after = old.split(" "), new.split(" ")
    found = []
    for what, low, high, start, end in SequenceMatcher(None, before, after).get_opcodes():
        if what == "equal":
            found.append(("same", " ".join(after[start:end])))
            continue
        if high > low:
            found.append(("gone", " ".join(before[low:high])))
        if end > start:
            found.append(("new", " ".join(after[start:end])))
    return found


@signed_in
@require_POST
def add_section(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Add a section."""
    letter = letter_for(request.user, key)
    permit(rules.may_write(request.user, letter))
    form = NewSectionForm(request.POST)
    if form.is_valid():
        section = writing.add_section(request.user, letter, form.cleaned_data["heading"])
        return redirect("advice:section", letter.key, section.key)
    messages.error(request, _("Give the section a heading."))
    return redirect(letter)


@signed_in
@require_POST
def move_section(request: SignedInRequest, key: uuid.UUID, section_key: uuid.UUID) -> HttpResponse:
    """Move a section up or down."""
    letter = letter_for(request.user, key)
    permit(rules.may_write(request.user, letter))
    section = section_for(letter, section_key)
    writing.move_section(request.user, section, up=request.POST.get("up") == "1")
    return redirect(f"{letter.get_absolute_url()}#{section.slug}")


@signed_in
def comment(request: SignedInRequest, key: uuid.UUID, section_key: uuid.UUID) -> HttpResponse:
    """Comment on a section, or suggest another text."""
    letter = letter_for(request.user, key)
    permit(rules.may_comment(request.user, letter))
    section = section_for(letter, section_key)
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        writing.comment(request.user, section, **form.cleaned_data)
        messages.success(request, _("Your comment is with the section."))
        return redirect(f"{letter.get_absolute_url()}#{section.slug}")
    return render(
        request,
        "advice/comment.html",
        {"form": form, "letter": letter, "section": section},
    )


@signed_in
@require_POST
def settle(request: SignedInRequest, key: uuid.UUID, comment_key: uuid.UUID) -> HttpResponse:
    """Deal with a comment, taking its suggestion over or not."""
    letter = letter_for(request.user, key)
    permit(rules.may_write(request.user, letter))
    made = get_object_or_404(
        Comment.objects.select_related("section__letter"), section__letter=letter, key=comment_key
    )
    try:
        writing.settle_comment(request.user, made, take_over=request.POST.get("take_over") == "1")
    except EditConflict:
        messages.error(
            request,
            _("The section changed since this was suggested. Take it over by hand."),
        )
    return redirect(f"{letter.get_absolute_url()}#{made.section.slug}")


def file_name(letter: Letter, suffix: str, *, draft: bool) -> str:
    """What a letter's file is called: its subject, and that it is a draft."""
    name = slugify(letter.subject)[:80] or "brief"
    marked = _("draft")
    return f"{name}-{marked}.{suffix}" if draft else f"{name}.{suffix}"
