"""The vote on a letter, and its release."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advice import rules
from advice.actions import deciding, telling
from advice.actions.deciding import NotInThisState
from advice.actions.letterhead import change_letterhead
from advice.forms import (
    AdoptForm,
    LetterheadForm,
    QuorumForm,
    VoteForm,
)
from advice.letters.checks import Check
from advice.letters.preview import to_html
from advice.letters.tree import tree_from_json
from advice.models import Letterhead, LetterRelease
from advice.views.letter import letter_for
from people.guards import SignedInRequest, permit, reveal, signed_in


def _too_late(request: SignedInRequest) -> None:
    messages.error(request, _("Somebody was faster: this is how it stands now."))


@signed_in
@require_POST
def put_to_vote(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Put the draft before the members."""
    letter = letter_for(request.user, key)
    permit(rules.may_put_to_vote(request.user, letter))
    form = QuorumForm(request.POST, seats=len(deciding.council_seats()))
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["quorum"])))
        return redirect(f"{letter.get_absolute_url()}#stemming")
    try:
        deciding.put_to_vote(request.user, letter, quorum=form.cleaned_data["quorum"])
    except NotInThisState:
        _too_late(request)
    else:
        messages.success(request, _("The members can vote. The text stands until then."))
    return redirect(f"{letter.get_absolute_url()}#stemming")


@signed_in
@require_POST
def vote(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """A member votes."""
    letter = letter_for(request.user, key)
    permit(rules.may_vote(request.user, letter))
    form = VoteForm(request.POST)
    round_ = letter.rounds.filter(closed_at=None).first()
    if not form.is_valid() or round_ is None:
        messages.error(request, _("Choose your vote."))
    else:
        deciding.cast_vote(request.user, round_, form.cleaned_data["choice"])
        messages.success(request, _("Your vote counts. You can change it until the vote closes."))
    return redirect(f"{letter.get_absolute_url()}#stemming")


@signed_in
@require_POST
def close_vote(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Close the vote and count."""
    letter = letter_for(request.user, key)
    permit(rules.may_close_vote(request.user, letter))
    round_ = letter.rounds.filter(closed_at=None).first()
    try:
        adopted = round_ is not None and deciding.close_round(request.user, round_)
    except NotInThisState:
        _too_late(request)
    else:
        if adopted:
            messages.success(request, _("Adopted. The chair can release the letter."))
        else:
            messages.warning(request, _("Not adopted: the letter is a draft again."))
    return redirect(f"{letter.get_absolute_url()}#stemming")


@signed_in
@require_POST
def adopt(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Record that a meeting of the council adopted the text."""
    letter = letter_for(request.user, key)
    permit(rules.may_put_to_vote(request.user, letter))
    form = AdoptForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Fill in the day of the meeting, today or earlier."))
        return redirect(f"{letter.get_absolute_url()}#stemming")
    try:
        deciding.adopt_in_meeting(request.user, letter, day=form.cleaned_data["day"])
    except NotInThisState:
        _too_late(request)
    return redirect(f"{letter.get_absolute_url()}#stemming")


@signed_in
@require_POST
def take_back(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Take an adopted letter back to the drafting page."""
    letter = letter_for(request.user, key)
    permit(rules.may_take_back(request.user, letter))
    try:
        deciding.back_to_draft(request.user, letter)
    except NotInThisState:
        _too_late(request)
    return redirect(letter)


@signed_in
def release(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """The last look before the letter goes to the director, and the going itself."""
    letter = letter_for(request.user, key)
    permit(rules.may_release(request.user, letter))
    check = Check(letter)
    if request.method == "POST" and not check.stops:
        try:
            made = deciding.release_letter(request.user, letter)
        except NotInThisState:
            _too_late(request)
            return redirect(letter)
        messages.success(request, _("The letter is with the director."))
        return redirect(made)
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "advice/release.html",
        {"letter": letter, "dossier": letter.dossier, "check": check},
        status=status,
    )


@signed_in
def released(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """A released letter, as it was released; the director's first reading is noted."""
    person = request.user
    row = get_object_or_404(
        LetterRelease.objects.visible_to(person).select_related("letter__dossier__secrecy"),
        key=key,
    )
    if rules.gives_receipt(person):
        deciding.note_receipt(person, row)
    tree = tree_from_json(row.document)
    conclude = rules.may_conclude(person)
    return render(
        request,
        "advice/released.html",
        {
            "release": row,
            "letter": row.letter,
            "tree": tree,
            "body": to_html(tree),
            "conclude": conclude,
            "receipts": row.receipts.select_related("person") if conclude else (),
            "may_release_to_staff": rules.may_release_to_staff(person, row),
            "may_tell_staff": rules.may_tell_staff(person, row),
        },
    )


@signed_in
@require_POST
def release_to_staff(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Let staff read the letter."""
    row = get_object_or_404(
        LetterRelease.objects.visible_to(request.user).select_related("letter__dossier__secrecy"),
        key=key,
    )
    permit(rules.may_release_to_staff(request.user, row))
    try:
        deciding.release_to_staff(request.user, row)
    except NotInThisState:
        _too_late(request)
    else:
        messages.success(request, _("Staff can read the letter now."))
    return redirect(row)


@signed_in
@require_POST
def tell_staff(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Begin a post that tells staff what was done with what they said."""
    row = get_object_or_404(
        LetterRelease.objects.visible_to(request.user).select_related("letter__dossier__secrecy"),
        key=key,
    )
    permit(rules.may_tell_staff(request.user, row))
    post = telling.tell_staff(request.user, row)
    messages.success(request, _("The post is a draft: read it, and publish it when it is right."))
    return redirect("blogs:edit", post.key)


@signed_in
def letters(request: SignedInRequest) -> HttpResponse:
    """Released letters: the director's page, and what staff and council may read."""
    person = request.user
    rows = LetterRelease.objects.visible_to(person).select_related("letter__dossier")
    reveal(rules.gives_receipt(person) or rules.may_read_letters(person))
    return render(
        request,
        "advice/letters.html",
        {"releases": rows, "is_director": rules.gives_receipt(person)},
    )


@signed_in
def letterhead(request: SignedInRequest) -> HttpResponse:
    """What stands at the head and foot of every letter."""
    permit(rules.may_change_letterhead(request.user))
    row = Letterhead.objects.filter(pk=1).first() or Letterhead(pk=1)
    form = LetterheadForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        change_letterhead(request.user, form.save(commit=False))
        messages.success(request, _("Saved."))
        return redirect("advice:letterhead")
    return render(request, "advice/letterhead.html", {"form": form})
