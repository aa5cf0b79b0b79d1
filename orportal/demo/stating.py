"""The demo's rounds of statements: one over and released, one running with two to read."""

import datetime as dt
import random
from collections.abc import Iterable

from django.utils import timezone

from dossiers.models import Dossier
from orportal.demo.staff import Cast
from polls.actions.casting import cast_ballot
from polls.actions.closing import close_consultation, count_ballots
from polls.actions.emptying import empty_urn
from polls.actions.opening import open_consultation
from polls.actions.releasing import release_results
from polls.actions.statements import make_round, merge_statement, show_statement
from polls.models import (
    Consultation,
    ConsultationKind,
    Elector,
    ReleaseAudience,
    Statement,
    StatementState,
)
from polls.rights import ElectorRight
from polls.statements.grouping import Votes
from polls.statements.voting import answers_of

Draw = random.Random
KEPT_FREE = frozenset({"000101", "000102"})
"""Sanne and Omar have not voted in what still runs: a visitor can do it as them."""

SEEDS: dict[str, tuple[float, float, float]] = {
    "Ik wil zelf kunnen kiezen wanneer ik werk": (0.94, 0.3, 0.75),
    "Een vast rooster geeft mij rust": (0.25, 0.93, 0.45),
    "De planner weet het beste wie waar past": (0.15, 0.85, 0.35),
    "Ruilen moet kunnen zonder toestemming van de leidinggevende": (0.9, 0.35, 0.8),
    "Een rooster moet zes weken van tevoren bekend zijn": (0.93, 0.96, 0.92),
    "Na het vaststellen mag een dienst alleen nog wijzigen als je het ermee eens bent": (
        0.92,
        0.9,
        0.9,
    ),
    "Wie nachten draait, verdient een hogere toeslag": (0.7, 0.65, 0.97),
    "In de nacht staan we met te weinig mensen": (0.6, 0.55, 0.96),
    "Jongere collega’s moeten vaker in het weekend werken dan oudere": (0.12, 0.2, 0.3),
    "Wie kleine kinderen heeft, mag als eerste kiezen": (0.55, 0.35, 0.15),
    "Zelfroosteren werkt alleen als elk team het zelf mag inrichten": (0.88, 0.5, 0.7),
    "Eerst een proef bij één team, dan pas de rest": (0.6, 0.92, 0.72),
    "Een app op mijn eigen telefoon vind ik geen probleem": (0.9, 0.4, 0.55),
    "Ik weet nu op tijd wanneer ik vrij ben": (0.2, 0.4, 0.15),
    "Diensten van korter dan vier uur moeten verdwijnen": (0.82, 0.85, 0.8),
    "Twee weekenden per maand vrij moet voor iedereen de norm zijn": (0.9, 0.88, 0.85),
    "Met zelfroosteren krijgt wie het hardst roept de beste diensten": (0.2, 0.88, 0.6),
    "Ik wil best vaker avonden werken als ik daar zelf voor kies": (0.85, 0.25, 0.7),
    "De regels voor rusttijden moeten strenger dan de wet": (0.45, 0.6, 0.9),
    "Roosteren hoort niet in mijn eigen tijd": (0.55, 0.93, 0.75),
}
"""Each with the chance that somebody agrees who wants freedom, certainty, or relief at night."""
ADDED: dict[str, tuple[float, float, float]] = {
    "Het rooster moet ook op papier in de teamkamer hangen": (0.75, 0.93, 0.8),
    "Invallers moeten dezelfde inspraak krijgen als vaste mensen": (0.8, 0.7, 0.78),
    "Na een nachtdienst hoort een dag vrij die niet meetelt": (0.6, 0.6, 0.97),
}
TWICE = "Een rooster hoort zes weken van tevoren bekend te zijn"

RUNNING = (
    "Een kort praatje bij de start van de dienst helpt mij",
    "Ik durf een fout te melden",
    "Nieuwe collega’s krijgen genoeg tijd om ingewerkt te worden",
    "We vergaderen te veel",
    "Mijn leidinggevende weet wat er op de vloer speelt",
    "Ik kan rustig pauze houden",
    "Waardering krijg ik vooral van bewoners, niet van de organisatie",
    "Er is genoeg ruimte om te leren tijdens werktijd",
    "Onze hulpmiddelen zijn goed onderhouden",
    "Ik zou vrienden aanraden om hier te komen werken",
)
WAITING = (
    "De koffie op Molenzicht mag wel wat beter",
    "Collega Visser zou vaker hulp moeten krijgen bij de administratie",
)


