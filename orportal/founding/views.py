"""The set-up page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from orportal.founding.actions import Founder, found
from orportal.founding.forms import FoundingForm
from orportal.founding.rules import may_be_founded
from people.guards import reveal
from people.models import Role


@never_cache
def founding(request: HttpRequest) -> HttpResponse:
    """Ask for the code, the names and the first of the council; gone once there is anybody."""
    reveal(may_be_founded())
    form = FoundingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        founder = Founder(
            given_name=data["given_name"],
            infix=data["infix"],
            family_name=data["family_name"],
            email=data["email"],
            role=Role(data["role"]),
            password=data["password"],
        )
        organisation, council = form.one_line("organisation"), form.one_line("council")
        found(founder, organisation=organisation, council=council)
        return render(request, "orportal/founded.html", {"organisation": organisation})
    status = 400 if form.is_bound else 200
    context = {"form": form, "portal_url": settings.PORTAL_URL}
    return render(request, "orportal/founding.html", context, status=status)
