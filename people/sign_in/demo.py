"""The sign-ins of the demo; refused everywhere else."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "demo-portaal"  # noqa: S105  printed on the demo's own sign-in page
DOMAIN = "demo.example"


@dataclass(frozen=True)
class DemoSignIn:
    """Somebody of the demo that a visitor may be."""

    email: str
    label: str | Promise


SIGN_INS = (
    DemoSignIn(f"medewerker@{DOMAIN}", _("Employee")),
    DemoSignIn(f"orlid@{DOMAIN}", _("Council member")),
    DemoSignIn(f"voorzitter@{DOMAIN}", _("Chair")),
    DemoSignIn(f"secretaris@{DOMAIN}", _("Official secretary")),
    DemoSignIn(f"bestuurder@{DOMAIN}", _("Director")),
    DemoSignIn(f"beheer@{DOMAIN}", _("Administrator")),
)


def is_of_the_demo(email: str) -> bool:
    """Whether an address belongs to the demo's made-up people."""
    return email.lower().endswith(f"@{DOMAIN}")
