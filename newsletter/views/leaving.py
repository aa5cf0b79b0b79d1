"""Unsubscribing and preferences: from a link in the mail without signing in, or signed in.

A GET changes nothing, since programs that scan mail follow every link. A POST does: the reader's
own button, or the mail program's (RFC 8058), which cannot send a CSRF token; the signed link is
what proves who asks, so these views do without one.
"""

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from newsletter import rules, subscribing
from newsletter.audience import receives
from newsletter.forms import MineForm
from newsletter.models import Subscription
from outbox.headers import RefusedHeader
from outbox.tokens import recipient_of
from people.guards import SignedInRequest, reveal, signed_in
from people.models import Person


def reader_of(token: str) -> Person:
    """Whose link this is; 404 for one that was made up, and for who is not on the roster."""
    key = recipient_of(token)
    if key is None:
        raise Http404
    person = Person.objects.get_queryset().filter(key=UUID(key)).first()
    if person is None or not subscribing.address_of(person):
        raise Http404
    return person


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then do it."""
    person = reader_of(token)
    if request.method == "POST":
        subscribing.opt_out(person)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse("unsubscribed\n", content_type="text/plain")
        return redirect("newsletter:preferences", token)
    with override(person.language):
        context = {"address": subscribing.address_of(person), "token": token}
        return render(request, "newsletter/unsubscribe.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Newsletter yes or no, and its language."""
    person = reader_of(token)
    if request.method == "POST":
        wants = request.POST.get("nieuwsbrief") == "ja"
        (subscribing.opt_in if wants else subscribing.opt_out)(person)
        subscribing.choose_language(person, request.POST.get("taal", ""))
        return redirect("newsletter:preferences", token)
    with override(person.language):
        return render(
            request,
            "newsletter/preferences.html",
            {
                "person": person,
                "address": subscribing.address_of(person),
                "token": token,
                "receives": receives(person),
            },
        )


@never_cache
@signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """The same signed in, and a private address to get it at."""
    reveal(rules.may_read(request.user))
    person = request.user
    subscription = Subscription.objects.filter(person=person).first() or Subscription(person=person)
    gets_it = receives(person)
    form = MineForm(
        request.POST or None,
        initial={"wants": "yes" if gets_it else "no", "address": subscription.address},
        has_other=bool(person.email),
    )
    if request.method == "POST" and form.is_valid():
        if not form.wants_it:
            subscribing.opt_out(person)
            messages.success(request, _("You get no newsletters any more."))
            return redirect("newsletter:mine")
        address = form.cleaned_data["address"].lower()
        if not address or address == subscription.address:
            subscribing.subscribe(person)
            if not address:
                subscribing.drop_private_address(person)
            messages.success(request, _("You get the newsletter."))
            return redirect("newsletter:mine")
        if not ratelimit.consume(request, action="own_address", user=person):
            answer: HttpResponse = ratelimit.respond_429(request)
            return answer
        try:
            subscribing.ask_private_address(person, address)
        except RefusedHeader as error:
            form.add_error("address", str(error))
        else:
            return redirect("newsletter:mine")
    return render(
        request,
        "newsletter/mine.html",
        {
            "form": form,
            "subscription": subscription,
            "receives": gets_it,
            "address": subscribing.address_of(person),
        },
        status=400 if form.errors else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The second yes, from the private mailbox; a look changes nothing."""
    subscription = subscribing.asked_in(token)
    if subscription is None:
        return render(request, "newsletter/confirm_old.html", status=404)
    if request.method == "POST":
        subscribing.confirm_private_address(subscription)
        return redirect("newsletter:confirm", token)
    with override(subscription.person.language):
        context = {
            "is_confirmed": not subscription.asked_address,
            "address": subscription.asked_address or subscription.address,
        }
        return render(request, "newsletter/confirm.html", context)
