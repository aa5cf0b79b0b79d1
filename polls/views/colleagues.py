"""What colleagues wrote, while the question is open: read along, and mark what you agree with."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people import rules as people
from people.guards import SignedInRequest, permit, reveal, signed_in
from polls import rules
from polls.actions.sharing import MOST_MARKS, TooManyMarks, agree, marks_of
from polls.models import Consultation, OpenAnswer
from polls.questions.loading import schema_of
from polls.rights import CannotAnswer
from polls.standing import approach
from polls.views.rendering import moment

PER_PAGE = 50


class SharedAnswer(NamedTuple):
    """One answer as colleagues read it."""

    row: OpenAnswer
    is_marked: bool


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def colleagues(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The answers that may be read along, a page at a time, with this person's own marks."""
    found = approach(request.user, key)
    reveal(found is not None and found.consultation.opened_at is not None)
    assert found is not None
    consultation = found.consultation
    schema = schema_of(consultation.questionnaire)
    reveal(bool(schema.shared) and consultation.is_anonymous)
    is_invited = found.invitation is not None
    reveal(is_invited or people.is_council(request.user))
    may_agree = rules.may_agree(request.user, consultation, is_invited=is_invited)
    if request.method == "POST":
        permit(is_invited)
        return _mark(request, consultation)
    page = Paginator(_shared(consultation), PER_PAGE).get_page(request.GET.get("page"))
    marks = marks_of(consultation, request.user) if may_agree else set()
    context = {
        "consultation": consultation,
        "question": schema.shared[0].text,
        "page": page,
        "answers": [SharedAnswer(row, row.pk in marks) for row in page],
        "may_agree": may_agree,
        "marked": len(marks),
        "closes": moment(consultation),
        "batch": consultation.batch,
    }
    return render(request, "polls/colleagues.html", context)


def _shared(consultation: Consultation) -> QuerySet[OpenAnswer]:
    return OpenAnswer.objects.filter(consultation=consultation).shared().order_by("pk")


def _mark(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    """Keep what is ticked of this page; what was ticked on other pages stays.

    Of the answers only those that the page held when it was read are looked up, by key: one that
    came since is not unticked.
    """
    ticked = _keys(request.POST.getlist("agree"))
    read = _keys(request.POST.getlist("read")[:PER_PAGE])
    there = dict(_shared(consultation).filter(key__in=read).values_list("key", "pk"))
    try:
        agree(
            consultation,
            request.user,
            ticked=[pk for key, pk in there.items() if key in ticked],
            shown=list(there.values()),
        )
    except TooManyMarks:
        words = _("You can agree with %(n)d answers at most. Untick a few.") % {"n": MOST_MARKS}
        messages.error(request, words)
    except CannotAnswer:
        messages.warning(request, _("It closed in the meantime, so this was not kept."))
    else:
        messages.success(request, _("Kept. You can change it until the closing."))
    number = request.GET.get("page", "")
    query = f"?page={int(number)}" if number.isdecimal() and len(number) < 6 else ""
    return redirect(reverse("polls:colleagues", args=[consultation.key]) + query)


def _keys(posted: Iterable[str]) -> set[UUID]:
    """The keys among what was posted; what is none is left out."""
    found = set()
    for each in posted:
        with suppress(ValueError):
            found.add(UUID(each))
    return found
