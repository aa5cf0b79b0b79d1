"""Office hours and conversation notes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from listening import actions, rules
from listening.forms import ConversationNoteForm, OfficeHourForm
from listening.models import ConversationNote, OfficeHour
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.rules import may_read_portal


@signed_in
def office_hours(request: SignedInRequest) -> HttpResponse:
    """When and where the council can be spoken to."""
    reveal(may_read_portal(request.user))
    coming = (
        OfficeHour.objects.visible_to(request.user)
        .coming()
        .select_related("site")
        .prefetch_related("hosts")
    )
    return render(
        request,
        "listening/office_hours.html",
        {"office_hours": coming, "may_plan": rules.may_note(request.user)},
    )


@signed_in
def plan_office_hour(request: SignedInRequest) -> HttpResponse:
    """Announce an office hour."""
    permit(rules.may_note(request.user))
    form = OfficeHourForm(
        request.POST if request.method == "POST" else None, initial={"hosts": [request.user.pk]}
    )
    if request.method == "POST" and form.is_valid():
        hosts = list(form.cleaned_data["hosts"])
        actions.plan_office_hour(form.save(commit=False), hosts, request.user)
        messages.success(request, _("The office hour is announced."))
        return redirect("listening:office_hours")
    return render(
        request,
        "listening/office_hour_form.html",
        {"form": form},
        status=400 if form.errors else 200,
    )


@require_POST
@signed_in
def cancel_office_hour(request: SignedInRequest, key: str) -> HttpResponse:
    """Call an office hour off."""
    found = get_object_or_404(OfficeHour.objects.visible_to(request.user), key=key)
    permit(rules.may_note(request.user))
    actions.cancel_office_hour(found, request.user)
    messages.success(request, _("The office hour is cancelled; colleagues see that it is."))
    return redirect("listening:office_hours")


@signed_in
def notes(request: SignedInRequest) -> HttpResponse:
    """What the council heard in conversations."""
    permit(rules.may_note(request.user))
    found = ConversationNote.objects.visible_to(request.user).select_related(
        "unit", "noted_by", "dossier"
    )
    return render(request, "listening/notes.html", {"notes": found[:200]})


@signed_in
def note(request: SignedInRequest) -> HttpResponse:
    """Keep a note of a conversation."""
    permit(rules.may_note(request.user))
    form = ConversationNoteForm(
        request.POST if request.method == "POST" else None, person=request.user
    )
    if request.method == "POST" and form.is_valid():
        actions.note_conversation(form.save(commit=False), request.user)
        messages.success(request, _("Your note is kept."))
        return redirect("listening:notes")
    return render(
        request, "listening/note_form.html", {"form": form}, status=400 if form.errors else 200
    )
