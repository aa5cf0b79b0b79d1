"""How people are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

if TYPE_CHECKING:
    from people.models import (  # noqa: F401
        ActivationCode,
        Person,
        Role,
        RosterUpload,
        Selection,
        Unit,
    )


class PersonQuerySet(models.QuerySet["Person"]):
    """People in the field's words."""

    def employed(self) -> PersonQuerySet:
        """Those who have access today: not yet left."""
        return self.filter(Q(left_on=None) | Q(left_on__gt=timezone.localdate()))

    def constituency(self) -> PersonQuerySet:
        """The achterban: everyone on the roster, without the director."""
        return self.employed().exclude(staff_number="").not_holding("director")

    def readership(self) -> PersonQuerySet:
        """Everyone who reads the portal: the achterban and the council.

        Conditions on the one row. Two lists of ids joined by "or" would each be searched for every
        person once they outgrow the database's working memory.
        """
        from people.models import COUNCIL_ROLES

        is_constituent = ~Q(staff_number="") & ~self.held("director")
        return self.employed().filter(is_constituent | self.held(*COUNCIL_ROLES))

    def holding(self, *roles: Role | str) -> PersonQuerySet:
        """Those who hold one of ``roles`` today."""
        return self.employed().filter(self.held(*roles))

    def not_holding(self, *roles: Role | str) -> PersonQuerySet:
        """Those who hold none of ``roles`` today."""
        return self.filter(~self.held(*roles))

    def named(self, words: str) -> PersonQuerySet:
        """Those whose name, staff number or work address holds every word of ``words``."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(given_name__icontains=word)
                | Q(infix__iexact=word)
                | Q(family_name__icontains=word)
                | Q(staff_number__icontains=word)
                | Q(email__icontains=word, email_is_own=False)
            )
        return found

    def visible_to(self, person: Person) -> PersonQuerySet:
        """The one door to other people's particulars: who keeps the roster or gives roles."""
        from people import rules

        return self if rules.may_look_up_people(person) else self.none()

    def awaiting_letter(self) -> PersonQuerySet:
        """On the staff list without an address, and never came in: they have no password yet."""
        return (
            self.employed()
            .exclude(staff_number="")
            .without_mail()
            .filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        )

    def without_mail(self) -> PersonQuerySet:
        """Those whom no mail reaches."""
        return self.filter(email="")

    def in_selection(self, selection: Selection) -> PersonQuerySet:
        """Of these people, those whom a saved selection names today.

        It only ever narrows: start from whom the outlet is for (``constituency`` for a vote).
        """
        return self.filter(self.selected(selection))

    def selected(self, selection: Selection) -> Q:
        """The same as a condition on a person, for counting many selections in one query."""
        condition = Q()
        units = [unit.pk for unit in selection.units.all()]
        if units:
            condition &= Q(unit__in=units)
        sites = [site.pk for site in selection.sites.all()]
        if sites:
            condition &= Q(site__in=sites)
        if selection.shifts:
            condition &= Q(shift__in=selection.shifts)
        if selection.roles:
            condition &= self.held(*selection.roles)
        return condition

    def shifts(self) -> list[str]:
        """The roster's words for the shifts that these people work, in order."""
        named = self.exclude(shift="").order_by("shift")
        return list(named.values_list("shift", flat=True).distinct())

    def held(self, *roles: Role | str) -> Q:
        """``holding`` as a condition on a person, to be joined with others."""
        from people.models import Appointment

        today = timezone.localdate()
        held = (
            Appointment.objects.filter(person=OuterRef("pk"), role__in=roles, began_on__lte=today)
            .filter(Q(ended_on=None) | Q(ended_on__gt=today))
            .values("pk")
        )
        return Q(Exists(held))


class ActivationCodeQuerySet(models.QuerySet["ActivationCode"]):
    """Codes on paper."""

    def open(self) -> ActivationCodeQuerySet:
        """Neither used nor revoked; it may have expired."""
        return self.filter(used_on=None, revoked_on=None)

    def usable(self) -> ActivationCodeQuerySet:
        """Those that still let their person in."""
        return self.open().filter(
            expires_on__gt=timezone.localdate(), person__in=_employed_people()
        )


def _employed_people() -> models.QuerySet[Person]:
    from people.models import Person

    return Person.objects.employed()


class RosterUploadQuerySet(models.QuerySet["RosterUpload"]):
    """Staff lists on their way in."""

    def visible_to(self, person: Person) -> RosterUploadQuerySet:
        """The one door: whoever keeps the roster."""
        from people import rules

        return self if rules.may_manage_roster(person) else self.none()


class SelectionQuerySet(models.QuerySet["Selection"]):
    """Saved selections of colleagues."""

    def visible_to(self, person: Person) -> SelectionQuerySet:
        """The one door: the council shares its selections."""
        from people import rules

        return self if rules.may_use_selections(person) else self.none()

    def with_lists(self) -> SelectionQuerySet:
        """With their units and sites, in a constant number of queries."""
        return self.prefetch_related("units", "sites")


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units and who works in them."""

    def with_headcount(self) -> UnitQuerySet:
        """Units where somebody on the staff list works, as ``headcount`` and ``without_mail``."""
        today = timezone.localdate()
        employed = Q(people__left_on=None) | Q(people__left_on__gt=today)
        employed &= ~Q(people__staff_number="")
        return (
            self.annotate(
                headcount=Count("people", filter=employed),
                without_mail=Count("people", filter=employed & Q(people__email="")),
            )
            .exclude(headcount=0)
            .order_by("name")
        )
