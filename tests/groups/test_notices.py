"""Mail that there is something new: delayed, merged, dropped once read, and telling nothing."""

import datetime as dt
import quopri
import threading
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone

from groups import actions
from groups.models import Group, Joining, Listing, Notify, Thread
from outbox.models import Delivery, Mailing, Rendering
from people.models import Person
from tests.cast import SignIn, make_people
from tests.groups.makers import make_group, make_message, make_thread

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Amsterdam")
ENVELOPE = {"name", "address"}
"""Whom a mail is for: themselves, and so no leak."""
MORNING = dt.datetime(2026, 11, 23, 9, 0, tzinfo=HERE)


@pytest.fixture
def group(sanne: Person, fatima: Person) -> Group:
    """Sanne moderates and wants no mail; Fatima wants mail soon."""
    group = make_group(sanne, fatima, name="Groep kwikstaart")
    choose(group, sanne, Notify.NONE)
    choose(group, fatima, Notify.DIRECT)
    return group


@pytest.fixture
def thread(group: Group, sanne: Person) -> Thread:
    """A conversation of this morning."""
    with time_machine.travel(MORNING, tick=False):
        return make_thread(group, sanne, "Titel kwikstaart", "Tekst kwikstaart")


def choose(group: Group, person: Person, notify: Notify) -> None:
    actions.set_notify(group.memberships.get(person=person), notify)


def mailed() -> list[str]:
    return sorted(Delivery.objects.values_list("address", flat=True))


def after(minutes: int) -> dt.datetime:
    return MORNING + dt.timedelta(minutes=minutes)


def test_mail_waits_two_minutes(thread: Thread, fatima: Person) -> None:
    assert actions.send_due_notices(after(1)) == 0
    assert actions.send_due_notices(after(2)) == 1
    assert mailed() == [fatima.email]


def test_what_is_written_meanwhile_is_one_mail(thread: Thread, sanne: Person) -> None:
    with time_machine.travel(after(1), tick=False):
        make_message(thread, sanne, "Nog iets")
        make_thread(thread.group, sanne, "En een ander gesprek")
    assert actions.send_due_notices(after(10)) == 1
    assert actions.send_due_notices(after(20)) == 0


def test_several_groups_are_one_mail(thread: Thread, sanne: Person, fatima: Person) -> None:
    other = make_group(sanne, fatima, name="Andere groep")
    choose(other, fatima, Notify.DIRECT)
    with time_machine.travel(MORNING, tick=False):
        make_thread(other, sanne)
    assert actions.send_due_notices(after(5)) == 1


def test_what_was_read_in_time_is_not_mailed(
    sign_in: SignIn, thread: Thread, fatima: Person
) -> None:
    with time_machine.travel(after(1), tick=False):
        sign_in(fatima).get(thread.get_absolute_url())
    assert actions.send_due_notices(after(5)) == 0
    assert mailed() == []


def test_reading_one_of_two_conversations_still_mails(
    sign_in: SignIn, thread: Thread, sanne: Person, fatima: Person
) -> None:
    with time_machine.travel(after(1), tick=False):
        make_thread(thread.group, sanne, "Tweede")
        sign_in(fatima).get(thread.get_absolute_url())
    assert actions.send_due_notices(after(5)) == 1


def test_daily_mail_comes_at_seven_the_next_morning(
    thread: Thread, sanne: Person, fatima: Person
) -> None:
    choose(thread.group, fatima, Notify.DAILY)
    actions.send_due_notices(after(2))
    with time_machine.travel(after(10), tick=False):
        make_message(thread, sanne, "Nog iets")
    before = len(mailed())
    next_morning = dt.datetime(2026, 11, 24, 7, 0, tzinfo=HERE)
    assert actions.send_due_notices(next_morning - dt.timedelta(seconds=1)) == 0
    assert actions.send_due_notices(next_morning) == 1
    assert len(mailed()) == before + 1


def test_who_wants_no_mail_gets_none_and_the_writer_neither(thread: Thread, fatima: Person) -> None:
    choose(thread.group, fatima, Notify.NONE)
    assert actions.send_due_notices(after(60 * 24 * 2)) == 0


def test_who_left_the_group_or_the_house_gets_no_mail(
    thread: Thread, sanne: Person, fatima: Person
) -> None:
    fatima.left_on = timezone.localdate()
    fatima.save()
    assert actions.send_due_notices(after(5)) == 0


