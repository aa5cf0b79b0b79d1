"""What the council's dashboard shows, gathered in a constant number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from advice.models import Condition, ConditionState, Letter, LetterRelease, LetterState
from advice.reach import Reach, reach_of
from advice.talk import Talk, talk_of
from dossiers import due
from dossiers.due import Due
from dossiers.models import Dossier
from dossiers.querysets import unlocked
from listening.models import Signal, SignalState
from people.models import Person
from polls.models import Consultation, Elector, State, VotingCode
from polls.protection import REST, fold

RUNNING_SHOWN = 12
WAITING_SHOWN = 10


@dataclass(frozen=True)
class UnitResponse:
    """How many of one group took part; small groups stand together under one name."""

    name: str
    invited: int
    took_part: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.took_part / self.invited if self.invited else 0.0

    @property
    def percent(self) -> int:
        """In whole percents."""
        return round(self.share * 100)


@dataclass(frozen=True)
class Running:
    """A consultation that takes answers, with its response in the whole and per group."""

    consultation: Consultation
    units: tuple[UnitResponse, ...]
    whole: UnitResponse


@dataclass(frozen=True)
class Dashboard:
    """One council member's view of what goes on."""

    due: list[Due]
    running: list[Running]
    running_total: int
    closed_lately: list[Consultation]
    signals: list[Signal]
    signals_total: int
    talk: Talk
    reach: list[Reach]
    letters: list[Letter]
    releases: list[LetterRelease]
    conditions: list[Condition]
    open_dossiers: int


def for_council(person: Person, today: date) -> Dashboard:
    """The dashboard of ``person``, a council member, on ``today``."""
    visible = Consultation.objects.visible_to(person).select_related("dossier")
    running = visible.filter(state=State.OPEN).order_by("closes_at", "pk")
    signals = Signal.objects.visible_to(person).filter(
        state__in=[SignalState.NOTED, SignalState.PASSED_ON]
    )
    conditions = Condition.objects.filter(
        unlocked(person), state__in=[ConditionState.OPEN, ConditionState.AGREED]
    ).select_related("dossier")
    return Dashboard(
        due=due.of(person, today),
        running=responses(list(running[:RUNNING_SHOWN])),
        running_total=running.count(),
        closed_lately=list(
            visible.filter(state=State.CLOSED, dossier__closed_on=None).order_by(
                "-closed_on", "-pk"
            )[:WAITING_SHOWN]
        ),
        signals=list(signals.order_by("noted_on", "pk")[:WAITING_SHOWN]),
        signals_total=signals.count(),
        talk=talk_of(person, today),
        reach=reach_of(person, today),
        letters=list(
            Letter.objects.visible_to(person)
            .exclude(state=LetterState.RELEASED)
            .select_related("dossier")[:WAITING_SHOWN]
        ),
        releases=list(
            LetterRelease.objects.visible_to(person)
            .select_related("letter__dossier")
            .prefetch_related("receipts")[:WAITING_SHOWN]
        ),
        conditions=list(conditions[:WAITING_SHOWN]),
        open_dossiers=Dossier.objects.visible_to(person).open().count(),
    )


def responses(consultations: list[Consultation]) -> list[Running]:
    """The response of each up to now, groups below the threshold folded together; two queries."""
    invited: dict[int, Counter[str]] = defaultdict(Counter)
    took_part: dict[int, Counter[str]] = defaultdict(Counter)
    electors = Elector.objects.filter(consultation__in=consultations).order_by()
    for row in electors.values_list("consultation", "group", "took_part").annotate(Count("pk")):
        invited[row[0]][row[1]] += row[3]
        if row[2]:
            took_part[row[0]][row[1]] += row[3]
    codes = VotingCode.objects.filter(consultation__in=consultations, used=True).order_by()
    for pk, group, used in codes.values_list("consultation", "group").annotate(Count("pk")):
        took_part[pk][group] += used
    return [
        Running(
            row,
            _folded(invited[row.pk], took_part[row.pk], row.group_threshold),
            UnitResponse("", invited[row.pk].total(), took_part[row.pk].total()),
        )
        for row in consultations
    ]


def _folded(
    invited: Counter[str], took_part: Counter[str], threshold: int
) -> tuple[UnitResponse, ...]:
    """Nothing where there is but one group: it would repeat the whole."""
    sums: dict[str, list[int]] = {}
    for group, name in fold(invited, threshold).items():
        pair = sums.setdefault(name, [0, 0])
        pair[0] += invited[group]
        pair[1] += took_part[group]
    if len(sums) < 2:
        return ()
    ordered = sorted(sums, key=lambda name: (name == REST, name))
    return tuple(
        UnitResponse(_("Others together") if name == REST else name, *sums[name])
        for name in ordered
    )
