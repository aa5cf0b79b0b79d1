"""What leaves a group: a paraphrase, and literal words only with their writer's yes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from groups import actions, rules
from groups.forms import SignalForm
from groups.models import Signal
from groups.views.doors import inside, message_inside
from people.guards import SignedInRequest, permit, signed_in


@signed_in
def signals(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What left this group before, and a form for something new."""
    seat = inside(request, key)
    form = SignalForm(request.POST or None)
    if request.method == "POST":
        permit(rules.may_signal(seat))
        if form.is_valid():
            actions.write_signal(seat.group, request.user, form.cleaned_data["paraphrase"])
            messages.success(request, _("The council has your signal."))
            return redirect("groups:signals", key)
    context = {
        "group": seat.group,
        "form": form,
        "may_signal": rules.may_signal(seat),
        "signals": seat.group.signals.select_related("written_by"),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "groups/signals.html", context, status=status)


@signed_in
def quote(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A signal from one message, if need be with words of it."""
    message, seat = message_inside(request, key)
    permit(rules.may_quote(seat, message))
    form = SignalForm(request.POST or None, source=message.body)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        context = {"group": seat.group, "message": message, "form": form}
        return render(request, "groups/quote.html", context, status=status)
    signal = actions.write_signal(
        seat.group,
        request.user,
        form.cleaned_data["paraphrase"],
        message=message,
        quote=form.cleaned_data["quote"],
    )
    if signal.sent_at is None:
        messages.success(request, _("The writer is asked first. Then it goes to the council."))
    else:
        messages.success(request, _("The council has your signal."))
    return redirect("groups:signals", seat.group.key)


@require_POST
@signed_in
def answer(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The writer's yes or no to a quote."""
    asked = get_object_or_404(
        Signal.objects.select_related("quoted__thread", "group"),
        key=key,
        quoted__author=request.user,
        quote_state="asked",
    )
    actions.answer_quote(asked, allowed=request.POST.get("answer") == "yes")
    messages.success(request, _("Thank you. Your answer is kept."))
    return redirect("groups:group", asked.group.key)
