"""CSV as Dutch HR systems write it."""

import datetime as dt

import pytest

from people.roster.refusals import RosterRefused
from people.roster.rows import Reading, Row
from tests.people.roster.lists import HEADING, OMAR, SANNE, as_csv, read

SANNE_ROW = Row(
    line=2,
    staff_number="000101",
    given_name="Sanne",
    infix="de",
    family_name="Wit",
    email="sanne.dewit@delinde.example",
    unit="Verpleging",
    site="Lindenhof",
    shift="",
    hired_on=dt.date(2019, 3, 1),
)


def test_a_plain_list_is_read_field_by_field() -> None:
    reading = read(as_csv(SANNE, OMAR))
    assert reading.rows[0] == SANNE_ROW
    assert (reading.rows[1].email, reading.rows[1].shift) == ("", "nacht")
    assert reading.problems == ()
    assert "left_on" in reading.fields


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_any_usual_separator_is_told_by_the_heading(delimiter: str) -> None:
    data = as_csv(SANNE, OMAR).replace(b";", delimiter.encode())
    assert read(data).rows[0] == SANNE_ROW


def test_commas_inside_quoted_names_do_not_mislead() -> None:
    row = '7;Ans;;"Berg, Jansen, van den, Smit";;Zorg, Wonen, Welzijn;;;;;'
    reading = read(as_csv(row))
    assert reading.rows[0].family_name == "Berg, Jansen, van den, Smit"
    assert reading.rows[0].unit == "Zorg, Wonen, Welzijn"


def test_the_separator_that_excel_names_is_taken() -> None:
    data = b"sep=;\r\n" + as_csv(SANNE)
    assert read(data).rows[0].line == 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_accents_survive_every_encoding(encoding: str, end: str) -> None:
    data = as_csv("9;Zoë;;Müller–Çelik;;Keuken;;;;;", encoding=encoding, end=end)
    assert read(data).rows[0].full_name == "Zoë Müller–Çelik"


def test_columns_come_in_any_order_and_under_the_names_used_in_practice() -> None:
    data = as_csv(
        "Facilitair;Haddad;Nacht;4711;15/08/21;Omar;o.haddad@delinde.example;Molenzicht",
        heading=(
            "OE omschrijving;Achternaam ;Dienst;Pers.nr.;In dienst per;ROEPNAAM;"
            "E-mail (werk);Standplaats"
        ),
    )
    row = read(data).rows[0]
    assert (row.staff_number, row.full_name, row.unit) == ("4711", "Omar Haddad", "Facilitair")
    assert (row.shift, row.site, row.hired_on) == ("Nacht", "Molenzicht", dt.date(2021, 8, 15))


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Medewerker,Naam,E-mail werk", "12,Sanne de Wit,s@delinde.example"),
        ("Medewerkernummer;Medewerkernaam;Werkmail", "12;Wit, Sanne de;s@delinde.example"),
        (
            "Employee ID\tFirst name\tLast name prefix\tLast name\tWork email",
            "12\tSanne\tde\tWit\ts@delinde.example",
        ),
        (
            "Persnr;Voorletters;Roepnaam;Voorvoegsel;Naam;Mail",
            "12;S.;Sanne;de;Wit;s@delinde.example",
        ),
    ],
)
def test_lists_of_several_systems_name_the_same_person(heading: str, row: str) -> None:
    person = read(as_csv(row, heading=heading)).rows[0]
    assert (person.given_name, person.infix, person.family_name) == ("Sanne", "de", "Wit")
    assert (person.staff_number, person.email) == ("12", "s@delinde.example")


def test_private_addresses_and_other_columns_are_left_alone_and_named() -> None:
    data = as_csv(
        "1;Bo;Bos;bo@privé.example;123456782",
        heading="Personeelsnummer;Voornaam;Achternaam;E-mail privé;BSN",
    )
    reading = read(data)
    assert reading.rows[0].email == ""
    assert "email" not in reading.fields
    assert "BSN" in reading.notes[0].text
    assert "123456782" not in reading.to_json()


def test_a_title_above_the_heading_and_empty_lines_are_passed_over() -> None:
    data = b"Personeelslijst De Linde;;;\r\n23-11-2026\r\n\r\n" + as_csv(SANNE, ";;;;;;;;;;", OMAR)
    assert [row.line for row in read(data).rows] == [5, 7]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    data = as_csv('1;Bo;;Bos;;"Zorg\r\nNoord";;;;;', "2;Li;;Lam;;;;;geen datum;;")
    reading = read(data)
    assert reading.rows[0].unit == "Zorg Noord"
    assert [problem.line for problem in reading.problems] == [4]


def test_leading_zeros_are_kept() -> None:
    assert read(as_csv("007;Bo;;Bos;;;;;;;")).rows[0].staff_number == "007"


