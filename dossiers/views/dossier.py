"""The list, opening a dossier, its page, and keeping it."""

import uuid
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dossiers import actions, markdown, rules, shortcuts, timeline
from dossiers.calendar import holiday_name, is_free_day
from dossiers.clock import suggested_deadlines
from dossiers.forms import (
    DayField,
    DeadlineForm,
    DocumentForm,
    DossierForm,
    MeetingForm,
    NoteForm,
    OpenDossierForm,
    PartForm,
)
from dossiers.models import Deadline, Dossier, Meeting, RequestPart
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.models import Person
from people.rules import is_council, may_read_portal

CLOSED_PER_PAGE = 25


def dossier_for(person: Person, key: uuid.UUID) -> Dossier:
    """The dossier behind ``key`` with its clock, or 404 for who may not see it."""
    return get_object_or_404(Dossier.objects.visible_to(person).with_clock(), key=key)


@signed_in
def dossier_list(request: SignedInRequest) -> HttpResponse:
    """Open dossiers, what is due first; closed ones below; searched by their words."""
    person = request.user
    reveal(may_read_portal(person))
    today = timezone.localdate()
    visible = Dossier.objects.visible_to(person)
    query = request.GET.get("q", "").strip()[:100]
    if query:
        visible = visible.filter(Q(title__icontains=query) | Q(summary__icontains=query))
    open_dossiers = list(visible.open().with_clock())
    rows = [(dossier, dossier.next_term(today)) for dossier in open_dossiers]
    rows.sort(key=lambda row: (row[1] is None, row[1].last_day if row[1] else date.max))
    closed = Paginator(visible.closed(), CLOSED_PER_PAGE).get_page(request.GET.get("pagina"))
    hidden = 0
    if is_council(person):
        seen = Dossier.objects.visible_to(person).secret()
        hidden = Dossier.objects.secret().exclude(pk__in=seen.values("pk")).count()
    return render(
        request,
        "dossiers/list.html",
        {
            "rows": rows,
            "closed": closed,
            "today": today,
            "query": query,
            "hidden": hidden,
            "may_open": rules.may_open_dossier(person),
            "may_have_calendar": rules.may_have_calendar(person),
        },
    )


@signed_in
def open_dossier(request: SignedInRequest) -> HttpResponse:
    """Open a dossier in a minute."""
    permit(rules.may_open_dossier(request.user))
    form = OpenDossierForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        dossier = actions.open_dossier(
            request.user,
            kind=data["kind"],
            title=data["title"],
            summary=data["summary"],
            received_on=data["received_on"],
            advice_due_on=data["advice_due_on"],
            shared_with_staff=data["shared_with_staff"],
        )
        messages.success(request, _("The dossier is open."))
        return redirect(dossier)
    return render(
        request,
        "dossiers/open.html",
        {"form": form, "suggestions": suggested_deadlines(timezone.localdate())},
    )


@signed_in
def suggestions(request: SignedInRequest) -> HttpResponse:
    """The days that the suggested weeks come to, for the day of receipt that was filled in."""
    permit(rules.may_open_dossier(request.user))
    try:
        received = DayField().clean(request.GET.get("received_on", ""))
    except ValidationError:
        received = timezone.localdate()
    return render(
        request,
        "dossiers/suggestions.html",
        {"suggestions": suggested_deadlines(received), "received": received},
    )


