"""Who a request comes from: the person that was read together with the session."""

from functools import partial
from typing import cast

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware as TwoQueries
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from people.models import Person
from people.sign_in.backends import RosterBackend
from people.sign_in.sessions import SessionStore

ROSTER = f"{RosterBackend.__module__}.{RosterBackend.__qualname__}"


class AuthenticationMiddleware(TwoQueries):
    """The framework's, where session and person come in one query (``people.sign_in.sessions``)."""

    def process_request(self, request: HttpRequest) -> None:
        """Let ``request.user`` be whoever is signed in, found when first asked for."""
        super().process_request(request)
        request.user = cast(Person, SimpleLazyObject(partial(_whoever, request)))


def _whoever(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """As ``django.contrib.auth.get_user``, which is asked wherever anything is not as it should be.

    What counts is what the session's signed data say; the row's own column only brought the person.
    """
    session = cast(SessionStore, request.session)
    vouched = session.get(HASH_SESSION_KEY, "")
    person = session.person
    if (
        person is not None
        and session.get(SESSION_KEY) == str(person.pk)
        and session.get(BACKEND_SESSION_KEY) == ROSTER
        and constant_time_compare(vouched, person.get_session_auth_hash())
        and RosterBackend().user_can_authenticate(person)
    ):
        return person
    return get_user(request)
