"""Drafts that make themselves: what is in them, who hears of it, and that it happens once a day."""

import datetime as dt
import threading
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from newsletter import actions, repeating
from newsletter.models import Issue, Occurrence, Recurrence
from newsletter.tasks import make_drafts
from outbox.models import Delivery, Rendering
from people.models import Person
from tests.blogs.makers import keep_secret
from tests.cast import SignIn, make_people
from tests.newsletter.making import add, make_issue, make_poll, make_post

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def december(day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2026, 12, day, hour, tzinfo=AMSTERDAM)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """It is the Friday before the first Monday of December."""
    with time_machine.travel(december(4), tick=False) as traveller:
        yield traveller


def make_series(maker: Person, **changes: object) -> Recurrence:
    values: dict[str, object] = {
        "subject": "OR-nieuws {maand}",
        "begins_on": dt.date(2026, 1, 1),
        "made_by": maker,
        **changes,
    }
    series = Recurrence.objects.create(**values)
    series.told.add(maker)
    return series


def kinds_in(issue: Issue) -> list[str]:
    return list(issue.blocks.values_list("kind", flat=True))


def mails() -> list[tuple[str, str]]:
    rows = Delivery.objects.order_by("pk").values_list("address", "rendering__subject")
    return [(address, subject) for address, subject in rows]


def test_on_its_day_a_draft_holds_what_is_new_and_its_maker_is_told(
    fatima: Person, sanne: Person, clock: time_machine.Traveller
) -> None:
    make_series(fatima)
    post = make_post(fatima)
    poll = make_poll(fatima, [sanne])
    assert make_drafts() == 0
    clock.move_to(december(7))
    assert make_drafts() == 1
    issue = Issue.objects.get()
    assert issue.is_draft
    assert issue.subject == "OR-nieuws december"
    assert kinds_in(issue) == ["text", "post", "consultation"]
    assert set(issue.blocks.exclude(object_key="").values_list("object_key", flat=True)) == {
        str(post.key),
        str(poll.key),
    }
    assert mails() == [(fatima.email, "Er ligt een concept voor je klaar: OR-nieuws december")]


def test_nothing_is_sent_to_readers(
    fatima: Person, sanne: Person, clock: time_machine.Traveller
) -> None:
    make_series(fatima)
    make_post(fatima)
    clock.move_to(december(7))
    make_drafts()
    clock.move_to(december(31))
    make_drafts()
    assert {address for address, _subject in mails()} == {fatima.email}
    assert not Issue.objects.gone_out().exists()


def test_however_often_the_alarm_rings_there_is_one_draft_and_one_mail(
    fatima: Person, clock: time_machine.Traveller
) -> None:
    make_series(fatima)
    make_post(fatima)
    clock.move_to(december(7))
    assert [make_drafts() for _time in range(3)] == [1, 0, 0]
    assert (Issue.objects.count(), Delivery.objects.count()) == (1, 1)


def test_after_five_missed_weeks_there_is_one_draft_with_all_that_is_new(
    fatima: Person, clock: time_machine.Traveller
) -> None:
    make_series(fatima, rhythm="weekly")
    clock.move_to(december(7))
    make_post(fatima, "Toen alles nog liep")
    make_drafts()
    first = Issue.objects.get()
    actions.send_issue(fatima, first)
    clock.move_to(december(7, 10))
    make_post(fatima, "Week één")
    clock.move_to(december(21))
    make_post(fatima, "Week drie")
    clock.move_to(dt.datetime(2027, 1, 14, 9, tzinfo=AMSTERDAM))
    assert make_drafts() == 1
    issue = Issue.objects.exclude(pk=first.pk).get()
    assert kinds_in(issue) == ["text", "post", "post"]
    assert make_drafts() == 0


def test_where_nothing_is_new_there_is_no_draft_and_that_is_told(
    fatima: Person, clock: time_machine.Traveller
) -> None:
    make_series(fatima)
    clock.move_to(december(7))
    assert make_drafts() == 1
    assert make_drafts() == 0
    assert not Issue.objects.exists()
    assert Occurrence.objects.get().found == 0
    assert mails() == [(fatima.email, "Deze keer geen nieuwsbrief: er is niets nieuws")]


def test_what_a_newsletter_to_all_told_already_is_not_told_again(
    fatima: Person, clock: time_machine.Traveller
) -> None:
    make_series(fatima)
    told, kept = make_post(fatima, "Al verteld"), make_post(fatima, "Nog niet verteld")
    special = make_issue(fatima)
    add(special, "post", told)
    actions.send_issue(fatima, special)
    clock.move_to(december(7))
    make_drafts()
    issue = Issue.objects.exclude(pk=special.pk).get()
    assert [block.object_key for block in issue.blocks.filter(kind="post")] == [str(kept.key)]


def test_a_draft_that_was_never_sent_takes_no_news_away(
    fatima: Person, clock: time_machine.Traveller
) -> None:
    make_series(fatima, rhythm="fortnightly", begins_on=dt.date(2026, 12, 7))
    make_post(fatima)
    clock.move_to(december(7))
    make_drafts()
    clock.move_to(december(21, 7))
    make_post(fatima, "Later")
    clock.move_to(december(21))
    make_drafts()
    first, second = Issue.objects.order_by("pk")
    actions.send_issue(fatima, second)
    assert kinds_in(first) == ["text", "post"]
    assert kinds_in(second)[:2] == ["text", "post"]


