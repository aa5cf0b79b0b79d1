"""Unsubscribing and preferences, from a link in the mail, without signing in.

A GET changes nothing, since programs that scan mail follow every link. A POST does: the reader's
own button, or the mail program's (RFC 8058), which cannot send a CSRF token; the signed link is
what proves who asks, so these views do without one.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from newsletter import actions
from newsletter.models import OptOut
from outbox.tokens import recipient_of
from people.models import Person


def reader_of(token: str) -> Person:
    """Whose link this is; 404 for one that was made up, and for who is not on the roster."""
    key = recipient_of(token)
    if key is None:
        raise Http404
    person = Person.objects.get_queryset().filter(key=UUID(key)).exclude(email="").first()
    if person is None:
        raise Http404
    return person


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then do it."""
    person = reader_of(token)
    if request.method == "POST":
        actions.opt_out(person.email)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse("unsubscribed\n", content_type="text/plain")
        return redirect("newsletter:preferences", token)
    with override(person.language):
        return render(request, "newsletter/unsubscribe.html", {"person": person, "token": token})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Newsletter yes or no, and its language."""
    person = reader_of(token)
    if request.method == "POST":
        wants = request.POST.get("nieuwsbrief") == "ja"
        (actions.opt_in if wants else actions.opt_out)(person.email)
        actions.choose_language(person, request.POST.get("taal", ""))
        return redirect("newsletter:preferences", token)
    with override(person.language):
        return render(
            request,
            "newsletter/preferences.html",
            {
                "person": person,
                "token": token,
                "receives": not OptOut.objects.filter(address__iexact=person.email).exists(),
            },
        )
