"""A long letter: 40 findings cited, 15 of them with a chart, a table and a table per group."""

import time

from advice.actions import writing
from advice.actions.evidence import take_finding
from advice.figures import Cell, Draft, Figures, Group
from advice.letters.compose import compose
from advice.letters.formats import FORMATS
from advice.models import Letter
from dossiers.actions import open_dossier
from people.models import Person

ANSWERS = ("Zeer eens", "Eens", "Niet eens, niet oneens", "Oneens", "Zeer oneens")
UNITS = ("Verpleging", "Keuken", "Vervoer", "Kantoor", "Wijkzorg", "Facilitair")


def make_letter(citations: int, charts: int) -> str:
    """The letter's key."""
    writer = Person.objects.create(
        given_name="Ineke", family_name="Bos", staff_number="1", email="ineke@delinde.example"
    )
    dossier = open_dossier(writer, kind="art25", title="Nieuwe roosters in de zorg")
    for number in range(1, citations + 1):
        take_finding(writer, dossier, _draft(number))
    letter = writing.start_letter(writer, dossier)
    sections = list(letter.sections.all())
    bodies: list[list[str]] = [[] for _section in sections]
    for number in range(1, citations + 1):
        text = bodies[number % len(bodies)]
        text.append(f"Wij hoorden dit **vaak**, ook in gesprekken. [[bevinding:{number}]]")
        if number <= charts:
            text.append(f"[[bevinding:{number}|tabel afdelingen grafiek]]")
    for section, text in zip(sections, bodies, strict=True):
        body = "\n\n".join(text)
        writing.write_section(writer, section, heading=section.heading, body=body, based_on=0)
    return str(letter.key)


def time_formats(key: str, rounds: int) -> dict[str, list[float]]:
    """Seconds of composing and writing each kind of file; the first of each is a cold one."""
    return {suffix: [_time(key, suffix) for _round in range(rounds)] for suffix in FORMATS}


def count_of(key: str) -> list[int]:
    """How many footnotes and charts the letter came out with."""
    tree = compose(Letter.objects.get(key=key), draft=True)
    return [len(tree.notes), len(tree.charts)]


def _time(key: str, suffix: str) -> float:
    began = time.perf_counter()
    made = FORMATS[suffix].write(compose(Letter.objects.get(key=key), draft=True))
    assert len(made) > 10_000
    return time.perf_counter() - began


def _draft(number: int) -> Draft:
    cells = tuple(Cell(words, 40 - 7 * at, (40 - 7 * at) / 130) for at, words in enumerate(ANSWERS))
    groups = tuple(Group(name=unit, respondents=22, invited=30, cells=cells) for unit in UNITS)
    return Draft(
        source="own",
        ref="",
        label=f"Enquête ‘Roosters’, deel {number}",
        question=f"Wat vind je van voorstel {number} voor de nieuwe roosters?",
        statement=f"Op voorstel {number} antwoordde 31% ‘zeer eens’ (40 van de 130).",
        method="anoniem, via het portaal",
        invited=180,
        respondents=130,
        figures=Figures(cells=cells, groups=groups, breakdown="Afdeling"),
    )
