"""A group is opened from outside by two council members, for a reason, for a while, in sight."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups import actions
from groups.models import Group, Joining, Listing, Opening, Thread
from people.models import Act, Appointment, Person
from tests.cast import SignIn
from tests.groups.makers import make_group, make_thread

pytestmark = pytest.mark.django_db
OPENINGS = "/groepen/openen/"


@pytest.fixture
def thread(sanne: Person, omar: Person) -> Thread:
    """A conversation in a secret group of employees."""
    group = make_group(
        sanne,
        omar,
        name="Geheim kwikstaart",
        listing=Listing.UNLISTED,
        joining=Joining.INVITATION,
    )
    return make_thread(group, sanne, "Titel", "Tekst tureluur")


def ask(group: Group, person: Person) -> Opening:
    return actions.ask_opening(group, person, "Iemand voelt zich bedreigd")


def test_one_council_member_opens_nothing(sign_in: SignIn, thread: Thread, fatima: Person) -> None:
    client = sign_in(fatima)
    asked = client.post(
        OPENINGS,
        {
            "group": f"https://portaal.example{thread.group.get_absolute_url()}",
            "reason": "Iemand voelt zich bedreigd",
        },
    )
    assert asked.status_code == 302
    opening = Opening.objects.get()
    assert client.post(reverse("groups:second_opening", args=[opening.key])).status_code == 403
    assert client.get(thread.get_absolute_url()).status_code == 404


def test_two_read_for_seven_days_and_others_do_not(
    sign_in: SignIn, thread: Thread, fatima: Person, joris: Person, ineke: Person
) -> None:
    opening = ask(thread.group, fatima)
    second = reverse("groups:second_opening", args=[opening.key])
    assert sign_in(joris).post(second).status_code == 302
    for person in (fatima, joris):
        page = sign_in(person).get(thread.get_absolute_url())
        assert "Tekst tureluur" in page.content.decode()
    assert sign_in(ineke).get(thread.get_absolute_url()).status_code == 404
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1)):
        assert sign_in(fatima).get(thread.get_absolute_url()).status_code == 404


def test_who_opened_only_reads(
    sign_in: SignIn, thread: Thread, fatima: Person, joris: Person
) -> None:
    actions.second_opening(ask(thread.group, fatima), joris)
    client = sign_in(fatima)
    write = reverse("groups:write", args=[thread.key])
    assert client.post(write, {"body": "x"}).status_code == 403
    hide = reverse("groups:hide_message", args=[thread.messages.get().key])
    assert client.post(hide, {"reason": "x"}).status_code == 403
    assert not thread.markers.filter(person=fatima).exists()


def test_the_group_sees_who_why_and_until_when_and_keeps_seeing_it(
    sign_in: SignIn, thread: Thread, sanne: Person, fatima: Person, joris: Person
) -> None:
    opening = actions.second_opening(ask(thread.group, fatima), joris)
    url = thread.group.get_absolute_url()
    for moment in (timezone.now(), timezone.now() + dt.timedelta(days=30)):
        with time_machine.travel(moment):
            page = sign_in(sanne).get(url).content.decode()
        for words in ("Fatima Yılmaz", "Joris van den Berg", opening.reason):
            assert words in page


def test_an_asked_opening_is_not_shown_before_it_has_its_second(
    sign_in: SignIn, thread: Thread, sanne: Person, fatima: Person
) -> None:
    ask(thread.group, fatima)
    page = sign_in(sanne).get(thread.group.get_absolute_url()).content.decode()
    assert "Iemand voelt zich bedreigd" not in page


def test_it_is_logged(thread: Thread, fatima: Person, joris: Person) -> None:
    opening = actions.second_opening(ask(thread.group, fatima), joris)
    actions.end_opening(opening, joris)
    acts = Act.objects.filter(object_key=str(thread.group.key)).exclude(verb="groups.start")
    assert [(act.verb, act.actor_key) for act in acts] == [
        ("groups.ask_opening", str(fatima.key)),
        ("groups.open", str(joris.key)),
        ("groups.end_opening", str(joris.key)),
    ]


def test_it_can_be_ended_before_its_time_by_the_two(
    sign_in: SignIn, thread: Thread, fatima: Person, joris: Person, ineke: Person
) -> None:
    opening = actions.second_opening(ask(thread.group, fatima), joris)
    end = reverse("groups:end_opening", args=[opening.key])
    assert sign_in(ineke).post(end).status_code == 403
    assert sign_in(joris).post(end).status_code == 302
    assert sign_in(fatima).get(thread.get_absolute_url()).status_code == 404


def test_who_leaves_the_council_reads_no_more(
    sign_in: SignIn, thread: Thread, fatima: Person, joris: Person
) -> None:
    actions.second_opening(ask(thread.group, fatima), joris)
    Appointment.objects.filter(person=fatima).update(ended_on=timezone.localdate())
    assert sign_in(fatima).get(thread.get_absolute_url()).status_code == 404


def test_employees_director_and_administrator_open_nothing(
    sign_in: SignIn, thread: Thread, omar: Person, bakker: Person, wim: Person, fatima: Person
) -> None:
    opening = ask(thread.group, fatima)
    second = reverse("groups:second_opening", args=[opening.key])
    assert sign_in(omar).get(OPENINGS).status_code == 403
    for person in (omar, bakker, wim):
        assert sign_in(person).post(second).status_code == 404


def test_the_page_of_openings_does_not_name_a_secret_group(
    sign_in: SignIn, thread: Thread, fatima: Person, joris: Person
) -> None:
    actions.second_opening(ask(thread.group, fatima), joris)
    assert "kwikstaart" not in sign_in(joris).get(OPENINGS).content.decode()


@pytest.mark.parametrize(
    "address", ["onzin", "/groepen/00000000-0000-4000-8000-000000000000/", "kwikstaart"]
)
def test_an_address_that_leads_nowhere_is_told_and_the_reason_is_kept(
    sign_in: SignIn, thread: Thread, fatima: Person, address: str
) -> None:
    typed = {"group": address, "reason": "Deze reden blijft staan"}
    refused = sign_in(fatima).post(OPENINGS, typed)
    assert refused.status_code == 400
    assert "Deze reden blijft staan" in refused.content.decode()
    assert not Opening.objects.exists()


def test_the_database_itself_refuses_one_person_as_both(thread: Thread, fatima: Person) -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create(
            group=thread.group,
            asked_by=fatima,
            reason="x",
            seconded_by=fatima,
            seconded_at=now,
            ends_at=now,
        )


def test_a_second_can_be_given_once(
    thread: Thread, fatima: Person, joris: Person, ineke: Person
) -> None:
    opening = ask(thread.group, fatima)
    actions.second_opening(opening, joris)
    with pytest.raises(ValueError):
        actions.second_opening(opening, ineke)
