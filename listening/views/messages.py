"""Messages to the council: written by staff, answered by the council."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from listening import actions, rules
from listening.forms import CodeForm, MessageForm, ReplyForm
from listening.models import ConversationNote, Message, OfficeHour, Signal
from people import codes
from people.guards import SignedInRequest, permit, signed_in


@signed_in
def index(request: SignedInRequest) -> HttpResponse:
    """What waits for the council: messages, signals, and the latest notes."""
    permit(rules.may_answer_messages(request.user))
    person = request.user
    return render(
        request,
        "listening/index.html",
        {
            "waiting": Message.objects.visible_to(person)
            .unanswered()
            .select_related("author", "handled_by"),
            "answered": Message.objects.visible_to(person)
            .filter(state="answered")
            .select_related("author", "handled_by")[:10],
            "signals": Signal.objects.visible_to(person)
            .exclude(state="fed_back")
            .select_related("unit", "dossier"),
            "notes": ConversationNote.objects.visible_to(person).select_related("unit", "noted_by")[
                :5
            ],
            "office_hours": OfficeHour.objects.visible_to(person).coming(),
        },
    )


@never_cache
@signed_in
def tell(request: SignedInRequest) -> HttpResponse:
    """Write to the council, with a name or without; the receipt code is shown here, once."""
    permit(rules.may_write_to_council(request.user))
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        subject, text = form.cleaned_data["subject"], form.cleaned_data["text"]
        if form.cleaned_data["signed"]:
            message = actions.write_named(request.user, subject, text)
            messages.success(request, _("Your message is with the council."))
            return redirect(message)
        _message, code = actions.write_anonymously(subject, text)
        return render(request, "listening/told.html", {"code": codes.grouped(code)})
    return render(request, "listening/tell.html", {"form": form}, status=_status(form))


@signed_in
def own(request: SignedInRequest) -> HttpResponse:
    """The messages this person wrote under their name, and the way to the anonymous ones."""
    permit(rules.may_write_to_council(request.user))
    written = Message.objects.visible_to(request.user).filter(author=request.user)
    return render(request, "listening/own.html", {"written": written, "code_form": CodeForm()})


@signed_in
def message(request: SignedInRequest, key: str) -> HttpResponse:
    """One conversation: its writer adds to it, the council answers."""
    person = request.user
    found = get_object_or_404(
        Message.objects.visible_to(person).select_related("author", "handled_by", "dossier"),
        key=key,
    )
    may_continue = rules.may_continue(person, found)
    may_answer = rules.may_answer_messages(person) and not may_continue
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        permit(may_continue or may_answer)
        if form.is_valid():
            text = form.cleaned_data["text"]
            if may_continue:
                actions.continue_message(found, text)
            else:
                actions.answer(found, person, text)
            messages.success(request, _("Your reply has been sent."))
            return redirect(found)
    return render(
        request,
        "listening/message.html",
        {
            "conversation": found,
            "replies": found.replies.select_related("answered_by"),
            "form": form,
            "may_reply": may_continue or may_answer,
            "may_take_on": may_answer and found.state == "new",
            "is_council": may_answer,
        },
        status=_status(form),
    )


@require_POST
@signed_in
def take_on(request: SignedInRequest, key: str) -> HttpResponse:
    """A council member takes a message on."""
    found = get_object_or_404(Message.objects.visible_to(request.user), key=key)
    permit(rules.may_answer_messages(request.user))
    actions.take_on(found, request.user)
    return redirect(found)


@never_cache
@signed_in
def with_code(request: SignedInRequest) -> HttpResponse:
    """An anonymous conversation, opened by its receipt code; the code travels in the form only."""
    permit(rules.may_write_to_council(request.user))
    code_form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not code_form.is_valid():
        return render(
            request, "listening/code.html", {"form": code_form}, status=_status(code_form)
        )
    try:
        found = actions.open_with_code(code_form.cleaned_data["code"])
    except codes.MistypedCode:
        code_form.add_error("code", _("This is not a code yet. Compare it with what you noted."))
    except actions.UnknownCode:
        code_form.add_error("code", _("No message belongs to this code. It may have been removed."))
    if code_form.errors:
        return render(request, "listening/code.html", {"form": code_form}, status=400)
    reply_form = ReplyForm(request.POST if "text" in request.POST else None)
    if reply_form.is_valid():
        actions.continue_message(found, reply_form.cleaned_data["text"])
        messages.success(request, _("Your reply has been sent."))
        reply_form = ReplyForm()
    return render(
        request,
        "listening/message.html",
        {
            "conversation": found,
            "replies": found.replies.select_related("answered_by"),
            "form": reply_form,
            "code": code_form.cleaned_data["code"],
            "may_reply": True,
        },
        status=_status(reply_form),
    )


def _status(form: MessageForm | ReplyForm | CodeForm) -> int:
    return 400 if form.is_bound and form.errors else 200