def test_people_without_an_address_are_passed_over(
    sanne: Person, omar: Person, group: Group
) -> None:
    actions.join_group(omar, group)
    choose(group, omar, Notify.DIRECT)
    with time_machine.travel(MORNING, tick=False):
        make_thread(group, sanne)
    actions.send_due_notices(after(5))
    assert "" not in mailed()


def test_no_mail_about_a_group_holds_anything_of_it(
    thread: Thread, sanne: Person, omar: Person, fatima: Person, joris: Person
) -> None:
    group = thread.group
    actions.send_due_notices(after(5))
    actions.ask_to_join(omar, group, "Reden kwikstaart")
    actions.invite(group, joris, sanne)
    asked = actions.ask_to_join(fatima, make_group(sanne, name="Tweede kwikstaart"), "kwikstaart")
    actions.decline_request(asked)
    actions.report_message(thread.messages.get(), fatima, "Melding kwikstaart")
    assert Mailing.objects.count() >= 4
    words = ("kwikstaart", str(group.key), str(thread.key), "Sanne", "Omar")
    rows: list[models.Model] = [
        *Mailing.objects.all(), *Rendering.objects.all(), *Delivery.objects.all()
    ]  # fmt: skip
    for row in rows:
        kept = {name: value for name, value in vars(row).items() if name not in ENVELOPE}
        content = repr(kept) + "".join(
            quopri.decodestring(bytes(value)).decode(errors="replace")
            for value in kept.values()
            if isinstance(value, bytes | memoryview)
        )
        assert not any(word in content for word in words), content


def test_mail_of_different_groups_is_alike_to_the_letter(sanne: Person, fatima: Person) -> None:
    groups = [
        make_group(sanne, fatima, name="Eerste"),
        make_group(
            sanne,
            fatima,
            name="Tweede",
            listing=Listing.UNLISTED,
            joining=Joining.INVITATION,
        ),
    ]
    for number, group in enumerate(groups):
        choose(group, fatima, Notify.DIRECT)
        with time_machine.travel(after(number * 60), tick=False):
            make_thread(group, sanne, f"Gesprek {number}")
        assert actions.send_due_notices(after(number * 60 + 5)) == 1
    subjects = set(Rendering.objects.values_list("subject", flat=True))
    assert subjects == {"Er is iets nieuws in je groep"}


@pytest.mark.django_db(transaction=True)
def test_two_workers_mail_once(thread: Thread, fatima: Person) -> None:
    start = threading.Barrier(2)
    posted: list[int] = []

    def work() -> None:
        start.wait(timeout=10)
        posted.append(actions.send_due_notices(after(5)))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    assert sorted(posted) == [0, 1]
    assert mailed() == [fatima.email]


def test_the_choice_of_mail_is_the_members_own(
    sign_in: SignIn, group: Group, fatima: Person, omar: Person
) -> None:
    url = reverse("groups:notify", args=[group.key])
    assert sign_in(fatima).post(url, {"notify": "daily"}).status_code == 302
    assert group.memberships.get(person=fatima).notify == Notify.DAILY
    assert sign_in(omar).post(url, {"notify": "none"}).status_code == 404


def test_with_aliases_direct_mail_is_not_offered(
    sign_in: SignIn, sanne: Person, fatima: Person
) -> None:
    group = make_group(sanne, fatima, *make_people(5), alias=True)
    url = reverse("groups:notify", args=[group.key])
    assert sign_in(fatima).post(url, {"notify": "direct"}).status_code == 400


def test_alias_groups_are_mailed_once_a_day_and_only_for_something_new(
    sanne: Person, fatima: Person
) -> None:
    with time_machine.travel(MORNING, tick=False):
        group = make_group(sanne, fatima, alias=True)
    with time_machine.travel(after(1), tick=False):
        make_thread(group, sanne)
    next_morning = dt.datetime(2026, 11, 24, 7, 1, tzinfo=HERE)
    assert actions.mail_alias_groups(next_morning - dt.timedelta(minutes=2)) == 0
    assert actions.mail_alias_groups(next_morning) == 2
    assert actions.mail_alias_groups(next_morning + dt.timedelta(minutes=5)) == 0
    assert actions.mail_alias_groups(next_morning + dt.timedelta(days=1)) == 0
