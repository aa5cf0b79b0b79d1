"""Importing: all of the plan or nothing, and whoever leaves is out at once."""

import datetime as dt
from collections.abc import Generator

import pytest
import time_machine
from allauth.account.models import EmailAddress
from pytest_django import DjangoAssertNumQueries

from people.actions import RosterChanged, TickMissing, import_roster
from people.models import Act, Appointment, Person, Role
from people.roster.planning import make_plan
from people.roster.plans import Plan
from tests.cast import SignIn, appoint, make_people, make_person, make_unit
from tests.people.roster.lists import OMAR, SANNE, TODAY, as_csv, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Generator[None, None, None]:
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        yield


def plan(*rows: str) -> Plan:
    return make_plan(read(as_csv(*rows)), TODAY)


def test_new_people_are_on_the_roster_with_all_they_came_with() -> None:
    import_roster(plan(SANNE, OMAR), None)
    sanne = Person.objects.get(staff_number="000101")
    assert (sanne.full_name, sanne.email) == ("Sanne de Wit", "sanne.dewit@delinde.example")
    assert sanne.unit is not None
    assert (sanne.unit.name, sanne.hired_on) == ("Verpleging", dt.date(2019, 3, 1))
    assert not sanne.has_usable_password()
    assert Person.objects.get(staff_number="000102").shift == "nacht"


def test_importing_the_same_file_again_does_nothing() -> None:
    import_roster(plan(SANNE, OMAR), None)
    again = plan(SANNE, OMAR)
    assert again.does_nothing
    import_roster(again, None)
    assert Person.objects.count() == 2


def test_a_person_keeps_key_password_and_language_through_a_change(sanne: Person) -> None:
    sanne.set_password("een lang wachtwoord")
    sanne.language = "en"
    sanne.save()
    import_roster(plan(SANNE.replace("Verpleging", "Keuken").replace("de;", ";")), None)
    changed = Person.objects.get(key=sanne.key)
    assert (changed.full_name, changed.language) == ("Sanne Wit", "en")
    assert changed.check_password("een lang wachtwoord")
    assert changed.unit == make_unit("Keuken")


def test_who_leaves_is_out_at_once_with_a_session_open(sanne: Person, sign_in: SignIn) -> None:
    make_people(9)
    browser = sign_in(sanne)
    assert browser.get("/").status_code == 200
    stay = [
        f"{p.staff_number};Medewerker;;{p.family_name};{p.email};Verpleging;Lindenhof;;;;"
        for p in Person.objects.exclude(pk=sanne.pk)
    ]
    import_roster(plan(*stay), None)
    assert browser.get("/").status_code == 302
    assert sanne not in Person.objects.constituency()


def test_who_returns_is_let_in_again_without_the_old_role(eva: Person, sign_in: SignIn) -> None:
    appoint(eva, Role.MEMBER)
    row = "000108;Eva;;Smit;eva.smit@delinde.example;Verpleging;Lindenhof;;01-03-2019;;"
    import_roster(plan(row), None)
    back = Person.objects.get(pk=eva.pk)
    assert back.is_active
    assert back.roles == frozenset()
    assert sign_in(back).get("/").status_code == 200


def test_a_role_ends_with_the_employment_and_the_log_says_so(fatima: Person, sanne: Person) -> None:
    import_roster(plan(SANNE), None, ticked=True)
    assert Appointment.objects.get(person=fatima).ended_on == TODAY
    ended = Act.objects.get(verb="people.end_roles")
    assert ended.object_key == str(fatima.key)


def test_two_who_swap_addresses_both_get_them(sanne: Person, eva: Person) -> None:
    Person.objects.filter(pk=eva.pk).update(left_on=None)
    import_roster(
        plan(
            SANNE.replace("Sanne.deWit@", "eva.smit@"),
            "000108;Eva;;Smit;sanne.dewit@delinde.example;Verpleging;Lindenhof;;01-03-2019;;",
        ),
        None,
    )
    assert Person.objects.get(pk=sanne.pk).email == "eva.smit@delinde.example"
    assert Person.objects.get(pk=eva.pk).email == "sanne.dewit@delinde.example"


def test_the_address_of_who_left_may_go_to_somebody_new(eva: Person) -> None:
    import_roster(plan("900;Eva;;Smits;eva.smit@delinde.example;Verpleging;;;;;", SANNE), None)
    assert Person.objects.get(staff_number="900").email == "eva.smit@delinde.example"
    assert Person.objects.get(pk=eva.pk).email == ""


def test_the_sign_in_package_knows_every_address_and_no_other(sanne: Person) -> None:
    EmailAddress.objects.create(
        user=sanne, email="oud@delinde.example", verified=True, primary=True
    )
    import_roster(plan(SANNE.replace("Sanne.deWit@", "Nieuw@"), OMAR), None)
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (sanne.pk, "nieuw@delinde.example", True, True)
    ]


def test_a_roster_that_changed_after_the_plan_stops_the_import(sanne: Person) -> None:
    made = plan(SANNE, OMAR)
    make_person(staff_number="000777")
    with pytest.raises(RosterChanged) as stopped:
        import_roster(made, None)
    assert len(stopped.value.plan.leaving) == 1
    assert not Person.objects.filter(staff_number="000102").exists()


def test_an_alarming_plan_needs_its_tick() -> None:
    make_people(10)
    made = plan(SANNE)
    with pytest.raises(TickMissing):
        import_roster(made, None)
    assert Person.objects.employed().count() == 10
    import_roster(made, None, ticked=True)
    assert Person.objects.employed().count() == 1


def test_a_file_without_one_usable_row_cannot_empty_the_roster(sanne: Person) -> None:
    with pytest.raises(ValueError, match="usable"):
        import_roster(plan(";Bo;;Bos;;;;;;;"), None, ticked=True)
    assert Person.objects.employed().count() == 1


def test_a_failure_halfway_writes_nothing(sanne: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("no space left")

    monkeypatch.setattr("people.actions.roster.mirror_addresses", fail)
    with pytest.raises(OSError, match="space"):
        import_roster(plan(SANNE.replace("Verpleging", "Keuken"), OMAR), None)
    assert Person.objects.count() == 1
    assert not Act.objects.exists()
    assert Person.objects.get().unit == make_unit("Verpleging")


def test_the_act_is_logged_with_who_did_it(ineke: Person) -> None:
    import_roster(plan(SANNE), ineke)
    act = Act.objects.get(verb="people.import_roster")
    assert (act.actor_key, act.object_key) == (str(ineke.key), "")


def test_the_number_of_statements_does_not_grow_with_the_file(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for size in (20, 200):
        rows = [f"{size}{number};Bo;;Bos;;Keuken;;;;;" for number in range(size)]
        made = plan(*rows)
        with django_assert_max_num_queries(30):
            import_roster(made, None, ticked=True)
