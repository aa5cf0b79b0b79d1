"""Who may have a session: people on the roster, in this kind of portal."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from people.models import Appointment, Person, Role
from people.prepared import Prepared
from people.sign_in.demo import is_of_the_demo

_FIELDS = [field.attname for field in Person._meta.concrete_fields]


def _with_roles(pk: int) -> QuerySet[Person, tuple[Any, ...]]:
    held = ("appointments__role", "appointments__began_on", "appointments__ended_on")
    return Person.objects.get_queryset().filter(pk=pk).values_list(*_FIELDS, *held)


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
        rows = _person.rows(pk=user_id)
        if not rows:
            return None
        count = len(_FIELDS)
        person = Person.from_db(DEFAULT_DB_ALIAS, _FIELDS, rows[0][:count])
        held = [
            Appointment(role=row[0], began_on=row[1], ended_on=row[2])
            for row in (each[count:] for each in rows)
            if row[0]
        ]
        person.roles = frozenset(Role(each.role) for each in held if each.is_current)
        return person if self.user_can_authenticate(person) else None
