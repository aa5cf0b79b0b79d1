"""What every template may name without its view passing it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from orportal import navigation
from people.models import Person

THEMES = frozenset({"light", "dark"})


def portal(request: HttpRequest) -> dict[str, object]:
    """The names of the organisation and its council, the look, and the ways through the portal.

    What asks who is signed in is lazy: a page that shows no navigation costs no query.
    """

    def title() -> str:
        person = getattr(request, "user", None)
        return navigation.role_title(person) if isinstance(person, Person) else ""

    return {
        **names(),
        "theme": theme_of(request),
        "navigation": SimpleLazyObject(lambda: navigation.main_navigation(request)),
        "account_links": SimpleLazyObject(lambda: navigation.account_links(request)),
        "search_url": SimpleLazyObject(lambda: navigation.search_url(request)),
        "role_title": SimpleLazyObject(title),
    }


def names() -> dict[str, object]:
    """What a page may say without any request: who we are, and whether this is a demo."""
    return {
        "organisation_name": settings.ORGANISATION_NAME,
        "council_name": settings.COUNCIL_NAME,
        "demo_mode": settings.DEMO,
    }


def theme_of(request: HttpRequest) -> str:
    """The remembered choice, ``light`` or ``dark``; "" follows the reader's device."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""
