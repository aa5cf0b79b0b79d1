"""Ready-made questionnaires: what councils ask time and again, worded neutrally, in Dutch.

They are data, not interface: a council changes them as it likes once they are copied. What a
council saves itself as a template stands beside them, in the database.
"""

from __future__ import annotations

from dataclasses import dataclass

from polls.actions.questionnaires import NewQuestion, NewSection
from polls.questions.schema import Kind

AGREE = ("Helemaal oneens", "Oneens", "Niet eens, niet oneens", "Eens", "Helemaal eens")
DONT_KNOW = "Weet ik niet"


@dataclass(frozen=True)
class Ready:
    """One ready-made questionnaire."""

    code: str
    name: str
    about: str
    title: str
    introduction: str
    sections: tuple[NewSection, ...]

    @property
    def question_count(self) -> int:
        return sum(len(section.questions) for section in self.sections)


def _choose(text: str, *choices: str, other: bool = False, required: bool = True) -> NewQuestion:
    return NewQuestion(
        Kind.SINGLE,
        text,
        choices=choices,
        other="Anders, namelijk" if other else "",
        required=required,
    )


def _tick(text: str, *choices: str, at_most: int = 0) -> NewQuestion:
    settings = {"at_most": at_most} if at_most else {}
    return NewQuestion(
        Kind.MULTIPLE, text, choices=choices, other="Anders, namelijk", settings=settings
    )


def _scale(text: str, low: str, high: str, *, ten: bool = False) -> NewQuestion:
    ends = {"low_label": low, "high_label": high}
    points = {"minimum": 0, "maximum": 10} if ten else {"minimum": 1, "maximum": 5}
    return NewQuestion(Kind.SCALE, text, required=True, settings={**points, **ends})


def _rate(text: str, *rows: str) -> NewQuestion:
    return NewQuestion(Kind.MATRIX, text, choices=AGREE, rows=rows)


def _tell(text: str, help_text: str = "") -> NewQuestion:
    return NewQuestion(Kind.LONG_TEXT, text, help_text=help_text, settings={"ask_quote": True})


CHANNELS = Ready(
    "channels",
    "Hoe wil je van ons horen?",
    "Via welke wegen collega’s nieuws van de OR willen krijgen, en hoe vaak.",
    "Hoe wil je van de OR horen?",
    "De OR wil dat je op de hoogte bent, op een manier die bij jouw werk past. Met je antwoorden "
    "kiezen we waar we ons nieuws brengen. Invullen kost ongeveer drie minuten.",
    (
        NewSection(
            "Nieuws van de OR",
            (
                _tick(
                    "Waar lees of hoor je nu iets van de OR?",
                    "Nieuwsbrief per mail",
                    "Intranet",
                    "Prikbord of scherm op de afdeling",
                    "Werkoverleg",
                    "Een collega of OR-lid vertelt het",
                    "Nergens",
                ),
                _tick(
                    "Hoe krijg je nieuws van de OR het liefst?",
                    "Nieuwsbrief per mail",
                    "Bericht op mijn telefoon",
                    "Prikbord of scherm op de afdeling",
                    "Werkoverleg",
                    "Bijeenkomst of spreekuur",
                    at_most=2,
                ),
                _choose(
                    "Hoe vaak wil je van de OR horen?",
                    "Elke week",
                    "Elke maand",
                    "Elk kwartaal",
                    "Alleen als er iets speelt",
                    "Maakt mij niet uit",
                ),
            ),
        ),
        NewSection(
            "Contact",
            (
                _scale(
                    "Hoe makkelijk vind je het om de OR iets te laten weten?",
                    "heel moeilijk",
                    "heel makkelijk",
                ),
                _tell("Over welke onderwerpen wil je meer van de OR horen?"),
            ),
        ),
    ),
)

PULSE = Ready(
    "pulse",
    "Polsslag",
    "Vijf vragen om elk kwartaal te zien hoe het gaat; goed te vergelijken met de vorige keer.",
    "Hoe gaat het op je werk?",
    "Met deze korte vragen volgt de OR hoe het gaat. Elk kwartaal stellen we dezelfde vragen, "
    "zodat we zien wat verandert.",
    (
        NewSection(
            "",
            (
                _scale(
                    "Hoe tevreden ben je over je werk?",
                    "heel ontevreden",
                    "heel tevreden",
                    ten=True,
                ),
                _scale("Hoe is de werkdruk op je afdeling?", "veel te laag", "veel te hoog"),
                _scale(
                    "Hoe veilig voel je je om op je werk te zeggen wat je vindt?",
                    "helemaal niet veilig",
                    "heel veilig",
                ),
                _choose(
                    "Zou je een vriend aanraden om hier te komen werken?", "Ja", "Nee", DONT_KNOW
                ),
                _tell("Wat moet de OR nu weten?"),
            ),
        ),
    ),
)

