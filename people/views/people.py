"""Looking people up, and one person's page for who keeps the roster or gives roles."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from people import rules
from people.guards import SignedInRequest, permit, signed_in
from people.models import ActivationCode, Person, Role


@signed_in
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    """Everyone with access today, to look somebody up."""
    permit(rules.may_look_up_people(request.user))
    query = request.GET.get("q", "").strip()[:100]
    visible = Person.objects.get_queryset().visible_to(request.user).employed().named(query)
    found = visible.select_related("unit", "site").prefetch_related("appointments")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "people/people.html", {"page": page, "query": query})


@signed_in
@require_safe
def person(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """What the roster says of one person, their roles, and the letter they may get."""
    permit(rules.may_look_up_people(request.user))
    visible = Person.objects.get_queryset().visible_to(request.user)
    shown = get_object_or_404(visible.select_related("unit", "site"), key=key)
    manages = rules.may_manage_roster(request.user)
    context = {
        "shown": shown,
        "may_print": manages and rules.may_get_letter(shown),
        "code": ActivationCode.objects.usable().filter(person=shown).first() if manages else None,
        "roles": sorted(shown.roles),
        "offered": [role for role in Role if rules.may_appoint_to(request.user, shown, role)],
        "may_end": rules.may_appoint(request.user),
        "may_remove": rules.may_remove(request.user, shown),
    }
    return render(request, "people/person.html", context)
