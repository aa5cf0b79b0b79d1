"""The council's side of a round of statements: making it, and reading what colleagues add."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from people.guards import SignedInRequest, permit, reveal, signed_in
from polls import rules
from polls.actions.opening import CannotOpen
from polls.actions.statements import (
    NotNow,
    RoundFull,
    add_seeds,
    make_round,
    merge_statement,
    refuse_statement,
    remove_statement,
    reword_statement,
    show_statement,
)
from polls.forms.rounds import RoundForm, SeedsForm
from polls.forms.voting import tidy
from polls.models import (
    MAX_STATEMENT,
    Consultation,
    ConsultationKind,
    State,
    Statement,
    StatementState,
)
from polls.names import known_names
from polls.questions.corrections import is_correction
from polls.redaction import suggest
from polls.statements.likeness import alike
from polls.views.desk import consultation_for
from polls.views.making import under
from polls.views.opening import open_or_schedule


class Read(NamedTuple):
    """A statement as the council reads it: words to suggest, and what it resembles."""

    row: Statement
    suggestion: str
    differs: bool
    resembles: list[Statement]


@signed_in
@require_http_methods(["GET", "POST"])
def new_round(request: SignedInRequest) -> HttpResponse:
    """A question and its first statements, opened from the same page."""
    permit(rules.may_ask(request.user))
    sent = request.POST if request.method == "POST" else None
    form = RoundForm(sent, person=request.user, initial=under(request))
    if sent is not None and form.is_valid():
        return _make(request, form)
    status = 200 if sent is None else 400
    return render(request, "polls/statements/new.html", {"form": form}, status=status)


def _make(request: SignedInRequest, form: RoundForm) -> HttpResponse:
    """Save it, and where that was asked also open it; what stands in the way undoes both."""
    wants_open = request.POST.get("go") == "open"
    try:
        with transaction.atomic():
            draft: Consultation = form.save(commit=False)
            made = make_round(
                draft,
                by=request.user,
                title=form.cleaned_data["text"],
                introduction=form.cleaned_data["explanation"],
                seeds=form.cleaned_data["seeds"],
            )
            form.save_m2m()
            form.save_round()
            if wants_open:
                open_or_schedule(made, request.user)
    except CannotOpen as refusal:
        draft.pk = None
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return render(request, "polls/statements/new.html", {"form": form}, status=400)
    if wants_open and not form.cleaned_data["opens_at"]:
        messages.success(request, _("It is open. Colleagues can answer now."))
    elif wants_open:
        messages.success(request, _("It opens by itself at the time you chose."))
    else:
        messages.success(request, _("Kept as a draft. Only the council sees it."))
    return redirect("polls:desk", key=made.key)


def _round_for(request: SignedInRequest, key: UUID) -> Consultation:
    consultation = consultation_for(request, key)
    reveal(consultation.kind == ConsultationKind.STATEMENTS)
    return consultation


@signed_in
@require_http_methods(["GET", "POST"])
def statements(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Every statement of a round by how it stands; those that wait to be read first."""
    consultation = _round_for(request, key)
    may_change = consultation.state not in (State.CLOSING, State.CLOSED)
    form = SeedsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        permit(may_change)
        if form.is_valid():
            try:
                added = add_seeds(consultation, form.cleaned_data["seeds"], request.user)
            except RoundFull:
                form.add_error("seeds", _("So many statements do not fit any more."))
            else:
                words = ngettext("%(n)d statement added.", "%(n)d statements added.", added)
                messages.success(request, words % {"n": added})
                return redirect("polls:statements", key=key)
    context = _context(consultation) | {"form": form, "may_change": may_change}
    status = 400 if form.is_bound else 200
    return render(request, "polls/statements/manage.html", context, status=status)


def _context(consultation: Consultation) -> dict[str, object]:
    rows = list(
        Statement.objects.filter(consultation=consultation)
        .select_related("merged_into")
        .order_by("number")
    )
    shown = [row for row in rows if row.state == StatementState.SHOWN]
    waiting = [row for row in rows if row.state == StatementState.WAITING]
    return {
        "consultation": consultation,
        "waiting": _read(waiting, shown),
        "shown": shown,
        "merged": [row for row in rows if row.state == StatementState.MERGED],
        "refused": [row for row in rows if row.state == StatementState.REFUSED],
        "is_draft": consultation.state == State.DRAFT,
        "batch": consultation.batch,
        "max_length": MAX_STATEMENT,
    }


def _read(waiting: list[Statement], shown: list[Statement]) -> list[Read]:
    texts = {row.code: row.text for row in shown}
    by_code = {row.code: row for row in shown}
    names = known_names(*(row.text for row in waiting))
    found = []
    for row in waiting:
        suggestion = suggest(row.text, names)
        resembles = [by_code[code] for code in alike(row.text, texts)]
        found.append(Read(row, suggestion, suggestion != row.text, resembles))
    return found


@signed_in
@require_POST
def statement(request: SignedInRequest, key: UUID, statement: UUID) -> HttpResponse:
    """One decision on one statement: ``show``, ``refuse``, ``merge``, ``reword`` or ``remove``."""
    consultation = _round_for(request, key)
    permit(consultation.state not in (State.CLOSING, State.CLOSED))
    row = get_object_or_404(
        Statement.objects.select_related("consultation__questionnaire"),
        consultation=consultation,
        key=statement,
    )
    try:
        _decide(request, consultation, row)
    except RoundFull:
        messages.error(request, _("So many statements do not fit any more."))
    except NotNow:
        messages.error(request, _("That is not possible any more: it stands differently by now."))
    return redirect("polls:statements", key=key)


def _decide(request: SignedInRequest, consultation: Consultation, row: Statement) -> None:
    go, text = request.POST.get("go", ""), tidy(request.POST.get("text", ""))[:MAX_STATEMENT]
    if go == "show":
        show_statement(row, text or row.text, request.user)
        messages.success(request, _("Colleagues can vote on it now."))
    elif go == "refuse":
        refuse_statement(row, tidy(request.POST.get("reason", "")), request.user)
        messages.success(request, _("It is not shown. The report says how many were not."))
    elif go == "merge":
        shown = Statement.objects.filter(consultation=consultation).shown()
        into = get_object_or_404(shown.exclude(pk=row.pk), code=request.POST.get("into", ""))
        merge_statement(row, into, request.user)
        messages.success(request, _("Taken together. Votes count for the one that stays."))
    elif go == "reword":
        _reword(request, consultation, row, text)
    elif go == "remove":
        remove_statement(row)
        messages.success(request, _("Taken out."))


def _reword(
    request: SignedInRequest, consultation: Consultation, row: Statement, text: str
) -> None:
    """Anything goes in a draft; once people vote, only typing errors are put right."""
    was_asked = consultation.state == State.OPEN and row.state == StatementState.SHOWN
    if not text or (was_asked and not is_correction(row.text, text)):
        messages.error(
            request,
            _(
                "People have voted on these words, so only typing errors can be put right. Take"
                " this statement away and add another."
            ),
        )
        return
    reword_statement(row, text, request.user)
    messages.success(request, _("Saved."))
