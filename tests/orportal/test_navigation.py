"""Which ways through the portal each role is shown."""

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from orportal import navigation
from people.models import Person
from tests.cast import SignIn


@pytest.fixture(autouse=True)
def every_url_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge the roles alone, whatever the apps have built: each name becomes a path of its own."""
    monkeypatch.setattr(navigation, "url_of", lambda name: f"/{name.replace(':', '/')}/")


def shown_to(person: Person, path: str = "/") -> dict[str, navigation.Link]:
    request = RequestFactory().get(path)
    request.user = person
    groups = navigation.main_navigation(request)
    return {link.icon: link for group in groups for link in group.items}


FOR_STAFF = {"home", "ask", "news", "group", "clock"}
FOR_COUNCIL = {"folder", "ear", "mail", "chart"}


def test_an_employee_is_shown_the_tools_and_the_message_to_the_council(sanne: Person) -> None:
    assert set(shown_to(sanne)) == FOR_STAFF | {"send"}


@pytest.mark.parametrize("who", ["fatima", "joris", "ineke"])
def test_the_council_is_shown_its_own_work_too(who: str, request: pytest.FixtureRequest) -> None:
    assert set(shown_to(request.getfixturevalue(who))) == FOR_STAFF | FOR_COUNCIL


def test_the_director_is_shown_own_matters_and_nothing_of_the_portal(bakker: Person) -> None:
    assert set(shown_to(bakker)) == {"home", "letter", "upload", "ear"}


def test_the_administrator_is_shown_settings_and_nothing_of_the_portal(wim: Person) -> None:
    assert set(shown_to(wim)) == {"home", "gear"}


def test_who_left_is_shown_nothing(eva: Person) -> None:
    assert shown_to(eva) == {}


def test_a_visitor_is_shown_nothing() -> None:
    assert navigation.main_navigation(HttpRequest()) == []


def test_the_page_itself_and_the_place_it_lies_in_are_told_apart(sanne: Person) -> None:
    assert shown_to(sanne, "/polls/index/")["ask"].is_page
    inside = shown_to(sanne, "/polls/index/some-key/")["ask"]
    assert inside.is_here
    assert not inside.is_page
    assert not shown_to(sanne, "/polls/index/")["home"].is_here


def test_an_entry_without_a_page_is_left_out(
    sanne: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navigation, "url_of", lambda name: "" if name == "live:index" else "/x/")
    assert "clock" not in shown_to(sanne)


def test_the_page_marks_where_the_reader_is(sanne: Person, sign_in: SignIn) -> None:
    page = sign_in(sanne).get("/").content.decode()
    assert page.count('aria-current="page"') <= 1
    assert 'id="main"' in page
    assert 'href="#main"' in page


def test_the_frame_asks_the_database_for_session_person_and_roles_only(
    sanne: Person, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(sanne)
    with django_assert_max_num_queries(4):
        client.get("/huisregels/")


@pytest.mark.django_db
def test_a_visitor_reads_the_public_pages_without_a_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/vertrouwen/").status_code == 200
        assert client.get("/huisregels/").status_code == 200
