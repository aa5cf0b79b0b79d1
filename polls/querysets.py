"""How consultations and what belongs to them are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from dossiers.querysets import unlocked
from people import rules

if TYPE_CHECKING:
    from people.models import Person
    from polls.models import Consultation, OpenAnswer, Statement  # noqa: F401


def has_release(*audiences: str) -> Exists:
    """Whether a consultation's results were released to one of ``audiences``."""
    from polls.models import Release

    return Exists(Release.objects.filter(consultation=OuterRef("pk"), audience__in=audiences))


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations in the field's words."""

    def visible_to(self, person: Person) -> ConsultationQuerySet:
        """The one door: the council sees all that secrecy allows; staff what they were invited to,
        and what was released to staff; the director what was released to the director."""
        from polls.models import Elector, Release, ReleaseAudience, State

        unlocked_here = self.filter(unlocked(person))
        if rules.is_council(person):
            return unlocked_here
        audiences: list[str] = []
        reach = Q(pk__in=[])
        if rules.is_constituent(person):
            audiences.append(ReleaseAudience.STAFF)
            invited = Elector.objects.filter(consultation=OuterRef("pk"), person=person)
            reach |= Q(Exists(invited), state__in=[State.OPEN, State.CLOSING, State.CLOSED])
        if rules.is_director(person):
            audiences += [ReleaseAudience.DIRECTOR, ReleaseAudience.STAFF]
        if audiences:
            released = Release.objects.filter(consultation=OuterRef("pk"), audience__in=audiences)
            reach |= Q(Exists(released))
        return unlocked_here.filter(reach)

    def for_everyone(self) -> ConsultationQuerySet:
        """For outlets that nobody is exempt for (newsletter, feeds): nothing behind a lock."""
        return self.filter(unlocked(None))

    def open(self, now: datetime | None = None) -> ConsultationQuerySet:
        """Those that take answers at ``now``."""
        from polls.models import State

        moment = now or timezone.now()
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=moment), state=State.OPEN)

    def waiting_for(self, person: Person) -> ConsultationQuerySet:
        """Open ones that ``person`` was invited to by signing in and has not answered."""
        from polls.models import Elector

        waiting = Elector.objects.filter(
            consultation=OuterRef("pk"), person=person, took_part=False, by_code=False
        )
        return self.filter(unlocked(person)).open().filter(Exists(waiting))

    def answered_by(self, person: Person) -> ConsultationQuerySet:
        """Those that ``person`` took part in, as far as that is still known."""
        from polls.models import Elector

        marks = Elector.objects.filter(
            consultation=OuterRef("pk"), person=person, took_part=True, by_code=False
        )
        return self.filter(Exists(marks))

    def by_letter_for(self, person: Person) -> ConsultationQuerySet:
        """Those for which ``person`` got a printed code instead of a page to sign in to."""
        from polls.models import Elector

        letters = Elector.objects.filter(consultation=OuterRef("pk"), person=person, by_code=True)
        return self.filter(Exists(letters))

    def closed(self) -> ConsultationQuerySet:
        """Closed and counted."""
        from polls.models import State

        return self.filter(state=State.CLOSED)

    def released_to(self, *audiences: str) -> ConsultationQuerySet:
        """Those whose results were released to one of ``audiences``."""
        from polls.models import Release

        released = Release.objects.filter(consultation=OuterRef("pk"), audience__in=audiences)
        return self.filter(Exists(released))

    def due_to_open(self, now: datetime) -> ConsultationQuerySet:
        """Scheduled, and their time has come."""
        from polls.models import State

        return self.filter(state=State.SCHEDULED, opens_at__lte=now)

    def due_to_close(self, now: datetime) -> ConsultationQuerySet:
        """Open past their closing time, or stopped half-way through closing."""
        from polls.models import State

        return self.filter(Q(state=State.OPEN, closes_at__lte=now) | Q(state=State.CLOSING))


class OpenAnswerQuerySet(models.QuerySet["OpenAnswer"]):
    """Open answers in the field's words."""

    def cleared(self) -> OpenAnswerQuerySet:
        """Those the council has read and allowed to be shown."""
        from polls.models import Review

        return self.filter(review=Review.CLEARED)

    def shared(self) -> OpenAnswerQuerySet:
        """Those that colleagues may read: their writers let them, and the council did."""
        return self.cleared().filter(is_shared=True)

    def unread(self) -> OpenAnswerQuerySet:
        """Those the council has not read yet."""
        from polls.models import Review

        return self.filter(review=Review.WAITING)

    def to_question(self, code: str) -> OpenAnswerQuerySet:
        """Those to the question with ``code``."""
        return self.filter(question=code)


class StatementQuerySet(models.QuerySet["Statement"]):
    """Statements in the field's words."""

    def shown(self) -> StatementQuerySet:
        """Those put to people."""
        from polls.models import StatementState

        return self.filter(state=StatementState.SHOWN)

    def waiting(self) -> StatementQuerySet:
        """Those the council has not read yet."""
        from polls.models import StatementState

        return self.filter(state=StatementState.WAITING)

    def ever_shown(self) -> StatementQuerySet:
        """Those that votes may stand under: shown now, or shown before they were merged."""
        from polls.models import StatementState

        return self.filter(state__in=[StatementState.SHOWN, StatementState.MERGED])

    def unshown(self) -> StatementQuerySet:
        """Those that are no part of a result: never read, refused, or merged into another."""
        from polls.models import StatementState

        return self.exclude(state=StatementState.SHOWN)
