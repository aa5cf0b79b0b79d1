"""How dossiers are asked for, and how everything filed under one is kept behind its lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from people import rules

if TYPE_CHECKING:
    from dossiers.models import Dossier  # noqa: F401
    from people.models import Person


def unlocked(person: Person | None = None, path: str = "dossier") -> Q:
    """What is not behind secrecy for ``person`` (None: for an outlet that nobody is exempt for).

    Every queryset of things filed under a dossier filters by this, with the path to the dossier:
    ``Post.objects.filter(unlocked(person))``. Things filed under no dossier pass.
    """
    prefix = f"{path}__" if path else ""
    free = Q(**{f"{prefix}secrecy": None}) | Q(**{f"{prefix}secrecy__lifted_at__isnull": False})
    if person is None:
        return free
    from dossiers.models import Secrecy

    exempt = Secrecy.objects.filter(exempt=person).values("dossier")
    return free | Q(**{f"{prefix}pk__in": exempt})


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Dossiers in the field's words."""

    def visible_to(self, person: Person) -> DossierQuerySet:
        """The one door: the council sees what secrecy allows, staff what is shared with them."""
        unlocked_here = self.filter(unlocked(person, path=""))
        if rules.is_council(person):
            return unlocked_here
        if rules.is_constituent(person):
            return unlocked_here.filter(shared_with_staff=True)
        return self.none()

    def open(self) -> DossierQuerySet:
        """Not closed yet."""
        return self.filter(closed_on=None)
