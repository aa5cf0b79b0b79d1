"""How dossiers are asked for, and how everything filed under one is kept behind its lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from people import rules

if TYPE_CHECKING:
    from dossiers.models import Document, Dossier, PlanStep, Request  # noqa: F401
    from people.models import Person


def unlocked(person: Person | None = None, path: str = "dossier") -> Q:
    """What is not behind secrecy for ``person`` (None: for an outlet that nobody is exempt for).

    Every queryset of things filed under a dossier filters by this, with the path to the dossier:
    ``Post.objects.filter(unlocked(person))``. Things filed under no dossier pass.
    An exemption holds for as long as the person sits on the council or works for it.
    """
    prefix = f"{path}__" if path else ""
    free = Q(**{f"{prefix}secrecy": None}) | Q(**{f"{prefix}secrecy__lifted_at__isnull": False})
    if person is None or not rules.is_council(person):
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

    def closed(self) -> DossierQuerySet:
        """Closed, the last one first."""
        return self.exclude(closed_on=None).order_by("-closed_on", "-pk")

    def with_clock(self) -> DossierQuerySet:
        """With all that ``Dossier.facts`` reads, in a constant number of queries."""
        return self.select_related("secrecy").prefetch_related("meetings", "deadlines")

    def secret(self) -> DossierQuerySet:
        """Under secrecy now."""
        return self.filter(secrecy__isnull=False, secrecy__lifted_at=None)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents in the field's words."""

    def visible_to(self, person: Person) -> DocumentQuerySet:
        """The one door: the council all, staff what is shared, the director own annexes."""
        free = self.filter(unlocked(person))
        if rules.is_council(person):
            return free
        if rules.is_director(person):
            return self.filter(request__isnull=False)
        if rules.is_constituent(person):
            return free.filter(shared_with_staff=True, dossier__shared_with_staff=True)
        return self.none()


class RequestQuerySet(models.QuerySet["Request"]):
    """Requests in the field's words."""

    def visible_to(self, person: Person) -> RequestQuerySet:
        """The one door for who handed them in: the director in office, whoever held it then."""
        return self if rules.is_director(person) else self.none()


class PlanStepQuerySet(models.QuerySet["PlanStep"]):
    """Steps of the communication plan in the field's words."""

    def visible_to(self, person: Person) -> PlanStepQuerySet:
        """The one door: the council, as far as secrecy allows."""
        return self.filter(unlocked(person)) if rules.is_council(person) else self.none()
