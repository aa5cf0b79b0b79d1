"""The page of a letter in a browser: wide tables fit the sheet, a file is watched until ready."""

import pytest
from playwright.sync_api import expect

from advice.actions import writing
from advice.actions.evidence import take_finding
from advice.actions.exporting import make_file
from advice.figures import Cell, Draft, Figures, Group
from advice.models import Letter, LetterExport
from people.models import Person
from tests.plugins.browser import DESKTOP, PHONE, BrowseAs, assert_accessible, assert_fits

pytestmark = pytest.mark.django_db(transaction=True)

CUT_OFF = """() => [...document.querySelectorAll('.letter-sheet .scroll-x')]
  .filter(box => box.scrollWidth > box.clientWidth).length"""


@pytest.fixture
def wide(ineke: Person, letter: Letter) -> Letter:
    """Cites five long answers per unit, often."""
    names = (
        "Diensten worden laat gewijzigd",
        "Ik kan slecht ruilen met collega’s",
        "Vakantieaanvragen duren te lang",
        "Te weinig rust tussen diensten",
        "Iets anders",
    )
    cells = tuple(Cell(name, 20, 0.2) for name in names)
    groups = tuple(Group(unit, 20, 30, cells) for unit in ("Behandeling", "Overige samen"))
    take_finding(
        ineke,
        letter.dossier,
        Draft(
            source="own",
            ref="",
            label="Ronde",
            statement="Roosters geven onrust.",
            question="Waar loop je tegenaan?",
            respondents=100,
            figures=Figures(cells=cells, groups=groups, breakdown="afdeling"),
        ),
    )
    section = letter.sections.get(slug="arguments")
    body = "\n\n".join(["[[bevinding:2|tabel afdelingen grafiek]]"] * 9)
    writing.write_section(ineke, section, heading=section.heading, body=body, based_on=1)
    return letter


def test_no_table_of_the_preview_is_cut_off_on_a_desktop(
    browse_as: BrowseAs, ineke: Person, wide: Letter
) -> None:
    page = browse_as(ineke, device={**DESKTOP, "viewport": {"width": 1280, "height": 900}})
    page.goto(wide.get_absolute_url())
    assert page.locator(".letter-sheet .is-wide").count() >= 9
    assert page.evaluate(CUT_OFF) == 0
    assert_accessible(page)


def test_a_file_is_watched_until_it_is_there(
    browse_as: BrowseAs, ineke: Person, wide: Letter
) -> None:
    page = browse_as(ineke, device=PHONE)
    page.goto(wide.get_absolute_url())
    page.get_by_role("button", name="Maak een pdf").click()
    expect(page.get_by_text("wacht op zijn beurt")).to_be_visible()
    assert_accessible(page)
    assert make_file(LetterExport.objects.get().pk)
    link = page.get_by_role("link", name="Download pdf")
    expect(link).to_be_visible()
    assert_fits(page)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".pdf")
