"""The council's dashboard: what is due, what runs, what waits."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from advice import dashboards, rules
from advice.reach import DAYS
from people.guards import SignedInRequest, reveal, signed_in


@signed_in
def dashboard(request: SignedInRequest) -> HttpResponse:
    """Everything on one page, in a constant number of queries."""
    reveal(rules.may_conclude(request.user))
    today = timezone.localdate()
    return render(
        request,
        "advice/dashboard.html",
        {
            "board": dashboards.for_council(request.user, today),
            "today": today,
            "days": DAYS,
            "least": settings.TOTAL_THRESHOLD,
            "years": [str(today.year), str(today.year - 1)],
        },
    )
