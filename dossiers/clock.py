"""The clock of a dossier: which terms run, from when, until when, and by which article.

Pure functions over ``Facts``. Articles are of the WOR unless they say otherwise. The law on terms
(Atw) moves the end of a term that an act of parliament sets from a Saturday, Sunday or holiday to
the next working day (art. 1 lid 1). It does not do so for terms counted back from a day (art. 1
lid 2) nor for what council and director agreed between them. All our terms of the law are a month
or two weeks, so the exceptions of Atw art. 2 (at least two working days in it) and art. 4 (above
three months) never apply.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dossiers.calendar import months_after, working_day_from, working_day_until

SUGGESTED_WEEKS = (4, 5, 6)
"""Weeks from a request to its advice that councils and directors commonly agree on."""


class Kind(TextChoices):
    """What the law calls the matter (articles 23, 24, 25, 27, 30, 31)."""

    ADVICE = "art25", _("request for advice (art. 25)")
    CONSENT = "art27", _("request for consent (art. 27)")
    INITIATIVE = "art23", _("initiative proposal (art. 23)")
    CONSULTATION = "art24", _("general course of business (art. 24)")
    APPOINTMENT = "art30", _("appointing or dismissing a director (art. 30)")
    INFORMATION = "art31", _("request for information (art. 31)")
    FREE = "free", _("own subject")


class TermKind(TextChoices):
    """What ends on the last day of a term."""

    AGREED = "agreed", _("agreed deadline")
    MEETING = "meeting", _("hold a consultation meeting")
    REQUESTED_MEETING = "art23", _("meeting that was asked for")
    AGENDA = "agenda", _("make the agenda known to staff")
    SUSPENSION = "suspension", _("suspension of the decision")
    APPEAL = "appeal", _("appeal to the Enterprise Chamber")
    NULLITY = "nullity", _("invoke nullity in writing")
    SECRECY = "secrecy", _("secrecy ends as agreed: lift it or extend it")
    OWN = "own", _("deadline of the council")


ENDS_BY_TIME = frozenset({TermKind.SUSPENSION, TermKind.APPEAL, TermKind.NULLITY})
"""Terms that are over once their last day has passed; every other one is then overdue."""


@dataclass(frozen=True)
class MeetingFacts:
    """The days of one meeting with the director or of the council, as far as they are known."""

    requested_on: date | None = None
    planned_on: date | None = None
    held_on: date | None = None
    with_director: bool = True


@dataclass(frozen=True)
class Facts:
    """The days that set the clock of one dossier."""

    kind: str
    received_on: date | None = None
    agreed_on: date | None = None
    meetings: tuple[MeetingFacts, ...] = ()
    advice_given_on: date | None = None
    decision_received_on: date | None = None
    decision_agrees: bool | None = None
    """Whether the decision follows the advice, or has the consent; None: not judged yet."""
    carried_out_on: date | None = None
    """The day the council saw a decision carried out; counts only where it was never told."""
    contested_on: date | None = None
    """The day an appeal was lodged (art. 26) or nullity invoked (art. 27 lid 5)."""
    court_consented_on: date | None = None
    """The day the subdistrict court consented in the council's place (art. 27 lid 4)."""
    secrecy_until: date | None = None
    own: tuple[tuple[date, str], ...] = field(default=())
    """Deadlines the council set itself: last day and title."""


@dataclass(frozen=True)
class Term:
    """One running or past term.

    ``counted`` is the day that plain counting gives, ``last_day`` the day after the law's
    prolongation. They differ only where ``by_law`` holds.
    """

    kind: TermKind
    counted: date
    last_day: date
    source: str
    by_law: bool = False
    since: date | None = None
    title: str = ""

    @property
    def is_prolonged(self) -> bool:
        """Whether weekend or holiday moved the last day."""
        return self.last_day != self.counted

    @property
    def act_by(self) -> date:
        """The last working day on which it can be done: never after ``last_day``."""
        return working_day_until(self.last_day)

    def days_left(self, today: date) -> int:
        """Days from ``today`` to the last day; negative once it has passed."""
        return (self.last_day - today).days


def by_law(kind: TermKind, since: date, counted: date, source: str) -> Term:
    """A term set by an act of parliament: prolonged over weekends and holidays (Atw art. 1)."""
    return Term(kind, counted, working_day_from(counted), source, by_law=True, since=since)


def as_counted(
    kind: TermKind, day: date, source: str, since: date | None = None, title: str = ""
) -> Term:
    """A term that Atw does not prolong: agreed, counted back, or read with caution."""
    return Term(kind, day, day, source, since=since, title=title)


def suggested_deadlines(received_on: date) -> tuple[tuple[int, date], ...]:
    """Weeks and a working day for each of ``SUGGESTED_WEEKS`` after ``received_on``."""
    return tuple(
        (weeks, working_day_from(received_on + timedelta(weeks=weeks))) for weeks in SUGGESTED_WEEKS
    )


