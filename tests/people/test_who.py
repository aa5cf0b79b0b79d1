"""Who a request comes from: the row of a session brings the person, and its signed data decide."""

import importlib

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.actions.account import sign_out_everywhere
from people.models import Person, Role, Session
from people.sign_in.sessions import SessionStore
from people.sign_in.who import AuthenticationMiddleware
from tests.cast import SignIn, appoint, make_person

ME = reverse("people:me")


def test_session_person_and_roles_come_in_one_query(
    sign_in: SignIn, ineke: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    appoint(ineke, Role.MEMBER)
    request = RequestFactory().get("/")
    request.session = SessionStore(sign_in(ineke).cookies["sessionid"].value)
    AuthenticationMiddleware(lambda _request: HttpResponse()).process_request(request)
    with django_assert_num_queries(1):
        assert request.user == ineke
        assert {Role.SECRETARY, Role.MEMBER} <= request.user.roles


def test_a_row_tied_to_somebody_else_lets_nobody_in_as_them(
    sign_in: SignIn, sanne: Person, ineke: Person
) -> None:
    browser = sign_in(sanne)
    Person.objects.filter(pk=ineke.pk).update(password=sanne.password)  # all else is alike
    Session.objects.update(person=ineke)
    shown = browser.get(ME)
    assert shown.wsgi_request.user == sanne
    assert sanne.family_name in shown.content.decode()


def test_a_row_that_says_nothing_of_its_person_still_signs_them_in(
    sign_in: SignIn, sanne: Person
) -> None:
    browser = sign_in(sanne)
    Session.objects.update(person=None)
    assert browser.get(ME).wsgi_request.user == sanne


def test_data_signed_for_one_row_do_not_let_in_who_is_tied_to_another(
    sign_in: SignIn, sanne: Person, ineke: Person
) -> None:
    other = sign_in(ineke)
    theirs = Session.objects.get(person=ineke)
    browser = sign_in(sanne)
    Session.objects.filter(person=sanne).update(session_data="forged:data:here")
    assert browser.get(ME).status_code == 302
    assert other.get(ME).wsgi_request.user == ineke
    assert Session.objects.get(person=ineke).session_data == theirs.session_data


def test_signing_out_everywhere_ends_a_session_that_brings_its_person(
    sign_in: SignIn, sanne: Person
) -> None:
    browser = sign_in(sanne)
    assert browser.get(ME).status_code == 200
    sign_out_everywhere(sanne)
    assert browser.get(ME).status_code == 302


def test_sessions_do_not_outlive_their_person(sign_in: SignIn, db: None) -> None:
    somebody = make_person("Noor", "Bakker")
    sign_in(somebody)
    assert somebody.sessions.count() == 1
    somebody.delete()
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_whoever_was_signed_in_stays_so_when_the_table_is_taken_over(
    sign_in: SignIn, sanne: Person
) -> None:
    cookie = sign_in(sanne).cookies["sessionid"].value
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE django_session AS"
            " SELECT session_key, session_data, expire_date FROM people_session"
        )
    Session.objects.all().delete()
    update = importlib.import_module("people.migrations.0005_sessions_of_people")
    for _twice in range(2):
        with connection.schema_editor() as editor:
            update.take_over(apps, editor)
    browser = Client()
    browser.cookies["sessionid"] = cookie
    assert browser.get(ME).wsgi_request.user == sanne
    assert "django_session" not in connection.introspection.table_names()