def test_the_same_row_twice_counts_once_with_a_note() -> None:
    reading = read(as_csv(SANNE, OMAR, SANNE))
    assert [row.line for row in reading.rows] == [2, 3]
    assert [note.params for note in reading.notes] == [{"line": "4", "first": "2"}]


def test_one_number_with_other_data_is_refused_on_both_lines() -> None:
    reading = read(as_csv(SANNE, OMAR, SANNE.replace("Verpleging", "Keuken")))
    assert [row.staff_number for row in reading.rows] == ["000102"]
    assert [(p.line, p.params["line"]) for p in reading.problems] == [(2, "4"), (4, "2")]


def test_two_people_with_one_address_are_refused_on_both_lines() -> None:
    reading = read(
        as_csv("1;Bo;;Bos;post@delinde.example;;;;;;", "2;Li;;Lam;POST@delinde.example;;;;;;", OMAR)
    )
    assert [(p.line, p.code) for p in reading.problems] == [
        (2, "shared_email"),
        (3, "shared_email"),
    ]
    assert len(reading.rows) == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (";Bo;;Bos;;;;;;;", "no_number"),
        ("1;Bo;van;;;;;;;;", "no_name"),
        ("1;Bo;;Bos;bo@delinde;;;;;;", "bad_email"),
        ("1;Bo;;Bos;bo@delinde.example bo2@delinde.example;;;;;;", "bad_email"),
        ("1;Bo;;Bos;;;;;31-02-2020;;", "bad_date"),
        ("1;Bo;;Bos;;;;;03/25/2020;;", "bad_date"),
        ("1;Bo;;Bos;;;;;binnenkort;;", "bad_date"),
        ("1;Bo;;Bos;;;;;01-01-1830;;", "bad_date"),
        ("1;Bo;;Bos;;;;;01-02-2020;01-01-2020;", "left_before_hired"),
        ("1;Bo;;Bos;;;;;;;misschien", "bad_yes_no"),
        ("1;Bo;;Bos;;#N/B;;;;;", "excel_error"),
        ("1;Bo;;Bos;;;;;;;;Bussum", "too_wide"),
        (f"1;Bo;;{'B' * 121};;;;;;;", "too_long"),
        (f"{'1' * 41};Bo;;Bos;;;;;;;", "too_long"),
    ],
)
def test_a_row_that_cannot_be_read_says_where_and_why(row: str, code: str) -> None:
    reading = read(as_csv(OMAR, row))
    assert [(problem.line, problem.code) for problem in reading.problems] == [(3, code)]
    assert reading.problems[0].reason
    assert len(reading.rows) == 1


@pytest.mark.parametrize("said", ["geen", "n.v.t.", "-", "Onbekend"])
def test_words_for_no_address_are_no_address(said: str) -> None:
    assert read(as_csv(f"1;Bo;;Bos;{said};;;;;;")).rows[0].email == ""


def test_invisible_and_control_signs_do_not_get_into_names() -> None:
    row = read(as_csv("1;\u200bBo\x07;;\u202eBos\xa0 \xa0Berg;;;;;;;")).rows[0]
    assert row.full_name == "Bo Bos Berg"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n  \r\n", "empty"),
        (HEADING.encode(), "no_people"),
        (b"naam;straat\r\nBo;Dorp 1\r\n", "no_header"),
        (SANNE.encode(), "no_header"),
        (b"%PDF-1.7 \x00\x01", "not_a_list"),
        (b"<html><table><tr><td>Personeelsnummer</td></tr></table>", "not_a_list"),
        (bytes(range(256)) * 4, "not_a_list"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
        (b"x" * (20 * 1024 * 1024 + 1), "too_big"),
    ],
)
def test_a_file_that_is_no_staff_list_is_refused_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(RosterRefused) as refusal:
        read(data)
    assert refusal.value.code == code
    assert str(refusal.value)


def test_an_open_quotation_mark_is_refused_with_its_line() -> None:
    rows = [f"{number};Bo;;Bos;;;;;;;" for number in range(3, 60)]
    with pytest.raises(RosterRefused) as refusal:
        read(as_csv("1;Bo;;Bos;;;;;;;", '2;"Bo;;Bos;;;;;;;', *rows))
    assert (refusal.value.code, refusal.value.params) == ("open_quote", {"line": 3})


def test_a_giant_cell_is_refused() -> None:
    with pytest.raises(RosterRefused) as refusal:
        read(as_csv(f'1;"{"B" * 200_000}";;Bos;;;;;;;'))
    assert refusal.value.code == "open_quote"


def test_a_reading_comes_back_the_same_from_where_it_was_kept() -> None:
    reading = read(as_csv(SANNE, SANNE, OMAR, ";Bo;;Bos;;;;;;;"))
    assert Reading.from_json(reading.to_json()) == reading