RISKS = Ready(
    "risks",
    "Vervolg op de RI&E",
    "Wat merken collega’s van het plan van aanpak uit de risico-inventarisatie?",
    "Veilig en gezond werken: wat merk jij ervan?",
    "Vorig jaar is onderzocht welke risico’s er in ons werk zijn (de RI&E). Daarna kwam er een "
    "plan. De OR wil weten wat je daarvan in de praktijk merkt.",
    (
        NewSection(
            "Wat je merkt",
            (
                _tick(
                    "Welke risico’s kom je in je eigen werk tegen?",
                    "Zwaar tillen of duwen",
                    "Lang in dezelfde houding",
                    "Agressie of ongewenst gedrag",
                    "Hoge werkdruk",
                    "Gevaarlijke stoffen",
                    "Geluid, warmte of kou",
                    "Geen van deze",
                ),
                _rate(
                    "Wat vind je van deze uitspraken?",
                    "Ik weet waar ik een onveilige situatie meld",
                    "Met een melding wordt iets gedaan",
                    "Ik heb de hulpmiddelen die ik nodig heb",
                    "Mijn leidinggevende vraagt naar veiligheid",
                ),
            ),
        ),
        NewSection(
            "Meldingen",
            (
                NewQuestion(
                    Kind.YES_NO,
                    "Heb je het afgelopen jaar een onveilige situatie gemeld?",
                    required=True,
                ),
                _tell("Wat moet als eerste beter?", "Noem geen namen van collega’s of cliënten."),
            ),
        ),
    ),
)

REORGANISATION = Ready(
    "reorganisation",
    "Reorganisatie",
    "Wat collega’s van een voorgenomen reorganisatie vinden, en wat ze van de OR verwachten.",
    "Wat vind je van de plannen voor onze organisatie?",
    "De bestuurder heeft de OR om advies gevraagd over een reorganisatie. Voordat we advies geven, "
    "willen we weten wat de plannen voor jouw werk betekenen. De OR beslist zelf over zijn advies "
    "en vertelt daarna wat er met de antwoorden is gedaan.",
    (
        NewSection(
            "De plannen",
            (
                _scale("Hoe duidelijk zijn de plannen voor je?", "helemaal niet", "heel duidelijk"),
                _choose(
                    "Wat vind je van de plannen zoals je ze nu kent?",
                    "Goed",
                    "Eerder goed dan slecht",
                    "Eerder slecht dan goed",
                    "Slecht",
                    "Dat weet ik nog niet",
                ),
                _tell("Welk voordeel zie je?"),
                _tell("Waar maak je je zorgen over?"),
            ),
        ),
        NewSection(
            "Jouw werk",
            (
                _choose(
                    "Wat verandert er volgens jou voor je eigen werk?",
                    "Veel",
                    "Een beetje",
                    "Niets",
                    DONT_KNOW,
                ),
                NewQuestion(
                    Kind.RANKING,
                    "Wat moet de OR volgens jou als eerste bereiken?",
                    choices=(
                        "Behoud van werk",
                        "Goede begeleiding en scholing",
                        "Een werkbare werkdruk",
                        "Duidelijke informatie op tijd",
                    ),
                ),
                _tell("Welk ander voorstel wil je de OR meegeven?"),
            ),
        ),
    ),
)

WORKING_HOURS = Ready(
    "working_hours",
    "Werktijden en roosters",
    "Voor een verzoek om instemming met werk- en rusttijden (art. 27).",
    "Werktijden en roosters: wat past bij jou?",
    "De bestuurder wil de werktijden veranderen. Daarvoor is de instemming van de OR nodig. We "
    "willen weten wat het voorstel voor jou betekent.",
    (
        NewSection(
            "Je rooster nu",
            (
                _choose(
                    "Hoeveel uur werk je in een gewone week?",
                    "Minder dan 16 uur",
                    "16 tot 24 uur",
                    "24 tot 32 uur",
                    "32 uur of meer",
                ),
                NewQuestion(Kind.YES_NO, "Werk je wel eens ’s avonds of ’s nachts?", required=True),
                _scale("Hoe tevreden ben je over je rooster?", "heel ontevreden", "heel tevreden"),
            ),
        ),
        NewSection(
            "Het voorstel",
            (
                _choose(
                    "Wat betekent het voorstel voor jou?",
                    "Een verbetering",
                    "Geen verschil",
                    "Een verslechtering",
                    DONT_KNOW,
                ),
                _tick(
                    "Wat is voor jou belangrijk in een rooster?",
                    "Vaste vrije dagen",
                    "Ver van tevoren bekend",
                    "Zelf kunnen ruilen",
                    "Genoeg rust tussen diensten",
                    "Vrije weekenden",
                    at_most=2,
                ),
                _tell("Wat moet er in het voorstel anders?"),
            ),
        ),
    ),
)

ALTERNATIVES = Ready(
    "alternatives",
    "Keuze tussen alternatieven",
    "Een paar uitgewerkte mogelijkheden voorleggen; de OR gebruikt de uitkomst in zijn afweging.",
    "Welke mogelijkheid heeft jouw voorkeur?",
    "Er liggen drie mogelijkheden. De OR weegt jullie voorkeur mee, samen met de argumenten. Het "
    "is geen stemming die de OR bindt.",
    (
        NewSection(
            "",
            (
                NewQuestion(
                    Kind.RANKING,
                    "Zet de mogelijkheden in jouw volgorde.",
                    help_text="Vervang deze drie door de echte mogelijkheden.",
                    choices=("Mogelijkheid A", "Mogelijkheid B", "Mogelijkheid C"),
                    required=True,
                ),
                _choose(
                    "Is er een mogelijkheid waar je niet mee kunt werken?",
                    "Mogelijkheid A",
                    "Mogelijkheid B",
                    "Mogelijkheid C",
                    "Nee, ik kan met alle drie werken",
                ),
                _tell("Wat geeft voor jou de doorslag?"),
            ),
        ),
    ),
)

LIBRARY: dict[str, Ready] = {
    ready.code: ready
    for ready in (CHANNELS, PULSE, RISKS, REORGANISATION, WORKING_HOURS, ALTERNATIVES)
}
"""Every ready-made questionnaire by its code."""
