"""What is suggested for taking out of a text, on examples as people write them, and how often it is
right. The staff list has Karin de Wit, Bo van den Berg, Fatima El Amrani, Jan Jansen-de Vries, Roos
Bakker and Anneke van ’t Hof."""

import time

import pytest

from people.models import Person
from polls.names import known_names
from polls.redaction import names_in, suggest
from tests.cast import make_person

STAFF = (
    ("Karin", "de", "Wit"),
    ("Bo", "van den", "Berg"),
    ("Fatima", "", "El Amrani"),
    ("Jan", "", "Jansen-de Vries"),
    ("Roos", "", "Bakker"),
    ("Anneke", "van ’t", "Hof"),
)
POINTING = [
    ("Vraag het aan Karin.", "Vraag het aan [naam]."),
    ("Karin de Wit weet het.", "[naam] weet het."),
    ("Ik sprak De Wit gisteren.", "Ik sprak [naam] gisteren."),
    ("Het rooster van Karin klopt niet.", "Het rooster van [naam] klopt niet."),
    ("Karins rooster en Fatima’s auto.", "[naam] rooster en [naam] auto."),
    ("Bo van den Berg is streng.", "[naam] is streng."),
    ("Volgens van den Berg mag het.", "Volgens [naam] mag het."),
    ("KARIN luistert nooit.", "[naam] luistert nooit."),
    ("Fatima El Amrani plant het.", "[naam] plant het."),
    ("Meneer Jansen-de Vries ook.", "Meneer [naam] ook."),
    ("Jan Jansen-de Vries ook.", "[naam] ook."),
    ("Anneke van ’t Hof hielp.", "[naam] hielp."),
    ("Mevrouw Pietersen van boven.", "Mevrouw [naam] van boven."),
    ("dhr. Van der Meer belde.", "dhr. [naam] belde."),
    ("Kees van der Plas belde.", "Kees [naam] belde."),
    ("zuster Ineke zei dat.", "zuster [naam] zei dat."),
    ("Ik woon in de Dorpsstraat 12a.", "Ik woon in de [adres]."),
    ("Dorpsstraat 12, 1234 AB Bergen", "[adres], [postcode] Bergen"),
    ("aan de Burgemeester de Vlugtlaan 3", "aan de [adres]"),
    ("Laan van Meerdervoort 112-b", "[adres]"),
    ("Op Nieuwe Gracht 7 bis.", "Op [adres]."),
    ("Jan van Galenstraat 33/2", "[adres]"),
    ("bij Kerkplein 4 om de hoek", "bij [adres] om de hoek"),
    ("Stuur het naar Postbus 90210.", "Stuur het naar [adres]."),
    ("Mijn postcode is 1234ab.", "Mijn postcode is [postcode]."),
    ("3511 LX Utrecht", "[postcode] Utrecht"),
    ("Bel 06-12345678 of 020 123 45 67", "Bel [telefoonnummer] of [telefoonnummer]"),
    ("+31 (0)6 12345678", "[telefoonnummer]"),
    ("Mail bo.berg@delinde.example maar", "Mail [mailadres] maar"),
]
HARMLESS = [
    "De OR en de Raad van Bestuur praten.",
    "Onderweg 3 uur gezeten.",
    "In 2025 OR-verkiezing, in 2026 HR weg.",
    "Er kwamen 2000 en nog 1500 km bij.",
    "Ten eerste: de Verpleging van Lindenhof.",
    "Route 66 en Dienst 2 beginnen om 7:00.",
    "Werkplaats 3 keer per dag open.",
    "Een Wit uniform staat ons niet.",
    "Het kost 12345678 euro.",
    "Op de Afdeling van Zuid werkt het.",
    "Vanaf de Snelweg 20 minuten.",
]
MISSED = ["karin luistert niet", "de vrouw van de receptie met het rode haar", "Kees belde mij"]
"""Not found: names without a capital, who is described, and who is not on the staff list."""


@pytest.fixture
def staff(db: None) -> list[Person]:
    return [
        make_person(given, family, infix=infix, email=f"s{at}@delinde.example")
        for at, (given, infix, family) in enumerate(STAFF)
    ]


@pytest.mark.usefixtures("staff")
def test_of_what_points_at_people_everything_in_the_table_is_found() -> None:
    wrong = [
        (text, got, meant)
        for text, meant in POINTING
        if (got := suggest(text, known_names(text))) != meant
    ]
    assert wrong == []


@pytest.mark.usefixtures("staff")
def test_of_what_points_at_nobody_one_in_eleven_is_marked() -> None:
    marked = [text for text in HARMLESS if suggest(text, known_names(text)) != text]
    assert marked == ["Een Wit uniform staat ons niet."], "a surname that is a word as well"


@pytest.mark.usefixtures("staff")
def test_what_it_cannot_know_a_person_must_see() -> None:
    assert [text for text in MISSED if suggest(text, known_names(text)) == text] == MISSED


@pytest.mark.usefixtures("staff")
def test_a_name_that_is_not_on_the_staff_list_is_no_name() -> None:
    assert known_names("Route Lindenhof", "en Karin") == {"Karin"}
    assert known_names() == frozenset()


@pytest.mark.parametrize(
    "piece", ["A", "Van ", "Jan-", "Weg 1 ", "a@", "Laan van ", "Aa. ", "Mevrouw van de "]
)
def test_a_text_ten_times_as_long_takes_about_ten_times_as_long(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        began = time.process_time()
        suggest(text, {"Karin", *list(names_in(text))[:50]})
        return time.process_time() - began

    assert seconds(40_000) < 40 * max(seconds(4_000), 0.005)
