"""Signals: from what was heard to the director, and back to staff."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from listening import actions, rules
from listening.forms import DirectorAnswerForm, FeedbackForm, SignalForm
from listening.models import ConversationNote, Message, Signal
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.models import Person
from people.rules import is_council, is_director, may_read_portal


@signed_in
def signals(request: SignedInRequest) -> HttpResponse:
    """The signals this person may see."""
    person = request.user
    reveal(may_read_portal(person) or is_director(person))
    found = Signal.objects.visible_to(person).select_related("unit", "dossier")
    return render(
        request,
        "listening/signals.html",
        {"signals": found, "may_note": rules.may_note(person), "is_council": is_council(person)},
    )


@signed_in
def note_signal(request: SignedInRequest) -> HttpResponse:
    """Write down a signal; ``?gesprek=`` or ``?bericht=`` begins from a note or a message."""
    permit(rules.may_note(request.user))
    form = SignalForm(
        request.POST if request.method == "POST" else None,
        person=request.user,
        instance=_beginning(request, request.user),
    )
    if request.method == "POST" and form.is_valid():
        signal = actions.note_signal(form.save(commit=False), request.user)
        messages.success(request, _("The signal is noted. Only the council sees it for now."))
        return redirect(signal)
    return render(
        request, "listening/signal_form.html", {"form": form}, status=400 if form.errors else 200
    )


@signed_in
def signal(request: SignedInRequest, key: str) -> HttpResponse:
    """One signal, with the step that is next for this person."""
    found = _signal(request.user, key)
    return _show(request, found)


@require_POST
@signed_in
def pass_on(request: SignedInRequest, key: str) -> HttpResponse:
    """Show the signal to the director."""
    found = _signal(request.user, key)
    permit(rules.may_note(request.user))
    try:
        actions.pass_on(found, request.user)
    except actions.WrongState:
        messages.info(request, _("Someone was ahead of you: this is how it stands now."))
    else:
        messages.success(request, _("The director sees this signal now."))
    return redirect(found)


@require_POST
@signed_in
def answer_signal(request: SignedInRequest, key: str) -> HttpResponse:
    """The director answers."""
    found = _signal(request.user, key)
    permit(is_director(request.user))
    form = DirectorAnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, found, answer_form=form)
    try:
        actions.answer_signal(found, request.user, form.cleaned_data["text"])
    except actions.WrongState:
        messages.info(request, _("This signal has been answered already."))
    else:
        messages.success(request, _("Your answer is with the council."))
    return redirect(found)


@require_POST
@signed_in
def feed_back(request: SignedInRequest, key: str) -> HttpResponse:
    """Tell staff what came of it."""
    found = _signal(request.user, key)
    permit(rules.may_note(request.user))
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _show(request, found, feedback_form=form)
    try:
        actions.feed_back(found, request.user, form.cleaned_data["text"])
    except actions.WrongState:
        messages.info(request, _("Someone was ahead of you: this is how it stands now."))
    else:
        messages.success(request, _("Staff see now what came of it."))
    return redirect(found)


def _signal(person: Person, key: str) -> Signal:
    return get_object_or_404(
        Signal.objects.visible_to(person).select_related("unit", "dossier", "answered_by"), key=key
    )


def _beginning(request: SignedInRequest, person: Person) -> Signal | None:
    note_key, message_key = request.GET.get("gesprek"), request.GET.get("bericht")
    try:
        if note_key:
            note = ConversationNote.objects.visible_to(person).get(key=UUID(note_key))
            return actions.signal_from_note(note)
        if message_key:
            message = Message.objects.visible_to(person).get(key=UUID(message_key))
            return actions.signal_from_message(message)
    except (ValueError, ConversationNote.DoesNotExist, Message.DoesNotExist):
        return None  # an address that leads nowhere begins an empty form
    return None


def _show(
    request: SignedInRequest,
    found: Signal,
    answer_form: DirectorAnswerForm | None = None,
    feedback_form: FeedbackForm | None = None,
) -> HttpResponse:
    person = request.user
    refused = answer_form is not None or feedback_form is not None
    return render(
        request,
        "listening/signal.html",
        {
            "signal": found,
            "is_council": is_council(person),
            "may_pass_on": rules.may_pass_on(person, found),
            "answer_form": answer_form or DirectorAnswerForm()
            if rules.may_answer_signal(person, found)
            else None,
            "feedback_form": feedback_form or FeedbackForm()
            if rules.may_feed_back(person, found)
            else None,
        },
        status=400 if refused else 200,
    )
