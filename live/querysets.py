"""How question hours and their questions are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from dossiers.querysets import unlocked
from people import rules

if TYPE_CHECKING:
    from live.models import Question, QuestionHour  # noqa: F401
    from people.models import Person


class QuestionHourQuerySet(models.QuerySet["QuestionHour"]):
    """Question hours."""

    def visible_to(self, person: Person) -> QuestionHourQuerySet:
        """The council: all that secrecy allows. Staff: from being announced."""
        open_here = self.filter(unlocked(person))
        if rules.is_council(person):
            return open_here
        if rules.is_constituent(person):
            return open_here.exclude(state="draft")
        return self.none()

    def announced(self) -> QuestionHourQuerySet:
        """Announced or going on, and not long past."""
        return self.filter(state__in=["announced", "live"], ends_at__gt=timezone.now())


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions of one question hour."""

    def visible_to(self, person: Person) -> QuestionQuerySet:
        """The council: all. Staff: what will be or was dealt with, and their own."""
        from live.models import QuestionHour

        hours = QuestionHour.objects.visible_to(person)
        here = self.filter(question_hour__in=hours)
        if rules.is_council(person):
            return here
        return here.filter(Q(state__in=["accepted", "answered"]) | Q(author=person))

    def by_support(self) -> QuestionQuerySet:
        """Most wanted first, each with ``support_count``."""
        return self.annotate(support_count=Count("supports")).order_by("-support_count", "key")

    def overdue(self) -> QuestionQuerySet:
        """Left open with an owner whose date has passed."""
        return self.filter(state="accepted", due_on__lt=timezone.localdate())