def fill(cast: Cast, dossier: Dossier) -> Consultation:
    """Both rounds; gives the one that is over."""
    draw = Draw(2021)
    finished = _finished(cast, dossier, draw)
    _running(cast, draw)
    return finished


def _finished(cast: Cast, dossier: Dossier, draw: Draw) -> Consultation:
    round_ = _open(
        cast,
        Consultation(kind=ConsultationKind.STATEMENTS, dossier=dossier, closes_at=_in_days(2)),
        "Wat vind jij belangrijk in een goed rooster?",
        "De OR adviseert binnenkort over zelfroosteren. Zeg bij elke stelling wat jij vindt. Mis je"
        " iets? Voeg dan zelf een stelling toe.",
        SEEDS,
    )
    voters = _voters(round_, draw, 0.55)
    first, rest = voters[:60], voters[60:]
    texts = [*ADDED, TWICE]
    for number, elector in enumerate(first):
        votes = _votes(draw, {f"s{n}": chances for n, chances in enumerate(SEEDS.values(), 1)})
        cast_ballot(
            ElectorRight(round_, elector.person),
            answers_of(votes, texts[number // 9 : number // 9 + 1] if number % 9 == 0 else ()),
        )
    empty_urn(round_.pk)
    on_offer = {f"s{n}": chances for n, chances in enumerate(SEEDS.values(), 1)}
    for row in Statement.objects.filter(consultation=round_, state=StatementState.WAITING):
        if row.text == TWICE:
            kept = Statement.objects.get(consultation=round_, code="s5")
            merge_statement(row, kept, cast.fatima)
        else:
            show_statement(row, row.text, cast.fatima)
            on_offer[row.code] = ADDED[row.text]
    for elector in rest:
        cast_ballot(ElectorRight(round_, elector.person), answers_of(_votes(draw, on_offer)))
    close_consultation(round_, cast.joris)
    count_ballots(round_.pk)
    round_.refresh_from_db()
    for audience in (ReleaseAudience.DIRECTOR, ReleaseAudience.STAFF):
        release_results(round_, audience, cast.joris)
    return round_


def _running(cast: Cast, draw: Draw) -> None:
    round_ = _open(
        cast,
        Consultation(kind=ConsultationKind.STATEMENTS, closes_at=_in_days(9)),
        "Wat maakt jouw werkdag goed?",
        "Korte stellingen over je dagelijkse werk. Het kost een paar minuten.",
        RUNNING,
    )
    chances = {f"s{n}": (0.8, 0.5, 0.3) for n, _text in enumerate(RUNNING, 1)}
    for number, elector in enumerate(_voters(round_, draw, 0.12)):
        added = WAITING[number // 10 : number // 10 + 1] if number % 10 == 0 else ()
        answers = answers_of(_votes(draw, chances), added)
        cast_ballot(ElectorRight(round_, elector.person), answers)
    empty_urn(round_.pk)


def _open(
    cast: Cast, draft: Consultation, title: str, introduction: str, seeds: Iterable[str]
) -> Consultation:
    made = make_round(draft, by=cast.fatima, title=title, introduction=introduction, seeds=seeds)
    return open_consultation(made, cast.fatima)


def _voters(round_: Consultation, draw: Draw, share: float) -> list[Elector]:
    electors = list(Elector.objects.filter(consultation=round_).select_related("person"))
    draw.shuffle(electors)
    free = [each for each in electors if each.person.staff_number not in KEPT_FREE]
    return free[: round(share * len(electors))]


def _votes(draw: Draw, on_offer: dict[str, tuple[float, float, float]]) -> Votes:
    """Somebody of one of three minds, who votes on most of what is on offer."""
    (mind,) = draw.choices((0, 1, 2), (45, 33, 22))
    votes: Votes = {}
    for code, chances in on_offer.items():
        if draw.random() < 0.82:
            passes = draw.random() < 0.08
            agrees = draw.random() < chances[mind]
            votes[code] = "pass" if passes else "agree" if agrees else "disagree"
    return votes


def _in_days(days: int) -> dt.datetime:
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(17)))
