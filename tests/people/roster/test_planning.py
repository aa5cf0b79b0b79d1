"""A staff list beside the roster: who joins, changes, leaves, returns, and what is alarming."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from people.models import Person, Role
from people.roster.planning import make_plan
from people.roster.plans import Plan
from tests.cast import appoint, make_people, make_person
from tests.people.roster.lists import OMAR, SANNE, TODAY, as_csv, read

pytestmark = pytest.mark.django_db


def plan(*rows: str, heading: str | None = None) -> Plan:
    data = as_csv(*rows) if heading is None else as_csv(*rows, heading=heading)
    return make_plan(read(data), TODAY)


def summary(made: Plan) -> tuple[int, int, int, int, int]:
    """New, changed, leaving, returning, unchanged."""
    return (
        len(made.joining),
        len(made.changed),
        len(made.leaving),
        len(made.returning),
        made.unchanged,
    )


def test_on_an_empty_roster_everybody_is_new() -> None:
    made = plan(SANNE, OMAR)
    assert summary(made) == (2, 0, 0, 0, 0)
    assert made.new_units == ("Verpleging", "Facilitair")
    assert made.new_sites == ("Lindenhof", "Molenzicht")
    assert not made.needs_tick


def test_who_is_already_right_is_unchanged(sanne: Person, omar: Person) -> None:
    Person.objects.filter(pk=omar.pk).update(hired_on=dt.date(2021, 8, 15))
    made = plan(SANNE, OMAR)
    assert summary(made) == (0, 0, 0, 0, 2)
    assert made.does_nothing
    assert made.new_units == ()


def test_a_change_names_the_field_and_both_values(sanne: Person) -> None:
    made = plan(SANNE.replace("Verpleging", "Keuken").replace(";Wit;", ";Wit-Jansen;"))
    (step,) = made.changed
    assert [(c.field, c.old, c.new) for c in step.changes] == [
        ("family_name", "Wit", "Wit-Jansen"),
        ("unit", "Verpleging", "Keuken"),
    ]


def test_columns_that_the_file_lacks_leave_values_as_they_are(omar: Person) -> None:
    made = plan("000102;Haddad;Omar", heading="personeelsnummer;achternaam;voornaam")
    assert summary(made) == (0, 0, 0, 0, 1)


def test_an_empty_cell_in_a_column_that_is_there_empties_the_value(sanne: Person) -> None:
    made = plan(
        "000101;Wit;Sanne;de;", heading="persnr;achternaam;voornaam;tussenvoegsel;ploeg;mail"
    )
    (step,) = made.changed
    assert [(c.field, c.new) for c in step.changes] == [("email", "")]


def test_who_is_absent_leaves_today(sanne: Person, omar: Person) -> None:
    made = plan(SANNE)
    (step,) = made.leaving
    assert (step.known.pk, step.changes[0].new) == (omar.pk, TODAY)


def test_a_day_of_leaving_that_has_come_makes_leave_and_a_later_one_is_a_change(
    sanne: Person, omar: Person
) -> None:
    made = plan(SANNE.replace(";;nee", ";22-11-2026;nee"), OMAR.replace(";;nee", ";31-12-2026;nee"))
    assert [step.changes[0].new for step in made.leaving] == [dt.date(2026, 11, 22)]
    assert dt.date(2026, 12, 31) in [change.new for change in made.changed[0].changes]


def test_somebody_unknown_who_already_left_is_counted_not_added() -> None:
    made = plan(SANNE.replace(";;nee", ";01-01-2026;nee"), OMAR)
    assert summary(made) == (1, 0, 0, 0, 0)
    assert made.notes[0].code == "already_gone"


def test_who_left_and_is_in_the_file_returns(eva: Person) -> None:
    eva.left_on = TODAY - dt.timedelta(days=1)
    eva.save()
    made = plan("000108;Eva;;Smit;eva.smit@delinde.example;Verpleging;Lindenhof;;01-03-2019;;")
    assert summary(made) == (0, 0, 0, 1, 0)
    assert made.returning[0].changes[-1].new is None


def test_people_without_a_staff_number_are_not_the_file_s_business(
    ineke: Person, wim: Person, sanne: Person
) -> None:
    assert summary(plan(SANNE)) == (0, 0, 0, 0, 1)


def test_who_was_recorded_without_a_number_is_recognised_by_address(db: None) -> None:
    first = make_person("Ans", "Mol", staff_number="", email="ans.mol@delinde.example")
    made = plan("7;Ans;;Mol;Ans.Mol@delinde.example;Verpleging;Lindenhof;;01-03-2019;;")
    (step,) = made.changed
    assert (step.known.pk, step.changes[0].field, step.changes[0].new) == (
        first.pk,
        "staff_number",
        "7",
    )


def test_an_employer_that_renumbers_its_staff_keeps_the_same_people(sanne: Person) -> None:
    made = plan(SANNE.replace("000101", "A-17"))
    assert summary(made) == (0, 1, 0, 0, 0)


def test_an_address_that_moves_to_another_name_is_another_person(sanne: Person) -> None:
    made = plan(SANNE.replace("000101", "000900").replace("Sanne;de;Wit", "Tom;;Kok"))
    assert summary(made) == (1, 0, 1, 0, 0)
    assert made.released == (sanne.pk,)


def test_numbers_that_lost_their_zeros_are_recognised(sanne: Person, omar: Person) -> None:
    made = plan(SANNE.replace("000101", "101"), OMAR.replace("000102", "102"))
    assert (made.joining, made.leaving) == ((), ())
    assert made.notes[0].params == {"count": "2"}


def test_numbers_that_differ_only_in_zeros_are_two_people(db: None) -> None:
    make_person("Bo", "Bos", staff_number="7")
    make_person("Li", "Lam", staff_number="07")
    made = plan("007;Cas;;Mol;;;;;;;")
    assert len(made.joining) == 1


def test_who_stands_on_an_unreadable_row_does_not_leave(sanne: Person, omar: Person) -> None:
    made = plan(SANNE.replace("@", " "), OMAR.replace("000102", ""))
    assert summary(made) == (0, 0, 0, 0, 0)
    assert len(made.problems) == 2
    assert not made.is_usable


def test_an_address_in_use_by_somebody_who_stays_is_refused(sanne: Person, ineke: Person) -> None:
    made = plan(SANNE, "9;Bo;;Bos;sanne.dewit@delinde.example;;;;;;")
    assert [problem.code for problem in made.reading.problems] == ["shared_email"] * 2
    Person.objects.filter(pk=ineke.pk).update(email_is_own=True, staff_number="55")
    made = plan(
        SANNE,
        "55;Ineke;;Postma;werk@delinde.example;;;;;;",
        "9;Bo;;Bos;ineke.postma@delinde.example;;;;;;",
    )
    assert [(problem.line, problem.code) for problem in made.problems] == [(4, "email_taken")]
    assert len(made.joining) == 0


def test_two_who_swap_addresses_may(sanne: Person, fatima: Person) -> None:
    made = plan(
        SANNE.replace("Sanne.deWit@", "fatima.yilmaz@"),
        "000103;Fatima;;Yılmaz;sanne.dewit@delinde.example;Verpleging;Lindenhof;;01-03-2019;;",
    )
    assert summary(made) == (0, 2, 0, 0, 0)
    assert made.problems == ()


def test_an_address_that_people_gave_themselves_stays(omar: Person) -> None:
    Person.objects.filter(pk=omar.pk).update(
        email="omar@thuis.example", email_is_own=True, hired_on=dt.date(2021, 8, 15)
    )
    assert summary(plan(OMAR)) == (0, 0, 0, 0, 1)


def test_units_are_recognised_however_they_are_capitalised(sanne: Person) -> None:
    made = plan(SANNE.replace("Verpleging", "VERPLEGING "), OMAR, "3;Bo;;Bos;;facilitair;;;;;")
    assert made.new_units == ("Facilitair",)
    assert {row.unit for row in made.joining} == {"Facilitair"}


def test_role_holders_who_leave_or_move_mailbox_ask_for_a_tick(
    sanne: Person, fatima: Person
) -> None:
    appoint(sanne, Role.CHAIR)
    made = plan(SANNE.replace("Sanne.deWit@", "iemand.anders@"))
    assert [step.known.pk for step in made.holders_leaving] == [fatima.pk]
    assert [step.known.pk for step in made.holders_with_new_address] == [sanne.pk]
    assert made.needs_tick


@pytest.mark.parametrize(("kept", "alarming"), [(9, False), (8, True)])
def test_more_than_a_tenth_leaving_is_alarming(kept: int, alarming: bool) -> None:
    people = make_people(10)
    rows = [f"{person.staff_number};Medewerker;;{person.family_name};;;;;;;" for person in people]
    made = plan(*rows[:kept])
    assert made.is_alarming is alarming


def test_the_digest_changes_with_the_roster(sanne: Person) -> None:
    before = plan(SANNE, OMAR)
    assert plan(SANNE, OMAR).digest == before.digest
    Person.objects.filter(pk=sanne.pk).update(infix="")
    assert plan(SANNE, OMAR).digest != before.digest


def test_the_number_of_queries_does_not_grow_with_the_roster(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for size in (10, 100):
        make_people(size)
        with django_assert_num_queries(4):
            plan(SANNE, OMAR)