def requested_meeting_due(requested_on: date) -> Term:
    """Director and council meet within two weeks of a request (art. 23 lid 1)."""
    counted = requested_on + timedelta(weeks=2)
    return by_law(TermKind.REQUESTED_MEETING, requested_on, counted, "art. 23 lid 1 WOR")


def agenda_due(planned_on: date) -> Term:
    """The agenda is known to staff seven days before the meeting (art. 14).

    Counted back from a day, so never prolonged (Atw art. 1 lid 2).
    """
    return as_counted(TermKind.AGENDA, planned_on - timedelta(days=7), "art. 14 WOR")


def suspension_end(decision_received_on: date) -> Term:
    """Until when the director may not carry out a decision that deviates (art. 25 lid 6).

    One month after the day of notification. Shown without prolongation: to the council the
    earliest day on which the director may begin is the one to reckon with.
    """
    counted = months_after(decision_received_on, 1)
    return as_counted(TermKind.SUSPENSION, counted, "art. 25 lid 6 WOR", since=decision_received_on)


def appeal_until(decision_received_on: date) -> Term:
    """The last day for an appeal to the Enterprise Chamber (art. 26 lid 2).

    Prolonged by Atw: Enterprise Chamber, 28 June 2012 (BX0317), decision of 15 September 2011, a
    petition on Monday 17 October was in time because 15 October fell on a Saturday.
    """
    counted = months_after(decision_received_on, 1)
    return by_law(TermKind.APPEAL, decision_received_on, counted, "art. 26 lid 2 WOR")


def nullity_until(known_on: date) -> Term:
    """The last day to invoke nullity of a decision taken without consent (art. 27 lid 5).

    ``known_on``: the day the decision was told, or failing that the day on which the council saw
    it carried out.
    """
    return by_law(TermKind.NULLITY, known_on, months_after(known_on, 1), "art. 27 lid 5 WOR")


def terms(facts: Facts) -> tuple[Term, ...]:
    """Every term that ``facts`` set going, soonest last day first.

    A term drops out once the act it waits for is recorded: the appeal, the invoking of nullity (or
    the court's consent, that leaves nothing to invoke). The suspension runs to its end, appeal or
    not. None of the three begins where the decision follows the council.
    """
    found = [*_before_advice(facts), *_meetings(facts), *_after_decision(facts)]
    if facts.secrecy_until:
        found.append(as_counted(TermKind.SECRECY, facts.secrecy_until, "art. 20 WOR"))
    found.extend(as_counted(TermKind.OWN, day, "", title=title) for day, title in facts.own)
    return tuple(sorted(found, key=lambda term: (term.last_day, term.kind.value, term.title)))


def meeting_needed(facts: Facts) -> bool:
    """Whether the law still wants a consultation meeting before the council speaks.

    Art. 25 lid 4, art. 27 lid 2 and art. 30 lid 3: not before the matter was discussed at least
    once in a consultation meeting; art. 23 lid 3 says the same of a proposal.
    """
    wants = {Kind.ADVICE, Kind.CONSENT, Kind.APPOINTMENT, Kind.INITIATIVE}
    held = any(meeting.held_on and meeting.with_director for meeting in facts.meetings)
    return facts.kind in wants and not held


_MEETING_SOURCES = {
    Kind.ADVICE: "art. 25 lid 4 WOR",
    Kind.CONSENT: "art. 27 lid 2 WOR",
    Kind.APPOINTMENT: "art. 30 lid 3 WOR",
    Kind.INITIATIVE: "art. 23 lid 3 WOR",
}


def _before_advice(facts: Facts) -> list[Term]:
    decided = facts.decision_received_on or facts.carried_out_on
    if facts.advice_given_on or decided or not facts.agreed_on:
        return []
    found = [as_counted(TermKind.AGREED, facts.agreed_on, "", since=facts.received_on)]
    if meeting_needed(facts):
        source = _MEETING_SOURCES[Kind(facts.kind)]
        found.append(as_counted(TermKind.MEETING, facts.agreed_on, source))
    return found


def _meetings(facts: Facts) -> list[Term]:
    found = []
    for meeting in facts.meetings:
        if meeting.held_on:
            continue
        if meeting.requested_on and meeting.with_director:
            found.append(requested_meeting_due(meeting.requested_on))
        if meeting.planned_on:
            found.append(agenda_due(meeting.planned_on))
    return found


def _after_decision(facts: Facts) -> list[Term]:
    if facts.decision_agrees:
        return []
    told = facts.decision_received_on
    if facts.kind == Kind.ADVICE and told:
        appeal = [] if facts.contested_on else [appeal_until(told)]
        return [suspension_end(told), *appeal]
    known = told or facts.carried_out_on
    settled = facts.contested_on or facts.court_consented_on
    if facts.kind == Kind.CONSENT and known and not settled:
        return [nullity_until(known)]
    return []
