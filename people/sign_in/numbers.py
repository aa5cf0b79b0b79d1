"""Staff numbers as people type them."""

from people.models import Person

LONGEST = 12
"""Digits to which a number is padded in search of the one meant."""


def meant_number(typed: str) -> str:
    """The staff number on record that differs from ``typed`` in leading zeros only, or ``typed``.

    People know their number without its zeros, and on paper it stands with them.
    """
    if not (typed.isascii() and typed.isdigit()):
        return typed
    bare = typed.lstrip("0")
    spellings = [bare.zfill(width) for width in range(max(len(bare), 1), LONGEST + 1)]
    found = list(
        Person.objects.filter(staff_number__in={typed, *spellings}).values_list(
            "staff_number", flat=True
        )[:2]
    )
    if typed in found or len(found) != 1:
        return typed
    return found[0]
