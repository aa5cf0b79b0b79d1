"""Addresses that mail does not reach, and giving them another chance."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from newsletter import actions, rules
from newsletter.audience import suppressed_people
from people.guards import SignedInRequest, permit, reveal, signed_in


@require_safe
@signed_in
def unreachable(request: SignedInRequest) -> HttpResponse:
    """Who cannot be reached by mail, and why."""
    reveal(rules.may_read(request.user))
    permit(rules.may_steer(request.user))
    page = Paginator(suppressed_people(), 50).get_page(request.GET.get("page"))
    return render(request, "newsletter/unreachable.html", {"page": page})


@require_POST
@signed_in
def try_again(request: SignedInRequest) -> HttpResponse:
    """Mail this address again from now on."""
    reveal(rules.may_read(request.user))
    permit(rules.may_steer(request.user))
    if actions.lift_suppression(request.user, request.POST.get("adres", "")):
        messages.success(request, _("We send mail to this address again."))
    return redirect("newsletter:unreachable")
