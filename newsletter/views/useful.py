"""Was this newsletter useful? From a link in the mail, without signing in.

A GET changes nothing and both buttons in the mail lead to the same address (the choice stands
behind a #, which no server gets to see), so neither a program that follows links nor a log of
addresses can give or know an answer. The signed link proves who asks, as in ``leaving``.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from newsletter import slips
from newsletter.models import Issue
from newsletter.views.leaving import reader_of

ANSWERS = {"ja": True, "nee": False}


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def useful(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Ask, and take one answer of each reader."""
    person = reader_of(token)
    asking = Issue.objects.visible_to(person).filter(state="sent", usefulness__isnull=False)
    issue = get_object_or_404(asking, key=key)
    is_open = slips.is_counting(issue, timezone.now())
    if request.method == "POST":
        answer = ANSWERS.get(request.POST.get("antwoord", ""))
        if is_open and answer is not None:
            slips.drop_answer(person, issue, useful=answer)
        return redirect("newsletter:useful", issue.key, token)
    with override(person.language):
        context = {
            "issue": issue,
            "is_open": is_open,
            "has_answered": slips.has_answered(person, issue),
            "least": slips.least_in_all(),
        }
        return render(request, "newsletter/useful.html", context)
