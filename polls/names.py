"""The names of people here, as far as they stand in a text: to be suggested for taking out."""

from __future__ import annotations

from django.db.models import Q

from people.models import Person
from polls.redaction import names_in


def known_names(*texts: str) -> frozenset[str]:
    """First names and surnames on the staff list that are written in ``texts``; a surname with its
    infix as well. One query."""
    written = {name for text in texts for name in names_in(text)}
    if not written:
        return frozenset()
    people = Person.objects.filter(Q(family_name__in=written) | Q(given_name__in=written))
    found = set()
    for given, infix, family in people.values_list("given_name", "infix", "family_name"):
        found |= {given} & written
        if family in written:
            found |= {family, f"{infix} {family}".strip()}
    return frozenset(found)
