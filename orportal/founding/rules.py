"""When a portal may be set up."""

from django.conf import settings

from people.models import Person


def may_be_founded() -> bool:
    """A real portal on one machine that knows nobody yet."""
    return settings.EMBEDDED and not settings.DEMO and not Person.objects.exists()
