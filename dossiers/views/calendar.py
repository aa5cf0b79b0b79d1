"""A member's calendar address: made, withdrawn, read."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dossiers import actions, feeds, rules
from dossiers.models import CalendarFeed
from people.guards import SignedInRequest, permit, signed_in


@signed_in
def calendar_page(request: SignedInRequest) -> HttpResponse:
    """Make an address; shown once, for only its hash is kept."""
    permit(rules.may_have_calendar(request.user))
    token = ""
    if request.method == "POST":
        token = actions.make_feed(request.user)
    feed = CalendarFeed.objects.filter(person=request.user).first()
    return render(
        request,
        "dossiers/calendar.html",
        {"token": token, "feed": feed, "portal_address": settings.PORTAL_URL},
    )


@signed_in
@require_POST
def drop_calendar(request: SignedInRequest) -> HttpResponse:
    """Withdraw the address: calendars that follow it stop being updated."""
    permit(rules.may_have_calendar(request.user))
    actions.drop_feed(request.user)
    messages.success(request, _("The address no longer works."))
    return redirect("dossiers:calendar")


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself, opened by its secret; 404 for any other, and for who left the council."""
    person = feeds.person_behind(token)
    if person is None or not rules.may_have_calendar(person):
        raise Http404
    with translation.override(person.language):
        content = feeds.calendar_for(person, timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="or-termijnen.ics"'
    response["Cache-Control"] = "private, max-age=3600"
    response["Referrer-Policy"] = "no-referrer"
    return response
