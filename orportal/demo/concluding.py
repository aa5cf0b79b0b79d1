"""What the demo's council concludes: a letter in the making, and one that was decided upon."""

import datetime as dt

from django.utils import timezone

from advice import evidence
from advice.actions import deciding, outcome, writing
from advice.actions.evidence import place_finding, take_finding
from advice.actions.letterhead import change_letterhead
from advice.figures import Draft
from advice.models import Condition, ConditionState, Finding, Letter, Letterhead, Theme, Verdict
from dossiers import actions
from dossiers.models import Dossier, Kind, Meeting, PlanStep
from orportal.demo.staff import Cast
from polls.models import Consultation


def fill(cast: Cast, dossier: Dossier, finished: Consultation) -> None:
    """Evidence and a draft for the roster; a released letter with its decision beside it."""
    change_letterhead(
        cast.joris,
        Letterhead(
            sender="Ondernemingsraad Zorggroep De Linde",
            address="Lindelaan 12\n3721 AB Lindedorp",
            place="Lindedorp",
            email="or@delinde.example",
            signatory="Joris van den Berg",
            signatory_role="voorzitter",
        ),
    )
    _meet(cast, dossier)
    satisfied, bothered, _say = _gather(cast, dossier, finished)
    _write(cast, dossier, satisfied, bothered)
    _plan(cast, dossier)
    _clothes(cast)


def _meet(cast: Cast, dossier: Dossier) -> None:
    today = timezone.localdate()
    for part, state, remark in (
        ("decision", "complete", ""),
        ("reasons", "complete", ""),
        ("consequences", "partly", "Over de nachtdiensten staat niets in de aanvraag."),
        ("measures", "missing", "Wat doet de organisatie voor wie geen computer heeft?"),
    ):
        row = dossier.parts.get(part=part)
        actions.judge_part(cast.ineke, row, state=state, remark=remark)
    actions.record_meeting(
        cast.ineke,
        Meeting(
            dossier=dossier,
            held_on=today - dt.timedelta(days=4),
            remark="De bestuurder licht de aanvraag toe en zegt cijfers over de nachten toe.",
        ),
    )
    actions.add_deadline(
        cast.ineke,
        dossier,
        title="Cijfers over de nachten opvragen",
        due_on=today + dt.timedelta(days=3),
        owner=cast.fatima,
    )
    actions.add_note(
        cast.fatima, dossier, "Thuiszorg werkt nu al half met wensen. Daar kunnen we van leren."
    )


def _gather(
    cast: Cast, dossier: Dossier, finished: Consultation
) -> tuple[Finding, Finding, Finding]:
    polls = evidence.source_named("polls")
    satisfied, bothered, say = (
        take_finding(
            cast.fatima, dossier, polls.draft(f"{finished.key}:{code}", dossier, cast.fatima)
        )
        for code in ("q1", "q2", "q3")
    )
    night = take_finding(
        cast.fatima,
        dossier,
        Draft(
            source="own",
            ref="",
            label="Ronde langs de nachtdienst van Verpleging",
            statement=(
                "De nachtdienst verwacht dat zelfroosteren de minst geliefde nachten bij een"
                " kleine groep legt."
            ),
            method="gesprekken op de werkplek",
            dated_on=(timezone.localdate() - dt.timedelta(days=5)).isoformat(),
            respondents=9,
            quote="Wie als eerste mag kiezen, heeft nooit meer een kerstnacht.",
            quote_consent=True,
        ),
    )
    for row, theme, topic, remark in (
        (satisfied, Theme.ARGUMENT, "Tevredenheid", "Er is iets te winnen, maar niet overal."),
        (bothered, Theme.ARGUMENT, "Rust", "Laat wijzigen is de grootste ergernis."),
        (say, Theme.ARGUMENT, "Zeggenschap", ""),
        (night, Theme.MINORITY, "Zeggenschap", "Klein in aantal, groot in gevolgen."),
    ):
        place_finding(cast.ineke, row, theme=theme, topic=topic, remark=remark, set_aside=False)
    return satisfied, bothered, say


