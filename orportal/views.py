"""The start pages."""

from django.http import HttpResponse
from django.shortcuts import render

from people.guards import SignedInRequest, signed_in


@signed_in
def start(request: SignedInRequest) -> HttpResponse:
    """What this person can do today."""
    return render(request, "orportal/start.html")
