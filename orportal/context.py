"""What every template may name without its view passing it."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    """The names of the organisation and its council, and whether this is a demo."""
    return {
        "organisation_name": settings.ORGANISATION_NAME,
        "council_name": settings.COUNCIL_NAME,
        "demo_mode": settings.DEMO,
    }
