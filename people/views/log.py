"""The log of acts, to be read."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people import rules
from people.forms import LogFilterForm
from people.guards import SignedInRequest, permit, signed_in
from people.log import shown_acts
from people.models import Act


@signed_in
@require_safe
def log(request: SignedInRequest) -> HttpResponse:
    """Newest first, narrowed by app, person and period."""
    permit(rules.may_read_log(request.user))
    form = LogFilterForm(request.GET or None)
    acts = Act.objects.order_by("-pk")
    if form.is_valid():
        acts = form.narrow(acts)
    page = Paginator(acts, 50).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": shown_acts(page.object_list)}
    return render(request, "people/log.html", context)
