"""How the mail stands, and the demo's letter box: every mail that was delivered as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from outbox import delivered
from outbox.guards import administrator_only, demo_only, found
from outbox.status import status_of_mail

MAIL_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'"
)
"""A mail shows itself and nothing else: no script, no frame, nothing loaded from outside."""


@require_safe
@administrator_only
def status(request: HttpRequest) -> HttpResponse:
    """How the mail stands: numbers and times only."""
    return render(request, "outbox/status.html", {"status": status_of_mail()})


@require_safe
@demo_only
def mails(request: HttpRequest) -> HttpResponse:
    """The list, newest first; ``aan`` narrows it to one receiver."""
    wanted = request.GET.get("aan", "").strip().lower()
    shown = [mail for mail in delivered.mails() if wanted in mail.to.lower()]
    return render(request, "outbox/mails.html", {"mails": shown, "wanted": wanted})


@require_safe
@demo_only
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: who, when, its text and its HTML in a frame of its own."""
    return render(request, "outbox/mail.html", {"mail": found(delivered.mail(name))})


@require_safe
@demo_only
@xframe_options_sameorigin
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part by itself, as a mail program would show it; links open outside the frame."""
    html = found(delivered.mail(name)).html
    head, mark, rest = html.partition("<head>")
    shown = f'{head}{mark}<base target="_blank">{rest}' if mark else html
    return HttpResponse(shown, headers={"Content-Security-Policy": MAIL_POLICY})
