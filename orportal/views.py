"""The start pages, the pages about the portal itself, and the pages for when something is wrong."""

import sys

from django import db
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from groups.devices import seen_on
from orportal import context, styleguide
from orportal import start as composition
from orportal.navigation import url_of
from people import rules
from people.guards import SignedInRequest, signed_in
from polls.actions.retention import days_for_answers, days_for_marks

A_YEAR = 365 * 24 * 3600
SAMPLES = {"kiosk": "orportal/sample_kiosk.html", "brief": "orportal/sample_letter.html"}


@signed_in
def start(request: SignedInRequest) -> HttpResponse:
    """What this person can do today, by the role that brings them here."""
    person = request.user
    if rules.is_council(person):
        return render(
            request,
            "orportal/start_council.html",
            {
                "start": composition.council_start(person, seen_on(request)),
                "new_poll_url": url_of("polls:new"),
            },
        )
    if rules.is_director(person):
        return render(
            request,
            "orportal/start_director.html",
            {
                "start": composition.director_start(person),
                "hand_in_url": url_of("dossiers:hand_in"),
            },
        )
    if rules.is_constituent(person):
        return render(
            request,
            "orportal/start_employee.html",
            {
                "start": composition.employee_start(person, seen_on(request)),
                "write_url": url_of("listening:tell"),
                "posts_url": url_of("blogs:index"),
            },
        )
    if rules.is_administrator(person):
        page = {"start": composition.administrator_start()}
        return render(request, "orportal/start_administrator.html", page)
    return render(request, "orportal/start_nothing.html")


def trust(request: HttpRequest) -> HttpResponse:
    """What the portal promises, and what it does not protect against; for anyone to read."""
    return render(
        request,
        "orportal/trust.html",
        {
            "total_threshold": settings.TOTAL_THRESHOLD,
            "group_threshold": settings.GROUP_THRESHOLD,
            "days_for_marks": days_for_marks(),
            "days_for_answers": days_for_answers(),
            "days_for_messages": settings.MESSAGES_KEPT_DAYS,
        },
    )


def house_rules(request: HttpRequest) -> HttpResponse:
    """How people talk with one another here, and what happens when somebody does not."""
    return render(request, "orportal/house_rules.html")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie; ``system`` forgets the choice. For pages without script.

    With script, ``static/js/theme.js`` sets the same cookie.
    """
    there = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure()):
        there = reverse("start")
    response = HttpResponseRedirect(there)
    choice = request.POST.get("theme", "")
    if choice in context.THEMES:
        response.set_cookie(
            "theme", choice, max_age=A_YEAR, secure=settings.BEHIND_HTTPS, samesite="Lax"
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component with its states, for who builds pages; only where nothing is real."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    page = SAMPLES.get(request.GET.get("blad", ""), "orportal/styleguide.html")
    return render(request, page, styleguide.samples(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours, made without database, session or template context.

    503 where the database does not answer, so that monitors and browsers try again; else 500.
    """
    offline = isinstance(sys.exc_info()[1], db.OperationalError | db.InterfaceError)
    body = get_template("500.html").render(
        {**context.names(), "theme": context.theme_of(request), "offline": offline}
    )
    response = HttpResponse(body, status=503 if offline else 500)
    if offline:
        response["Retry-After"] = "60"
    return response
