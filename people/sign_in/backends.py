"""Who may have a session: people on the roster, in this kind of portal."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from people.models import Person
from people.prepared import Prepared
from people.sign_in.demo import is_of_the_demo
from people.sign_in.rows import columns, person_in


def _with_roles(pk: int) -> QuerySet[Person, tuple[Any, ...]]:
    return Person.objects.get_queryset().filter(pk=pk).order_by().values_list(*columns())


_person = Prepared(_with_roles, pk=int)


class RosterBackend(AuthenticationBackend):  # type: ignore[misc]  # untyped package
    """Address or staff number with a password; asked again on every request of a session."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Not after leaving, and not as one of the demo's people outside the demo."""
        if not isinstance(user, Person) or not user.is_active:
            return False
        return settings.DEMO or not is_of_the_demo(user)

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session with the roles they hold, in one query."""
        person = person_in(_person.rows(pk=user_id))
        return person if self.user_can_authenticate(person) else None
