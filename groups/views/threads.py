"""Conversations: reading one, starting one, writing in it."""

from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups import actions, aliases, rules
from groups.aliases import Act, LetterTooLongError
from groups.conversation import conversation, waiting
from groups.devices import remember, seen_on
from groups.forms import MessageForm, ThreadForm
from groups.models import Alias, ReadMarker, Signal, Thread
from groups.seats import Seat
from groups.views.doors import inside, thread_inside
from people.guards import SignedInRequest, permit, signed_in

Form = TypeVar("Form", bound=MessageForm)


@require_safe
@signed_in
def thread(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A page of a conversation; reading it marks it read, in the place the group allows."""
    shown, seat = thread_inside(request, key)
    return _page(request, shown, seat, _form(MessageForm, seat))


@signed_in
def start(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Start a conversation."""
    seat = inside(request, key)
    permit(rules.may_write(seat))
    if request.method != "POST":
        return _start_page(request, seat, _form(ThreadForm, seat))
    form = _form(ThreadForm, seat, request)
    if not form.is_valid():
        return _start_page(request, seat, form, status=400)
    title = form.cleaned_data["title"]
    if form.under_alias:
        body = form.cleaned_data["body"]
        if not _post_letter(request, seat, form, Act.THREAD, title=title, body=body):
            return _start_page(request, seat, form, status=400)
        return redirect(seat.group)
    return redirect(actions.start_thread(request.user, seat.group, title, form.text()))


@require_POST
@signed_in
def write(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write a message, at once under one's name, or into the letterbox under one's alias."""
    shown, seat = thread_inside(request, key)
    permit(rules.may_write_in(seat, shown))
    form = _form(MessageForm, seat, request)
    if not form.is_valid():
        return _page(request, shown, seat, form, status=400)
    if form.under_alias:
        body = form.cleaned_data["body"]
        if not _post_letter(request, seat, form, Act.MESSAGE, thread=shown, body=body):
            return _page(request, shown, seat, form, status=400)
        return redirect(f"{shown.get_absolute_url()}#wachtend")
    written = actions.write_message(request.user, shown, form.text())
    return redirect("groups:find_message", written.key)


@require_POST
@signed_in
def close(request: SignedInRequest, key: UUID) -> HttpResponse:
    """No more messages in this conversation."""
    shown, seat = thread_inside(request, key)
    permit(rules.may_moderate(seat))
    actions.close_thread(shown, closed=True)
    return redirect(shown)


@require_POST
@signed_in
def reopen(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Messages again."""
    shown, seat = thread_inside(request, key)
    permit(rules.may_moderate(seat))
    actions.close_thread(shown, closed=False)
    return redirect(shown)


def own_alias(seat: Seat) -> str:
    """The name the person writes under in this group: kept once used, derived until then."""
    known = Alias.objects.filter(group=seat.group, tag=seat.tag).values_list("name", flat=True)
    if name := known.first():
        return name
    return aliases.free_name(seat.tag, set(seat.group.aliases.values_list("name", flat=True)))


def next_round_in_words() -> str:
    """``13:00`` or, where that is tomorrow, the date before it."""
    now = timezone.now()
    moment = timezone.localtime(actions.next_round(now))
    time = date_format(moment, "TIME_FORMAT")
    if moment.date() == timezone.localdate(now):
        return _("today at %(time)s") % {"time": time}
    return _("tomorrow at %(time)s") % {"time": time}


def _form(kind: type[Form], seat: Seat, request: SignedInRequest | None = None) -> Form:
    alias = own_alias(seat) if rules.may_use_alias(seat) else ""
    data = (request.POST, request.FILES) if request else ()
    return kind(*data, own_name=seat.person.full_name, alias=alias)


def _post_letter(
    request: SignedInRequest,
    seat: Seat,
    form: MessageForm,
    act: Act,
    *,
    body: str,
    title: str = "",
    thread: Thread | None = None,
) -> bool:
    """Put it in the letterbox and say so; False, with words in the form, where it does not fit."""
    try:
        actions.post_letter(seat.person, seat.group, act, thread=thread, title=title, body=body)
    except LetterTooLongError:
        form.add_error("body", _("This is too long for one letter. Make it two messages."))
        return False
    messages.success(request, _("In the letterbox. It comes out with others, at the next round."))
    return True


def _start_page(
    request: SignedInRequest, seat: Seat, form: ThreadForm, status: int = 200
) -> HttpResponse:
    context = {"group": seat.group, "form": form, "next_round": next_round_in_words()}
    return render(request, "groups/thread_start.html", context, status=status)


def _page(
    request: SignedInRequest, shown: Thread, seat: Seat, form: MessageForm, status: int = 200
) -> HttpResponse:
    aliased = shown.group.alias_allowed
    seen = seen_on(request)
    marker = (
        seen.get(shown.pk)
        if aliased
        else ReadMarker.objects.filter(thread=shown, person=request.user)
        .values_list("seen_upto", flat=True)
        .first()
    )
    talk = conversation(shown, seat, request.GET.get("page"), marker)
    letters = actions.own_letters(request.user, shown.group) if aliased and seat.is_member else []
    context = {
        "group": shown.group,
        "thread": shown,
        "seat": seat,
        "talk": talk,
        "form": form,
        "waiting": waiting(letters, shown),
        "next_round": next_round_in_words(),
        "may_write": rules.may_write_in(seat, shown),
        "asked_quotes": Signal.objects.filter(
            quoted__thread=shown, quoted__author=request.user, quote_state="asked"
        ),
    }
    response = render(request, "groups/thread.html", context, status=status)
    if talk.newest is not None and seat.is_member and (marker is None or marker < talk.newest):
        if aliased:
            remember(response, seen, shown.pk, talk.newest)
        else:
            actions.mark_read(request.user, shown, talk.newest)
    return response
