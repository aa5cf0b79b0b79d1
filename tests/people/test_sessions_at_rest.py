"""What a dump of the database, or a shared browser, holds of somebody's session."""

import hashlib

from django.conf import settings as portal
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from people import actions
from people.models import ActivationCode, Person, Session
from tests.cast import SignIn


def test_the_keys_in_a_dump_of_the_sessions_let_nobody_in(sign_in: SignIn, sanne: Person) -> None:
    signed_in = sign_in(sanne)
    assert signed_in.get("/").status_code == 200
    for row in Session.objects.all():
        thief = Client()
        thief.cookies[portal.SESSION_COOKIE_NAME] = row.session_key
        assert thief.get("/").status_code == 302
    assert Session.objects.count() == 1


def test_signing_out_removes_the_row_of_the_session(sign_in: SignIn, sanne: Person) -> None:
    signed_in = sign_in(sanne)
    cookie = signed_in.cookies[portal.SESSION_COOKIE_NAME].value
    signed_in.post(reverse("account_logout"))
    again = Client()
    again.cookies[portal.SESSION_COOKIE_NAME] = cookie
    assert again.get("/").status_code == 302
    assert not any(row.get_decoded().get("_auth_user_id") for row in Session.objects.all())


def test_a_shared_browser_keeps_no_page_of_who_was_signed_in(
    sign_in: SignIn, sanne: Person
) -> None:
    signed_in = sign_in(sanne)
    for path in ("/", reverse("people:me"), reverse("groups:index"), reverse("polls:index")):
        assert "no-store" in signed_in.get(path)["Cache-Control"], path
    assert "no-store" in signed_in.get("/bestaat-niet/")["Cache-Control"]


def test_pages_that_are_for_anyone_may_be_kept(client: Client, db: None) -> None:
    assert not client.get(reverse("trust")).has_header("Cache-Control")


def test_codes_on_paper_cannot_be_tried_on_a_dump_without_the_key(
    omar: Person, ineke: Person
) -> None:
    (letter,) = actions.make_codes([omar], ineke, omar)
    kept = ActivationCode.objects.get().code_hash
    plain = hashlib.sha256(f"people.activation:{letter.code}".encode()).hexdigest()
    assert kept != plain
    assert actions.find_code(letter.code) is not None


def test_codes_on_paper_outlive_a_change_of_the_key(
    omar: Person, ineke: Person, settings: Settings
) -> None:
    (letter,) = actions.make_codes([omar], ineke, omar)
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another-key-than-before"
    assert actions.find_code(letter.code) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert actions.find_code(letter.code) is not None