@signed_in
def dossier(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """One dossier: the clock, what is filed under it, and the council's papers."""
    person = request.user
    found = dossier_for(person, key)
    today = timezone.localdate()
    context = {
        "dossier": found,
        "summary": markdown.to_html(found.summary, top=3),
        "today": today,
        "terms": [(term, term.days_left(today)) for term in found.terms],
        "next_term": found.next_term(today),
        "timeline": timeline.of(found, person),
        "shortcuts": shortcuts.of(found, person),
    }
    if not rules.may_read_papers(person):
        return render(request, "dossiers/dossier_staff.html", context)
    may_keep = rules.may_keep_dossier(person, found)
    context |= {
        "may_keep": may_keep,
        "may_close": rules.may_close_dossier(person, found),
        "may_impose": rules.may_impose_secrecy(person, found),
        "may_lift": rules.may_lift_secrecy(person, found),
        "free_day": _free_day_note(found.advice_due_on),
        "parts": [
            (part, PartForm(initial={"state": part.state, "remark": part.remark}))
            for part in found.parts.order_by("pk")
        ],
        "deadlines": found.deadlines.select_related("owner"),
        "documents": found.documents.select_related("by"),
        "request_paper": getattr(found, "request", None),
        "exempt": found.secrecy.exempt.all() if found.is_secret else (),
        "note_form": NoteForm(),
        "document_form": DocumentForm(),
        "deadline_form": DeadlineForm(),
    }
    return render(request, "dossiers/dossier.html", context)


def _free_day_note(day: date | None) -> str:
    """Why an agreed deadline is an awkward day, or nothing."""
    if day is None or not is_free_day(day):
        return ""
    return holiday_name(day) or _("a weekend")


@signed_in
def revise(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Change a dossier's facts."""
    found = dossier_for(request.user, key)
    permit(rules.may_keep_dossier(request.user, found))
    form = DossierForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.revise_dossier(request.user, form.save(commit=False))
        messages.success(request, _("Saved."))
        return redirect(found)
    return render(request, "dossiers/revise.html", {"form": form, "dossier": found})


@signed_in
@require_POST
def close(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Close a dossier."""
    found = dossier_for(request.user, key)
    permit(rules.may_close_dossier(request.user, found))
    actions.close_dossier(request.user, found)
    messages.success(request, _("The dossier is closed. You can reopen it."))
    return redirect(found)


@signed_in
@require_POST
def reopen(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Reopen a dossier."""
    found = dossier_for(request.user, key)
    permit(rules.may_close_dossier(request.user, found))
    actions.reopen_dossier(request.user, found)
    messages.success(request, _("The dossier is open again."))
    return redirect(found)


@signed_in
def meeting(
    request: SignedInRequest, key: uuid.UUID, meeting_key: uuid.UUID | None = None
) -> HttpResponse:
    """Record a meeting, or change one."""
    found = dossier_for(request.user, key)
    permit(rules.may_keep_dossier(request.user, found))
    row = Meeting(dossier=found)
    if meeting_key is not None:
        row = get_object_or_404(found.meetings, key=meeting_key)
    form = MeetingForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        actions.record_meeting(request.user, form.save(commit=False))
        messages.success(request, _("Saved. The deadlines follow."))
        return redirect(found)
    return render(request, "dossiers/meeting.html", {"form": form, "dossier": found})


@signed_in
@require_POST
def judge_part(request: SignedInRequest, key: uuid.UUID, part: str) -> HttpResponse:
    """Judge one part of the request."""
    found = dossier_for(request.user, key)
    permit(rules.may_keep_dossier(request.user, found))
    row = get_object_or_404(RequestPart, dossier=found, part=part)
    form = PartForm(request.POST)
    if form.is_valid():
        actions.judge_part(request.user, row, **form.cleaned_data)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose how complete this part is."))
    return redirect(f"{found.get_absolute_url()}#verzoek")


@signed_in
@require_POST
def add_note(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Add a note."""
    found = dossier_for(request.user, key)
    permit(rules.may_keep_dossier(request.user, found))
    form = NoteForm(request.POST)
    if form.is_valid():
        actions.add_note(request.user, found, form.cleaned_data["text"])
        return redirect(f"{found.get_absolute_url()}#tijdlijn")
    messages.error(request, _("Write something first."))
    return redirect(found)


@signed_in
def add_deadline(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Set a deadline of the council's own."""
    found = dossier_for(request.user, key)
    permit(rules.may_keep_dossier(request.user, found))
    form = DeadlineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_deadline(request.user, found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(found)
    return render(request, "dossiers/deadline.html", {"form": form, "dossier": found})


@signed_in
@require_POST
def finish_deadline(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Tick a deadline off."""
    visible = Dossier.objects.visible_to(request.user)
    reveal(is_council(request.user))
    row = get_object_or_404(Deadline.objects.filter(dossier__in=visible), key=key)
    permit(rules.may_keep_dossier(request.user, row.dossier))
    actions.finish_deadline(request.user, row)
    return redirect(row.dossier)
