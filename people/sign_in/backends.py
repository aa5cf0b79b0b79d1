"""Who may have a session: people on the roster, in this kind of portal."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from people.models import Person
from people.sign_in.demo import is_of_the_demo


class RosterBackend(AuthenticationBackend):  # type: ignore[misc]  # untyped package
    """Address or staff number with a password; asked again on every request of a session."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Not after leaving, and not as one of the demo's people outside the demo."""
        if not isinstance(user, Person) or not user.is_active:
            return False
        return settings.DEMO or not is_of_the_demo(user)
