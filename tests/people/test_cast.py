"""The cast is who it says it is: the rules agree with the table in tests/cast.py."""

from people import rules
from people.models import Person
from tests.cast import SignIn, make_people


def test_the_roles_are_told_apart(
    sanne: Person, fatima: Person, joris: Person, ineke: Person, bakker: Person, wim: Person
) -> None:
    assert [rules.is_constituent(who) for who in (sanne, fatima, joris, ineke, bakker, wim)] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert [rules.is_council(who) for who in (sanne, fatima, joris, ineke, bakker, wim)] == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]
    assert rules.is_director(bakker)
    assert rules.is_administrator(wim)


def test_who_left_is_nobody(eva: Person) -> None:
    assert not eva.is_active
    assert not rules.may_read_portal(eva)


def test_the_queries_agree_with_the_rules(
    sanne: Person, omar: Person, bakker: Person, eva: Person, ineke: Person
) -> None:
    assert set(Person.objects.constituency()) == {sanne, omar}


def test_a_session_is_opened_and_closed_for_who_left(
    sign_in: SignIn, sanne: Person, eva: Person
) -> None:
    assert sign_in(sanne).get("/").status_code == 200
    assert sign_in(eva).get("/").status_code == 302


def test_many_are_made_at_once(db: None) -> None:
    assert len(make_people(25, unit="Keuken")) == 25
    assert Person.objects.constituency().count() == 25