def test_nothing_secret_is_in_a_draft_nor_in_the_mail_about_it(
    ineke: Person, clock: time_machine.Traveller
) -> None:
    make_series(ineke)
    secret = Dossier.objects.create(title="Vuurtoren", opened_by=ineke)
    make_post(ineke, "Vuurtoren verkocht", secret)
    make_poll(ineke, [ineke], "Vuurtoren?")
    type(make_poll(ineke, [ineke])).objects.update(dossier=secret)
    keep_secret(secret, ineke)
    make_post(ineke, "Openbaar")
    clock.move_to(december(7))
    make_drafts()
    issue = Issue.objects.get()
    assert kinds_in(issue) == ["text", "post"]
    assert b"Vuurtoren" not in b"".join(bytes(each.body) for each in Rendering.objects.all())


def test_what_nobody_of_the_audience_may_see_is_left_out(
    fatima: Person, sanne: Person, omar: Person, clock: time_machine.Traveller
) -> None:
    series = make_series(fatima)
    assert sanne.unit is not None
    series.units.add(sanne.unit)
    make_poll(fatima, [omar], "Alleen voor Facilitair")
    shown = make_poll(fatima, [sanne], "Ook voor Verpleging")
    clock.move_to(december(7))
    make_drafts()
    issue = Issue.objects.get()
    assert list(issue.units.all()) == [sanne.unit]
    assert [block.object_key for block in issue.blocks.exclude(kind="text")] == [str(shown.key)]


def test_a_paused_one_makes_nothing_and_does_not_catch_up_when_taken_up(
    fatima: Person, clock: time_machine.Traveller
) -> None:
    series = make_series(fatima, rhythm="weekly")
    make_post(fatima)
    repeating.pause(fatima, series)
    clock.move_to(december(9))
    assert make_drafts() == 0
    repeating.take_up(fatima, series, timezone.now())
    assert make_drafts() == 0
    clock.move_to(december(14))
    assert make_drafts() == 1


def test_who_left_the_council_is_not_told_but_chair_and_secretary_are(
    fatima: Person, joris: Person, ineke: Person, clock: time_machine.Traveller
) -> None:
    make_series(fatima)
    make_post(fatima)
    fatima.appointments.update(ended_on=december(5).date())
    clock.move_to(december(7))
    make_drafts()
    assert {address for address, _subject in mails()} == {joris.email, ineke.email}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_draft_and_one_mail(
    fatima: Person, clock: time_machine.Traveller
) -> None:
    make_series(fatima)
    make_post(fatima)
    clock.move_to(december(7))
    start = threading.Barrier(2)
    dealt: list[int] = []

    def work() -> None:
        try:
            start.wait(10)
            dealt.append(make_drafts())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _one in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sorted(dealt) == [0, 1]
    assert (Issue.objects.count(), Delivery.objects.count()) == (1, 1)


SERIES = {
    "rhythm": "monthly",
    "ordinal": "1",
    "weekday": "0",
    "hour": "8",
    "begins_on": "2026-12-01",
    "subject": "OR-nieuws {maand}",
    "role": "everyone",
}


def test_a_member_sets_one_up_pauses_and_stops_it(fatima: Person, sign_in: SignIn) -> None:
    client = sign_in(fatima)
    page = client.post(
        reverse("newsletter:new_repeat"), {**SERIES, "told": [fatima.pk]}, follow=True
    ).content.decode()
    assert "maandag 7 december" in page
    assert "Elke eerste maandag van de maand om 8:00" in page
    series = Recurrence.objects.get()
    assert list(series.told.all()) == [fatima]
    address = series.get_absolute_url()
    assert "maandag 4 januari 2027, 08:00" in client.get(address).content.decode()
    client.post(address + "pauze/")
    assert "gepauzeerd" in client.get(reverse("newsletter:repeats")).content.decode()
    client.post(address + "stoppen/")
    assert not Recurrence.objects.exists()


def test_unknown_words_in_braces_are_refused(fatima: Person, sign_in: SignIn) -> None:
    sent = {**SERIES, "told": [fatima.pk], "subject": "Nieuws {kwartaal}"}
    response = sign_in(fatima).post(reverse("newsletter:new_repeat"), sent)
    assert response.status_code == 400
    assert "{kwartaal}" in response.content.decode()
    assert not Recurrence.objects.exists()


def test_only_the_council_can_be_told(fatima: Person, sanne: Person, sign_in: SignIn) -> None:
    sent = {**SERIES, "told": [sanne.pk]}
    assert sign_in(fatima).post(reverse("newsletter:new_repeat"), sent).status_code == 400


def test_the_page_asks_the_same_number_of_questions_however_many_there_are(
    fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    address = reverse("newsletter:repeats")
    numbers = []
    for _more in range(3):
        for _one in range(3):
            series = make_series(fatima)
            Occurrence.objects.create(recurrence=series, on=dt.date(2026, 11, 2), found=2)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        numbers.append(len(queries))
    assert numbers[1] == numbers[2]


def test_making_a_draft_asks_the_same_number_of_questions_however_much_is_new(
    fatima: Person, clock: time_machine.Traveller
) -> None:
    people = make_people(3)
    numbers = []
    for more in (1, 1, 6):
        for _one in range(more):
            make_poll(fatima, people)
        series = make_series(fatima)
        clock.move_to(december(7))
        with CaptureQueriesContext(connection) as queries:
            assert repeating.make_due(series, timezone.now()) is not None
        numbers.append(len(queries))
        clock.move_to(december(4))
    assert numbers[1] == numbers[2]
