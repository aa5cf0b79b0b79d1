"""What the demo's council asks: a poll and a survey that run, what is over, and
the same a year before."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from dossiers.models import Dossier
from orportal.demo import opinions
from orportal.demo.staff import Cast
from people.models import Person
from polls.actions.casting import cast_ballot
from polls.actions.closing import close_consultation, count_ballots
from polls.actions.comparing import compare_with
from polls.actions.emptying import empty_urn
from polls.actions.opening import open_consultation
from polls.actions.questionnaires import NewQuestion, NewSection, make_consultation
from polls.actions.releasing import release_results
from polls.models import (
    Breakdown,
    Consultation,
    ConsultationKind,
    Elector,
    ReleaseAudience,
)
from polls.questions.schema import Answers, Kind
from polls.rights import ElectorRight

Draw = random.Random
KEPT_FREE = frozenset({"000101", "000102"})
"""Sanne and Omar have not answered what is still open: a visitor can do it as them."""


@dataclass(frozen=True)
class Asked:
    """The consultations of the demo that other parts of it speak of."""

    running: Consultation
    finished: Consultation


def fill(cast: Cast, dossier: Dossier) -> Asked:
    """Ask, answer, close and release."""
    draw = Draw(1979)
    earlier = _earlier(cast, Draw(1978))
    finished = _finished(cast, dossier, earlier, draw)
    _open_question(cast, dossier, draw)
    running = _running_poll(cast, dossier, draw)
    _running_survey(cast, draw)
    return Asked(running, finished)


def _running_poll(cast: Cast, dossier: Dossier, draw: Draw) -> Consultation:
    poll = _make(
        cast.fatima,
        Consultation(
            kind=ConsultationKind.POLL, dossier=dossier, breakdown=Breakdown.UNIT, closes_at=_in(6)
        ),
        "Zelfroosteren: wat heeft jouw voorkeur?",
        NewSection(
            "",
            (
                NewQuestion(
                    Kind.SINGLE,
                    "Stel dat zelfroosteren komt. Wat heeft jouw voorkeur?",
                    choices=(
                        "Per vier weken zelf roosteren",
                        "Eerst een proef met één team",
                        "Het rooster laten zoals het is",
                        "Ik weet het nog niet",
                    ),
                    required=True,
                ),
            ),
        ),
    )
    _answer(poll, draw, 0.46, lambda: {"q1": _pick(draw, (4, 5, 2, 1))})
    empty_urn(poll.pk)
    return poll


def _running_survey(cast: Cast, draw: Draw) -> None:
    survey = _make(
        cast.mila,
        Consultation(kind=ConsultationKind.SURVEY, closes_at=_in(13)),
        "Hoe gaat het met je werk?",
        NewSection(
            "Je werk",
            (
                NewQuestion(
                    Kind.SCALE,
                    "Hoe tevreden ben je over je werk?",
                    required=True,
                    settings={
                        "minimum": 0,
                        "maximum": 10,
                        "low_label": "helemaal niet",
                        "high_label": "heel erg",
                    },
                ),
                NewQuestion(
                    Kind.MULTIPLE,
                    "Wat zou jouw werk prettiger maken?",
                    choices=(
                        "Meer collega’s op een dienst",
                        "Betere hulpmiddelen",
                        "Meer zeggenschap over mijn rooster",
                        "Meer waardering",
                        "Een rustige pauzeplek",
                    ),
                    other="Iets anders, namelijk",
                    settings={"at_most": 3},
                ),
            ),
        ),
        NewSection(
            "Tot slot",
            (
                NewQuestion(
                    Kind.LONG_TEXT,
                    "Wat moet de OR volgens jou als eerste oppakken?",
                    settings={"ask_quote": True},
                ),
            ),
        ),
    )
    _answer(
        survey, draw, 0.2, lambda: {"q1": draw.choice((5, 6, 7, 7, 8, 8, 9)), "q2": ["c1", "c3"]}
    )


ROSTER = NewSection(
    "",
    (
        NewQuestion(
            Kind.SINGLE,
            "Ben je tevreden met je rooster?",
            choices=("Ja", "Meestal wel", "Meestal niet", "Nee"),
            required=True,
        ),
        NewQuestion(
            Kind.MULTIPLE,
            "Waar loop je tegenaan?",
            choices=(
                "Diensten worden laat gewijzigd",
                "Te veel losse diensten",
                "Te weinig vrije weekenden",
                "Ruilen is lastig",
                "Nergens tegenaan",
            ),
        ),
        NewQuestion(
            Kind.SCALE,
            "Hoeveel zeggenschap heb je over je rooster?",
            settings={
                "minimum": 1,
                "maximum": 5,
                "low_label": "geen",
                "high_label": "veel",
            },
        ),
    ),
)
"""Asked last year and now, so that the two stand side by side."""


def _finished(cast: Cast, dossier: Dossier, earlier: Consultation, draw: Draw) -> Consultation:
    survey = _make(
        cast.fatima,
        Consultation(
            kind=ConsultationKind.SURVEY,
            dossier=dossier,
            breakdown=Breakdown.UNIT,
            closes_at=_in(1),
        ),
        "Het rooster van nu",
        ROSTER,
    )

    def answers() -> Answers:
        return {
            "q1": _pick(draw, (2, 5, 4, 2)),
            "q2": ["c5"]
            if draw.random() < 0.08
            else sorted(draw.sample(("c1", "c2", "c3", "c4"), draw.randint(1, 2))),
            "q3": draw.choice((1, 2, 2, 3, 3, 4)),
        }

    _answer(survey, draw, 0.58, answers, everyone=True)
    _close(survey, cast.joris)
    for audience in (ReleaseAudience.DIRECTOR, ReleaseAudience.STAFF):
        release_results(survey, audience, cast.joris)
    compare_with(survey, earlier, cast.joris)
    return survey


def _earlier(cast: Cast, draw: Draw) -> Consultation:
    """The same questions a year before, when shifts were changed less often."""
    survey = _make(
        cast.fatima,
        Consultation(kind=ConsultationKind.SURVEY, breakdown=Breakdown.UNIT, closes_at=_in(1)),
        "Het rooster van vorig jaar",
        ROSTER,
    )

    def answers() -> Answers:
        kept = (("c1", 0.25), ("c2", 0.4), ("c3", 0.42), ("c4", 0.36))
        met = [code for code, chance in kept if draw.random() < chance]
        return {
            "q1": _pick(draw, (4, 6, 3, 1)),
            "q2": met or ["c5"],
            "q3": draw.choice((1, 2, 3, 3, 4, 4, 5)),
        }

    _answer(survey, draw, 0.49, answers, everyone=True)
    _close(survey, cast.joris)
    # Nothing writes these but opening and closing, which were just now.
    opened = timezone.now() - dt.timedelta(days=364)
    survey.opened_at, survey.closes_at = opened, opened + dt.timedelta(days=14)
    survey.closed_on = timezone.localdate(survey.closes_at)
    survey.save(update_fields=["opened_at", "closes_at", "closed_on"])
    for audience, days in ((ReleaseAudience.DIRECTOR, 5), (ReleaseAudience.STAFF, 12)):
        release = release_results(survey, audience, cast.joris)
        release.released_on = survey.closed_on + dt.timedelta(days=days)
        release.save(update_fields=["released_on"])
    return survey


def _open_question(cast: Cast, dossier: Dossier, draw: Draw) -> None:
    question = _make(
        cast.mila,
        Consultation(kind=ConsultationKind.OPEN_QUESTION, dossier=dossier, closes_at=_in(1)),
        "Wat moeten we niet vergeten bij zelfroosteren?",
        NewSection(
            "",
            (
                NewQuestion(
                    Kind.LONG_TEXT,
                    "Wat moeten we niet vergeten bij zelfroosteren?",
                    required=True,
                    settings={"ask_quote": True},
                ),
            ),
        ),
    )
    waiting = list(opinions.SAID)
    draw.shuffle(waiting)
    for elector in Elector.objects.filter(consultation=question).select_related("person"):
        if waiting and draw.random() < 0.4:
            said: Answers = {"q1": waiting.pop(), "q1.quote": draw.random() < 0.5}
            cast_ballot(ElectorRight(question, elector.person), said)
    _close(question, cast.mila)
    opinions.file(question, cast.mila)


def _make(by: Person, draft: Consultation, title: str, *sections: NewSection) -> Consultation:
    consultation = make_consultation(draft, by=by, title=title, sections=sections)
    return open_consultation(consultation, by)


def _answer(
    consultation: Consultation,
    draw: Draw,
    share: float,
    answers: Callable[[], Answers],
    *,
    everyone: bool = False,
) -> None:
    electors = Elector.objects.filter(consultation=consultation).select_related("person")
    for elector in electors:
        left_free = not everyone and elector.person.staff_number in KEPT_FREE
        if draw.random() < share and not left_free:
            cast_ballot(ElectorRight(consultation, elector.person), answers())


def _close(consultation: Consultation, by: Person) -> None:
    close_consultation(consultation, by)
    count_ballots(consultation.pk)
    consultation.refresh_from_db()


def _pick(draw: Draw, weights: tuple[int, ...]) -> str:
    (code,) = draw.choices([f"c{n}" for n in range(1, len(weights) + 1)], weights)
    return code


def _in(days: int) -> dt.datetime:
    """The end of the afternoon, ``days`` from now, or of the Monday after a weekend."""
    day = timezone.localdate() + dt.timedelta(days=days)
    day += dt.timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(17)))
