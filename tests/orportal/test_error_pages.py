"""The pages for when something is wrong: designed, in the reader's language, and without a net."""

import pytest
from django import db
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from orportal import urls as portal
from people.models import Person
from tests.cast import SignIn


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("a fault of ours")


def offline(request: HttpRequest) -> HttpResponse:
    raise db.OperationalError("could not connect to server")


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("too many fields")


urlpatterns = [
    path("kapot/", broken),
    path("offline/", offline),
    path("geweigerd/", refused),
    path("verdacht/", suspicious),
    *portal.urlpatterns,
]
handler500 = portal.handler500


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, headers={"accept-language": "nl"})


with_faults = override_settings(ROOT_URLCONF=__name__)


@with_faults
@pytest.mark.parametrize(
    ("address", "status", "dutch", "english"),
    [
        ("/kapot/", 500, "Er ging iets mis bij ons", "Something went wrong with us"),
        ("/offline/", 503, "even niet bereikbaar", "not available for a moment"),
        ("/geweigerd/", 403, "Dit kun je niet doen", "You cannot do this"),
        ("/verdacht/", 400, "Dat begrepen we niet", "We did not understand that"),
        ("/bestaat-niet/", 404, "Deze pagina is er niet", "This page is not here"),
    ],
)
def test_each_fault_has_its_page_in_the_language_of_the_reader(
    visitor: Client, address: str, status: int, dutch: str, english: str
) -> None:
    response = visitor.get(address)
    assert response.status_code == status
    page = response.content.decode()
    assert dutch in page
    assert '<html lang="nl"' in page
    assert "Terug" in page or 'href="/"' in page
    assert english in visitor.get(address, headers={"accept-language": "en"}).content.decode()


@with_faults
def test_the_pages_for_a_broken_portal_need_no_database(visitor: Client) -> None:
    """Without the ``db`` fixture any query fails the test; the dark choice still holds."""
    visitor.cookies["theme"] = "dark"
    for address in ("/kapot/", "/offline/", "/verdacht/"):
        visitor.get(address)
    page = visitor.get("/offline/")
    assert page["Retry-After"] == "60"
    assert 'data-bs-theme="dark"' in page.content.decode()


def test_an_expired_form_says_what_to_do(visitor: Client) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "nl"})
    response = strict.post("/weergave/", {"theme": "dark"})
    assert response.status_code == 403
    assert "Je formulier is niet verstuurd" in response.content.decode()


def test_a_signed_in_reader_keeps_the_navigation_on_a_missing_page(
    sanne: Person, sign_in: SignIn
) -> None:
    page = sign_in(sanne).get("/bestaat-niet/")
    assert page.status_code == 404
    assert 'class="sitenav"' in page.content.decode()


@override_settings(DEBUG=False, DEMO=False)
def test_the_style_guide_is_hidden_where_things_are_real(visitor: Client) -> None:
    assert visitor.get("/stijlgids/").status_code == 404


@override_settings(DEMO=True)
@pytest.mark.parametrize("query", ["", "?error"])
def test_the_style_guide_shows_every_component(visitor: Client, query: str) -> None:
    page = visitor.get(f"/stijlgids/{query}")
    assert page.status_code == 200
    assert ("error-summary" in page.content.decode()) is bool(query)


@override_settings(DEMO=True)
@pytest.mark.parametrize(("sheet", "sign"), [("kiosk", 'class="kiosk"'), ("brief", "letter.css")])
def test_the_style_guide_shows_the_shared_screen_and_the_letter(
    visitor: Client, sheet: str, sign: str
) -> None:
    page = visitor.get(f"/stijlgids/?blad={sheet}").content.decode()
    assert sign in page
    assert 'class="sitenav"' not in page
