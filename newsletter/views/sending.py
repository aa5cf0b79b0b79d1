"""Sending an issue, watching it go, and steering it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, Q
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from newsletter import actions, exports, rules
from newsletter.audience import private_addresses
from newsletter.checks import checks_of
from newsletter.forms import SendForm
from newsletter.models import Issue
from newsletter.progress import failures_of, progress_of
from newsletter.response import response_to
from newsletter.stopping import Locked, is_locked, make_rest, may_go_on
from newsletter.views.writing import issue_of
from outbox.actions import RESENDABLE
from outbox.models import Delivery, Mailing, State
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.log import log_act

PAGE = 50
LOCKED = gettext_lazy("Something in this newsletter is secret now, so nothing more of it goes out.")


@signed_in
def send(request: SignedInRequest, key: str) -> HttpResponse:
    """The last look: to how many, when, and yes."""
    issue = issue_of(request, key)
    permit(rules.may_steer(request.user))
    if request.method == "GET" and not issue.is_draft:
        return redirect("newsletter:progress", issue.key)
    permit(rules.may_send(request.user, issue))
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_issue(request.user, issue, form.cleaned_data["at"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("newsletter:progress", issue.key)
    return render(
        request,
        "newsletter/send.html",
        {"issue": issue, "form": form, "checks": checks_of(issue)},
        status=400 if form.errors else 200,
    )


@require_POST
@signed_in
def call_back(request: SignedInRequest, key: str) -> HttpResponse:
    """Make a scheduled issue a draft again."""
    issue = issue_of(request, key)
    permit(rules.may_call_back(request.user, issue))
    if actions.call_back(request.user, issue):
        messages.success(request, _("It is a draft again. Nothing was sent."))
        return redirect("newsletter:compose", issue.key)
    messages.error(request, _("Too late: it has gone out."))
    return redirect("newsletter:progress", issue.key)


@require_safe
@signed_in
def progress(request: SignedInRequest, key: str) -> HttpResponse:
    """How it goes; the middle part alone for script that asks again every two seconds."""
    issue = issue_of(request, key)
    permit(rules.may_watch(request.user))
    if issue.is_draft:
        return redirect("newsletter:compose", issue.key)
    looked = progress_of(issue.mailing) if issue.mailing else None
    goes_on = looked.is_going if looked else not issue.is_sent
    context = {
        "issue": issue,
        "progress": looked,
        "sent": issue.told(issue.mailing.sent) if issue.mailing else 0,
        "is_due": issue.send_at is not None and issue.send_at <= timezone.now(),
        "goes_on": goes_on,
        "failures": _failures(issue),
        "may_steer": rules.may_steer(request.user),
        "may_print": rules.may_print(request.user, issue),
        "may_see_recipients": rules.may_see_recipients(request.user, issue),
        "may_go_on": may_go_on(issue),
        "may_send_again": rules.may_send_again(issue),
        "may_make_rest": rules.may_make_rest(request.user, issue),
        # Asked for every other second while it goes out, and shown after that.
        "response": None if goes_on else response_to(issue, with_links=not is_locked(issue)),
    }
    template = "newsletter/partials/progress.html" if request.htmx else "newsletter/progress.html"
    return render(request, template, context)


def _failures(issue: Issue) -> list[tuple[str, int]]:
    if issue.mailing is None or not issue.mailing.failed or not rules.may_see_failures(issue):
        return []
    return failures_of(issue.mailing)


def steered(request: SignedInRequest, key: str) -> tuple[Issue, Mailing]:
    """An issue on its way, for whoever may steer it; 404 for one that is not with the outbox."""
    issue = issue_of(request, key)
    permit(rules.may_steer(request.user))
    reveal(issue.mailing is not None)
    assert issue.mailing is not None
    return issue, issue.mailing


@require_POST
@signed_in
def pause(request: SignedInRequest, key: str) -> HttpResponse:
    """Hold it."""
    return _steer(request, key, actions.pause_sending)


@require_POST
@signed_in
def resume(request: SignedInRequest, key: str) -> HttpResponse:
    """Go on."""
    return _steer(request, key, actions.resume_sending)


@require_POST
@signed_in
def cancel(request: SignedInRequest, key: str) -> HttpResponse:
    """Stop for good."""
    return _steer(request, key, actions.cancel_sending)


def _steer(request: SignedInRequest, key: str, act: Callable[..., object]) -> HttpResponse:
    issue, _mailing = steered(request, key)
    try:
        act(request.user, issue)
    except Locked:
        messages.error(request, LOCKED)
    return redirect("newsletter:progress", issue.key)


@require_POST
@signed_in
def again(request: SignedInRequest, key: str) -> HttpResponse:
    """Send once more to those of the ticked states; nothing ticked, nothing sent."""
    issue, _mailing = steered(request, key)
    states = [state for state in RESENDABLE if state.value in request.POST.getlist("stand")]
    row = request.POST.get("mail", "")
    number = int(row) if row.isdecimal() else None
    permit(number is None or rules.may_see_recipients(request.user, issue))
    try:
        count = actions.send_again(request.user, issue, states, number) if states else 0
    except Locked:
        messages.error(request, LOCKED)
        return redirect("newsletter:progress", issue.key)
    messages.info(request, _sent_again(issue, count))
    return redirect("newsletter:progress", issue.key)


def _sent_again(issue: Issue, count: int) -> str:
    if count and issue.names_nobody:
        return _("They are sent again.")
    words = ngettext("%(count)s mail is sent again.", "%(count)s mails are sent again.", count)
    return words % {"count": count}


@require_POST
@signed_in
def rest(request: SignedInRequest, key: str) -> HttpResponse:
    """A draft of what may still be told, for who did not get the stopped one."""
    issue, _mailing = steered(request, key)
    permit(rules.may_make_rest(request.user, issue))
    made = make_rest(request.user, issue)
    messages.success(request, _("This draft is for those who did not get the other one."))
    return redirect("newsletter:compose", made.key)


@require_safe
@signed_in
def recipients(request: SignedInRequest, key: str) -> HttpResponse:
    """Did she get it? Names and addresses with their states, to search."""
    issue, mailing = steered(request, key)
    permit(rules.may_see_recipients(request.user, issue))
    wanted = request.GET.get("zoek", "").strip()
    state = request.GET.get("stand", "")
    rows = Delivery.objects.filter(mailing=mailing).order_by("name", "pk")
    rows = rows.annotate(is_private=Exists(private_addresses()))
    if wanted:
        rows = rows.filter(
            Q(name__icontains=wanted) | Q(address__icontains=wanted, is_private=False)
        )
    if state in State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "newsletter/recipients.html",
        {"issue": issue, "page": page, "wanted": wanted, "state": state, "states": State.choices},
    )


@require_safe
@signed_in
def states_csv(request: SignedInRequest, key: str) -> HttpResponseBase:
    """Every recipient's state, for a spreadsheet; that it was taken out is logged."""
    issue, mailing = steered(request, key)
    permit(rules.may_see_recipients(request.user, issue))
    log_act(request.user, "newsletter.export", issue)
    response = StreamingHttpResponse(
        exports.states(mailing), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="nieuwsbrief-standen.csv"'
    return response
