"""What people are called, worked out by the database for many at once."""

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Concat, Trim


def full_name() -> Trim:
    """First name, infix and family name, as ``Person.full_name``."""
    infix = Case(
        When(infix="", then=Value(" ")),
        default=Concat(Value(" "), F("infix"), Value(" ")),
        output_field=TextField(),
    )
    return Trim(Concat(F("given_name"), infix, F("family_name"), output_field=TextField()))


def given_name() -> Case:
    """What a reader is called, as ``Person.get_short_name``."""
    return Case(
        When(given_name="", then=F("family_name")),
        default=F("given_name"),
        output_field=TextField(),
    )