def _write(cast: Cast, dossier: Dossier, satisfied: Finding, bothered: Finding) -> None:
    letter = writing.start_letter(cast.ineke, dossier)
    letter.subject = "Advies over zelfroosteren in zorg en Facilitair"
    letter.recipient = "De bestuurder van Zorggroep De Linde\nmevrouw M. Bakker"
    letter.verdict = Verdict.CONDITIONAL
    writing.revise_letter(cast.ineke, letter)
    texts = {
        "request": (
            "Wij ontvingen uw adviesaanvraag over zelfroosteren, met het projectplan als bijlage."
            " Op onze vraag wat dit betekent voor wie geen computer heeft, kregen wij nog geen"
            " antwoord."
        ),
        "consultation": (
            "Wij vroegen alle medewerkers hoe het rooster van nu hun bevalt."
            f" [[bevinding:{satisfied.number}]]\n\n"
            f"[[bevinding:{satisfied.number}|tabel afdelingen grafiek]]\n\n"
            f"Ook vroegen wij waar mensen tegenaan lopen. [[bevinding:{bothered.number}]]"
        ),
        "arguments": (
            "Wij zien drie redenen voor zelfroosteren:\n\n"
            "1. Medewerkers krijgen meer zeggenschap over hun tijd.\n"
            "2. Diensten worden minder laat gewijzigd.\n"
            "3. Het helpt bij het werven van nieuwe collega’s.\n\n"
            "Daar staat tegenover dat de nachten nu al dun bezet zijn."
        ),
    }
    for slug, body in texts.items():
        section = letter.sections.get(slug=slug)
        writing.write_section(cast.ineke, section, heading=section.heading, body=body, based_on=0)
    writing.comment(
        cast.fatima,
        letter.sections.get(slug="arguments"),
        text="Noem de nachtdienst hier met naam en toenaam; dat is waar het schuurt.",
        suggestion="",
    )
    for text in (
        "Een proef van drie maanden bij één team, met een evaluatie door de OR.",
        "Niemand draait meer nachten dan nu.",
    ):
        outcome.set_condition(cast.joris, Condition(dossier=dossier, text=text))


def _plan(cast: Cast, dossier: Dossier) -> None:
    """What the council wants to reach with whom, and what it cost so far."""
    today = timezone.localdate()
    for days, channel, state, goal, audience, budgeted, spent in (
        (-9, "post", "done", "Uitleggen wat zelfroosteren is", "alle medewerkers", 3, 4),
        (-6, "walk_round", "done", "Horen wat de nacht ervan vindt", "nachtdiensten", 4, 3),
        (2, "newsletter", "planned", "Oproepen om mee te doen", "alle medewerkers", 2, 0),
        (8, "question_hour", "planned", "Vragen beantwoorden", "Verpleging en Thuiszorg", 3, 0),
        (None, "poster", "idea", "Ook wie geen mail heeft bereiken", "Facilitair", 2, 0),
    ):
        step = PlanStep(
            dossier=dossier,
            goal=goal,
            audience=audience,
            channel=channel,
            state=state,
            owner=cast.fatima,
            planned_on=None if days is None else today + dt.timedelta(days=days),
            hours_budgeted=budgeted,
            hours_spent=spent,
        )
        actions.keep_plan_step(cast.ineke, step)


def _clothes(cast: Cast) -> None:
    """A matter that is over but for its last condition."""
    today = timezone.localdate()
    dossier = actions.open_dossier(
        cast.ineke,
        kind=Kind.CONSENT,
        title="Nieuwe werkkleding",
        summary="De bestuurder vroeg instemming met de regeling voor werkkleding.",
        received_on=today - dt.timedelta(days=90),
        advice_due_on=today - dt.timedelta(days=48),
    )
    actions.record_meeting(
        cast.ineke, Meeting(dossier=dossier, held_on=today - dt.timedelta(days=70))
    )
    letter = writing.start_letter(cast.ineke, dossier)
    letter.subject = "Instemming met de regeling werkkleding"
    letter.recipient = "De bestuurder van Zorggroep De Linde\nmevrouw M. Bakker"
    letter.verdict = Verdict.CONSENT
    writing.revise_letter(cast.ineke, letter)
    _fill_sections(cast, letter)
    deciding.adopt_in_meeting(cast.joris, letter, day=today - dt.timedelta(days=50))
    letter.refresh_from_db()
    release = deciding.release_letter(cast.joris, letter)
    deciding.release_to_staff(cast.joris, release)
    deciding.note_receipt(cast.bakker, release)
    outcome.record_decision(
        cast.ineke,
        dossier,
        received_on=today - dt.timedelta(days=40),
        follows="follows",
        reasons="",
        upload=None,
    )
    outcome.set_condition(
        cast.joris,
        Condition(
            dossier=dossier,
            text="Wie een andere maat nodig heeft, ruilt zonder kosten.",
            owner="Facilitair",
            state=ConditionState.AGREED,
            due_on=today + dt.timedelta(days=20),
        ),
    )


def _fill_sections(cast: Cast, letter: Letter) -> None:
    texts = {
        "request": "Op uw verzoek om instemming met de regeling werkkleding antwoorden wij u.",
        "process": "Wij spraken hierover in de overlegvergadering en pasten samen artikel 4 aan.",
        "consultation": "Collega’s pasten de kleding twee weken lang op de afdelingen.",
        "assessment": "De regeling is volledig en voor iedereen gelijk.",
        "arguments": "De stof is sterker en de zakken zitten waar ze nodig zijn.",
        "conclusion": "De ondernemingsraad stemt in met de regeling werkkleding.",
        "decision": "Wij ontvangen graag uw schriftelijke besluit.",
    }
    for section in letter.sections.all():
        writing.write_section(
            cast.ineke, section, heading=section.heading, body=texts[section.slug], based_on=0
        )
