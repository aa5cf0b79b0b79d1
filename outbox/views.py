"""How the mail stands, and the demo's letter box: every mail that was delivered as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from outbox import delivered, webhooks
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


@csrf_exempt  # a provider has no session; it proves itself with its secret
@require_http_methods(["POST", "HEAD"])
def events(request: HttpRequest) -> HttpResponse:
    """What the mail provider tells; absent where none is configured."""
    if not webhooks.is_on():
        raise Http404
    if request.method == "POST":
        webhooks.take_events(webhooks.events_of(request))
    return HttpResponse()


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
