"""How tables lie on paper: words begin at the left, and no column cuts a word in two."""

from __future__ import annotations

import pytest

from advice.letters.columns import TEXT_WIDTH, holds_words, widths
from advice.letters.tree import Table

DUE = Table(
    "Wat eraan komt",
    ("Wat", "Van", "Laatste dag", "Regel het voor"),
    (
        ("overlegvergadering houden", "Samengaan met een andere zorggroep", "28-11-2026", "–"),
        ("afgesproken termijn", "Regeling thuiswerken", "1-12-2026", "27-11-2026"),
    ),
)
FIGURES = Table(
    "Wat elk kanaal opleverde",
    ("Kanaal", "Gedaan", "Ging naar", "Kwam terug"),
    (("Vragen aan medewerkers", "3 afgesloten", "1197", "489 antwoorden"),),
)
MANY = Table("Per afdeling", ("Afdeling", *("Meestal wel",) * 9), (("Zorg", *("33%",) * 9),))


@pytest.mark.parametrize("table", [DUE, FIGURES, MANY])
def test_the_columns_fill_the_line(table: Table) -> None:
    assert sum(widths(table)) == pytest.approx(TEXT_WIDTH)
    assert min(widths(table)) > 1


def test_a_column_of_names_is_read_and_one_of_figures_compared() -> None:
    assert holds_words(DUE) == [True, True, False, False]
    assert holds_words(FIGURES) == [True, False, False, False]


@pytest.mark.parametrize("table", [DUE, FIGURES])
def test_no_word_is_cut(table: Table) -> None:
    for column, width in enumerate(widths(table)):
        cells = [table.header[column], *(row[column] for row in table.rows)]
        longest = max(len(word) for cell in cells for word in cell.split())
        assert width >= 0.2 * longest + 0.38, "ten points, and the room beside the words"
