"""The sign-ins of the demo: shown on the sign-in page there, and refused everywhere else."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from people.models import Person

DOMAIN = "@demo.example"
"""No demo person with an address of this domain is let in outside the demo, registered or not."""


@dataclass(frozen=True)
class DemoSignIn:
    """Somebody of the demo that a visitor may be: ``login`` is an address or staff number."""

    label: str | Promise
    login: str
    password: str


_sign_ins: list[DemoSignIn] = []


def register_sign_ins(sign_ins: Iterable[DemoSignIn]) -> None:
    """Name the demo's sign-ins (``AppConfig.ready`` of the app that fills the demo)."""
    _sign_ins.extend(sign_ins)


def sign_ins() -> list[DemoSignIn]:
    """All that were named."""
    return list(_sign_ins)


def is_of_the_demo(person: Person) -> bool:
    """Whether ``person`` signs in as one of the demo's made-up people."""
    email = person.email.lower()
    return email.endswith(DOMAIN) or any(each.login == email for each in _sign_ins if email)
