"""An issue before it goes out: as any unit, in either language and width; and a test mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from newsletter import rules
from newsletter.mailing import send_trial
from newsletter.previewing import Choice, previewed
from newsletter.views.writing import issue_of
from people.guards import SignedInRequest, permit, signed_in

MAIL_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@require_safe
@signed_in
def preview(request: SignedInRequest, key: str) -> HttpResponse:
    """The mail in two widths, its text part, and what the list of mails shows."""
    issue = issue_of(request, key)
    permit(rules.may_compose(request.user))
    choice = Choice.from_query(request.GET)
    return render(
        request,
        "newsletter/preview.html",
        {
            "issue": issue,
            "choice": choice,
            "edition": previewed(issue, choice, request.user),
            "may_edit": rules.may_edit(request.user, issue),
        },
    )


@require_safe
@signed_in
@xframe_options_sameorigin
def preview_html(request: SignedInRequest, key: str) -> HttpResponse:
    """The HTML part by itself, for the frames of the preview."""
    issue = issue_of(request, key)
    permit(rules.may_compose(request.user))
    made = previewed(issue, Choice.from_query(request.GET), request.user)
    html = made.html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(html, headers={"Content-Security-Policy": MAIL_POLICY})


@require_POST
@signed_in
def trial(request: SignedInRequest, key: str) -> HttpResponse:
    """A test mail to oneself."""
    issue = issue_of(request, key)
    permit(rules.may_edit(request.user, issue))
    language = "en" if request.POST.get("taal") == "en" else "nl"
    if send_trial(issue, request.user, language):
        messages.success(
            request,
            _("A test mail is on its way to %(address)s.") % {"address": request.user.email},
        )
    else:
        messages.error(request, _("The portal has no e-mail address of yours to send a test to."))
    return redirect("newsletter:preview", issue.key)
