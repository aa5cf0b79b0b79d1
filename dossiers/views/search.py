"""Search over everything the reader may see: a GET, whose question is kept nowhere."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from dossiers.rules import may_search
from dossiers.search import finding, words
from people.guards import SignedInRequest, permit, signed_in

PER_PAGE = 20


@require_safe
@signed_in
def search(request: SignedInRequest) -> HttpResponse:
    """The box, and what was found: the best answer first or the newest, a kind at a time."""
    permit(may_search(request.user))
    typed = request.GET.get("q", "").replace("\0", "").strip()[: words.LONGEST]
    kind, newest = request.GET.get("soort", ""), request.GET.get("volgorde") == "nieuw"
    question = words.read(typed)
    found = finding.find(request.user, question, newest=newest)
    if kind not in {count.kind.key for count in found.counts}:
        kind = ""
    page = Paginator(found.of(kind), PER_PAGE).get_page(request.GET.get("page"))
    response = render(
        request,
        "dossiers/search.html",
        {
            "typed": typed,
            "is_asked": bool(question),
            "kind": kind,
            "newest": newest,
            "total": len(found.things),
            "counts": found.counts,
            "is_more": any(count.is_more for count in found.counts if kind in ("", count.kind.key)),
            "page": page,
            "hits": finding.show(request.user, question, page),
        },
    )
    patch_cache_control(response, private=True, no_store=True)
    return response
