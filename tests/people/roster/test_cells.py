"""Dates, ticks and texts, one cell at a time."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.roster import cells
from people.roster.reading import split_name
from tests.people.roster.lists import TODAY

FIRST_OF_MARCH = dt.date(2019, 3, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "01-03-2019",
        "1-3-2019",
        "01/03/2019",
        "01/03/19",
        "01.03.2019",
        "2019-03-01",
        "2019-03-01T00:00:00",
        "2019-03-01 00:00:00.000",
        "01-03-2019 00:00:00",
        "20190301",
        "1 maart 2019",
        "01-mrt-2019",
        "1 mrt. 2019",
        "43525",
        "43525,0",
        dt.date(2019, 3, 1),
        dt.datetime(2019, 3, 1, 8, 30),
    ],
)
def test_a_day_is_read_however_it_is_written(cell: cells.Cell) -> None:
    assert cells.date(cell, TODAY) == FIRST_OF_MARCH


@pytest.mark.parametrize("cell", ["", None, "-", "n.v.t.", "31-12-9999", "00-00-0000", "0"])
def test_words_for_no_day_are_no_day(cell: cells.Cell) -> None:
    assert cells.date(cell, TODAY) is None


@pytest.mark.parametrize(
    "cell", ["12-31-2020", "2020", "1", "99999", "1 bladmaand 2020", "29-02-2023"]
)
def test_what_is_no_day_is_not_guessed(cell: str) -> None:
    with pytest.raises(cells.CellRefused):
        cells.date(cell, TODAY)


def test_two_digits_of_a_year_lie_in_a_working_life() -> None:
    assert cells.date("01-03-79", TODAY) == dt.date(1979, 3, 1)
    assert cells.date("01-03-36", TODAY) == dt.date(2036, 3, 1)


@given(st.dates(dt.date(1920, 1, 1), dt.date(2100, 12, 31)))
def test_every_working_day_is_read_back_from_each_way_of_writing_it(day: dt.date) -> None:
    for written in (f"{day:%d-%m-%Y}", day.isoformat(), f"{day:%Y%m%d}"):
        assert cells.date(written, TODAY) == day


@pytest.mark.long
@given(st.text(max_size=80))
def test_no_text_whatever_breaks_a_cell(said: str) -> None:
    assert "\n" not in cells.text(said)
    for read in (cells.email, cells.yes_no, lambda cell: cells.date(cell, TODAY)):
        with contextlib.suppress(cells.CellRefused):
            read(said)


@pytest.mark.parametrize(
    ("cell", "said"), [(101, "101"), (101.0, "101"), (1.5, "1.5"), (True, "ja"), (None, "")]
)
def test_numbers_become_text_as_people_write_them(cell: cells.Cell, said: str) -> None:
    assert cells.text(cell) == said


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Sanne de Wit", ("Sanne", "de", "Wit")),
        ("Wit, Sanne de", ("Sanne", "de", "Wit")),
        ("Joris van den Berg", ("Joris", "van den", "Berg")),
        ("Berg-Jansen, J. van den", ("J.", "van den", "Berg-Jansen")),
        ("Madonna", ("", "", "Madonna")),
        ("Wit,", ("", "", "Wit")),
        ("Op", ("", "", "Op")),
        ("", ("", "", "")),
    ],
)
def test_a_whole_name_is_taken_apart(name: str, parts: tuple[str, str, str]) -> None:
    assert split_name(name) == parts
