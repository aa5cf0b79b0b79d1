"""Giving and ending roles."""

import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from people import actions, rules
from people.models import Act, Appointment, Person, Role
from tests.cast import SignIn, appoint, make_person


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_the_chair_makes_somebody_council_member_and_the_log_says_so(
    joris: Person, sanne: Person, sign_in: SignIn
) -> None:
    browser = sign_in(joris)
    browser.post(reverse("people:appoint", args=[sanne.key]), {"role": "member"})
    assert rules.is_council(fresh(sanne))
    act = Act.objects.get()
    assert (act.verb, act.actor_key, act.object_key) == (
        "people.appoint_member",
        str(joris.key),
        str(sanne.key),
    )
    browser.post(reverse("people:end_role", args=[sanne.key]), {"role": "member"})
    assert not rules.is_council(fresh(sanne))
    assert Act.objects.latest("pk").verb == "people.end_member"


def test_a_role_given_twice_is_held_once(joris: Person, sanne: Person) -> None:
    for _time in range(2):
        actions.appoint(sanne, Role.MEMBER, joris)
    assert Appointment.objects.filter(person=sanne).count() == 1
    assert Act.objects.count() == 1


@pytest.mark.parametrize("role", list(Role))
def test_nobody_gives_themselves_a_role(joris: Person, sign_in: SignIn, role: Role) -> None:
    answer = sign_in(joris).post(reverse("people:appoint", args=[joris.key]), {"role": role.value})
    assert answer.status_code == 403
    assert fresh(joris).roles == {Role.CHAIR}


def test_the_administrator_is_made_in_a_terminal_only(
    joris: Person, ineke: Person, wim: Person, sanne: Person, sign_in: SignIn
) -> None:
    for person in (joris, ineke, wim):
        answer = sign_in(person).post(
            reverse("people:appoint", args=[sanne.key]), {"role": "administrator"}
        )
        assert answer.status_code == 403
    answer = sign_in(joris).post(
        reverse("people:end_role", args=[wim.key]), {"role": "administrator"}
    )
    assert answer.status_code == 403
    call_command("appoint", "000101", "administrator", stdout=io.StringIO())
    assert rules.is_administrator(fresh(sanne))


def test_roles_that_do_not_go_together_are_not_offered(
    joris: Person, bakker: Person, ineke: Person, fatima: Person, eva: Person
) -> None:
    assert not rules.may_appoint_to(joris, bakker, Role.MEMBER)
    assert not rules.may_appoint_to(joris, fatima, Role.DIRECTOR)
    assert not rules.may_appoint_to(joris, ineke, Role.CHAIR)
    assert not rules.may_appoint_to(joris, eva, Role.MEMBER)
    assert rules.may_appoint_to(joris, fatima, Role.CHAIR)


def test_the_last_who_can_give_roles_keeps_theirs(joris: Person, sign_in: SignIn) -> None:
    url = reverse("people:end_role", args=[joris.key])
    page = sign_in(joris).post(url, {"role": "chair"}, follow=True)
    assert rules.is_chair(fresh(joris))
    assert "laatste" in page.content.decode()


def test_a_keeper_may_step_down_while_another_stays(
    joris: Person, ineke: Person, sign_in: SignIn
) -> None:
    sign_in(joris).post(reverse("people:end_role", args=[joris.key]), {"role": "chair"})
    assert not rules.is_chair(fresh(joris))


@pytest.mark.django_db(transaction=True)
def test_two_keepers_who_end_each_other_s_role_at_once_leave_one(
    joris: Person, ineke: Person
) -> None:
    ready = threading.Barrier(2)
    outcomes: list[str] = []

    def end(person: Person, role: Role, by: Person) -> None:
        try:
            ready.wait()
            actions.end_role(person, role, by)
            outcomes.append("ended")
        except actions.LastKeeper:
            outcomes.append("kept")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=end, args=(joris, Role.CHAIR, ineke)),
        threading.Thread(target=end, args=(ineke, Role.SECRETARY, joris)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["ended", "kept"]


def test_somebody_from_outside_is_recorded_with_their_role(joris: Person, sign_in: SignIn) -> None:
    data = {
        "given_name": "Ria",
        "infix": "",
        "family_name": "Blok",
        "email": "Ria@Buiten.example",
        "role": "director",
    }
    browser = sign_in(joris)
    browser.post(reverse("people:add_person"), data)
    ria = Person.objects.get(email="ria@buiten.example")
    assert rules.is_director(ria)
    assert not rules.is_constituent(ria)
    again = browser.post(reverse("people:add_person"), data)
    assert again.status_code == 200
    assert "Ria" in again.content.decode()
    browser.post(reverse("people:remove_person", args=[ria.key]))
    assert not fresh(ria).is_active
    assert fresh(ria).roles == frozenset()


def test_who_is_on_the_staff_list_is_not_removed_in_a_page(
    joris: Person, sanne: Person, sign_in: SignIn
) -> None:
    answer = sign_in(joris).post(reverse("people:remove_person", args=[sanne.key]))
    assert answer.status_code == 403
    assert fresh(sanne).is_active


def test_the_page_shows_today_s_holders_to_everyone_and_earlier_ones_to_keepers(
    sanne: Person, fatima: Person, joris: Person, sign_in: SignIn
) -> None:
    former = make_person("Tom", "Kok")
    old = appoint(former, Role.MEMBER)
    old.ended_on = timezone.localdate()
    old.save()
    for_staff = sign_in(sanne).get(reverse("people:roles")).content.decode()
    assert "Fatima Yılmaz" in for_staff
    assert "Tom Kok" not in for_staff
    assert "Tom Kok" in sign_in(joris).get(reverse("people:roles")).content.decode()


def test_the_terminal_records_an_outsider_by_name_and_refuses_what_does_not_fit(
    sanne: Person, bakker: Person
) -> None:
    def run(*arguments: str) -> str:
        out = io.StringIO()
        call_command("appoint", *arguments, stdout=out)
        return out.getvalue()

    with pytest.raises(CommandError):
        run("wim@beheer.example", "administrator")
    assert "Wim Kuipers" in run("wim@beheer.example", "administrator", "--name", "Wim Kuipers")
    assert "Sanne" in run("101", "chair")
    run("101", "chair", "--end")
    assert fresh(sanne).roles == frozenset()
    for wrong in (["999", "chair"], ["000106", "member"], ["101", "chair", "--end"]):
        with pytest.raises(CommandError):
            run(*wrong)
    assert Act.objects.filter(actor_key="").count() == 4
