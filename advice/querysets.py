"""How findings, letters and releases are asked for. Everything stands behind its dossier's lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from dossiers.querysets import unlocked
from people import rules

if TYPE_CHECKING:
    from advice.models import Finding, Letter, LetterExport, LetterRelease  # noqa: F401
    from people.models import Person


class FindingQuerySet(models.QuerySet["Finding"]):
    """Findings in the field's words."""

    def visible_to(self, person: Person) -> FindingQuerySet:
        """The one door: the council, as far as secrecy allows."""
        return self.filter(unlocked(person)) if rules.is_council(person) else self.none()

    def current(self) -> FindingQuerySet:
        """Not superseded by a newer one."""
        return self.filter(superseded_by=None)


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters in the making, in the field's words."""

    def visible_to(self, person: Person) -> LetterQuerySet:
        """The one door: the council, as far as secrecy allows."""
        return self.filter(unlocked(person)) if rules.is_council(person) else self.none()


class ReleaseQuerySet(models.QuerySet["LetterRelease"]):
    """Released letters in the field's words."""

    def visible_to(self, person: Person) -> ReleaseQuerySet:
        """The one door: the director each, the council and staff as far as secrecy allows.

        Staff see a letter only after it was released to them, in a dossier that is shared with
        them. The director reads what was sent to the director, secrecy or not.
        """
        if rules.is_director(person):
            return self.all()
        free = self.filter(unlocked(person, path="letter__dossier"))
        if rules.is_council(person):
            return free
        if rules.is_constituent(person):
            return free.filter(to_staff_at__isnull=False, letter__dossier__shared_with_staff=True)
        return self.none()


class ExportQuerySet(models.QuerySet["LetterExport"]):
    """Letters being made into files, in the field's words."""

    def visible_to(self, person: Person) -> ExportQuerySet:
        """The one door: who asked for it, as long as they may read the letter itself."""
        if not rules.is_council(person):
            return self.none()
        return self.filter(unlocked(person, path="letter__dossier"), asked_by=person)

    def waiting(self) -> ExportQuerySet:
        """Under way, and held by nobody or by a worker that died."""
        free = Q(lease_until=None) | Q(lease_until__lt=Now())
        return self.filter(free, step__in=["waiting", "gathering", "writing"])
