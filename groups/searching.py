"""Finding colleagues to invite."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from people.models import Person

if TYPE_CHECKING:
    from groups.models import Group

_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
AT_LEAST = 2
"""Letters to type before anybody is found."""
AT_MOST = 20


def colleagues(words: str, group: Group) -> list[Person]:
    """Those whose name holds every word of ``words`` and who are not in the group or invited."""
    wanted = words.split()
    if len(words.strip()) < AT_LEAST:
        return []
    found = Person.objects.readership().select_related("unit")
    for word in wanted:
        found = found.filter(
            Q(given_name__icontains=word)
            | Q(infix__icontains=word)
            | Q(family_name__icontains=word)
        )
    found = found.exclude(pk__in=group.memberships.values("person"))
    return list(found.exclude(pk__in=group.invitations.values("person"))[:AT_MOST])


def key_in(address: str) -> UUID | None:
    """The key of a group in an address such as a member copies from the browser."""
    found = _KEY.search(address)
    return UUID(found[0]) if found else None
