"""Everyone the portal knows, as the plan compares them: one query, plain tuples."""

import datetime as dt
from typing import NamedTuple

from people.models import Person


class Known(NamedTuple):
    """One person on record; unit and site by name, "" for none."""

    pk: int
    staff_number: str
    given_name: str
    infix: str
    family_name: str
    email: str
    unit: str
    site: str
    shift: str
    hired_on: dt.date | None
    left_on: dt.date | None
    on_long_leave: bool
    email_is_own: bool

    @property
    def full_name(self) -> str:
        """First name, infix, family name."""
        return " ".join(part for part in (self.given_name, self.infix, self.family_name) if part)

    def has_left(self, today: dt.date) -> bool:
        """Whether access has ended."""
        return self.left_on is not None and self.left_on <= today


def load_known() -> list[Known]:
    """Everyone, those who left and those outside the staff list included; 50,000 in 20 MB."""
    columns = Person.objects.order_by("pk").values_list(
        "pk",
        "staff_number",
        "given_name",
        "infix",
        "family_name",
        "email",
        "unit__name",
        "site__name",
        "shift",
        "hired_on",
        "left_on",
        "on_long_leave",
        "email_is_own",
    )
    return [
        Known(*row[:6], row[6] or "", row[7] or "", *row[8:])
        for row in columns.iterator(chunk_size=5_000)
    ]
