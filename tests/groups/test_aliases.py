"""Writing under an alias: pronounceable, sealed until the round, shuffled, and its writer's own."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
import time_machine
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from groups import actions, aliases
from groups.actions.letters import _shuffled
from groups.alias_names import ADJECTIVES, ANIMALS, PLACES
from groups.aliases import Act, Letter
from groups.models import (
    Alias,
    Group,
    LetterboxRound,
    Message,
    MessageState,
    Notice,
    ReadMarker,
    SealedLetter,
    Thread,
)
from people.models import Person
from tests.blogs.makers import picture_upload
from tests.cast import SignIn, make_people
from tests.groups.makers import (
    a_day_on,
    make_group,
    make_message,
    make_thread,
    write_under_alias,
)

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def group(sanne: Person, omar: Person) -> Group:
    """A group with aliases, of seven."""
    return make_group(sanne, omar, *make_people(5), alias=True)


@pytest.fixture
def thread(group: Group, sanne: Person) -> Thread:
    """A conversation in it."""
    return make_thread(group, sanne)


def letter(tag: str, body: str = "x", written_at: str = "2026-01-01T10:00:00+00:00") -> Letter:
    return Letter(Act.MESSAGE, "g", tag, written_at, body=body)


def test_words_for_names_are_distinct_and_plain() -> None:
    for words in (ADJECTIVES, ANIMALS, PLACES):
        assert len(words) == len(set(words)) > 35
        assert not any(set(word) & set('<>&"|') for word in words)
    assert not any("\n" in place for place in PLACES)


def test_a_name_is_always_the_same_for_a_tag_and_gives_way_where_it_is_taken() -> None:
    first = aliases.name_of("tag")
    assert aliases.name_of("tag") == first
    assert aliases.free_name("tag", {first}) == aliases.name_of("tag", 1) != first


def test_a_tag_differs_by_person_and_group_and_by_key(
    sanne: Person, omar: Person, settings: Settings
) -> None:
    here, there = make_group(sanne, name="Hier"), make_group(sanne, name="Daar")
    tags = {aliases.tag_of(person, group) for person in (sanne, omar) for group in (here, there)}
    assert len(tags) == 4
    settings.ALIAS_KEY = "another key altogether"
    assert aliases.tag_of(sanne, here) not in tags


def test_a_sealed_letter_hides_its_words_and_its_length(settings: Settings) -> None:
    short, long = aliases.seal(letter("t", "kort")), aliases.seal(letter("t", "lang " * 700))
    assert len(short) == len(long) == aliases.SIZE
    assert b"kort" not in short
    assert aliases.unseal(short).body == "kort"
    settings.ALIAS_KEY = "another key altogether"
    with pytest.raises(InvalidTag):
        aliases.unseal(short)


def test_a_letter_that_was_tampered_with_is_refused() -> None:
    content = bytearray(aliases.seal(letter("t")))
    content[40] ^= 1
    with pytest.raises(InvalidTag):
        aliases.unseal(bytes(content))


def test_a_letter_that_does_not_fit_is_refused_with_words_kept(
    sign_in: SignIn, omar: Person, thread: Thread
) -> None:
    noise = "".join(chr(0x4E00 + (number * 7919) % 20_000) for number in range(4_000))
    typed = {"body": noise, "writer": "alias"}
    refused = sign_in(omar).post(reverse("groups:write", args=[thread.key]), typed)
    assert refused.status_code == 400
    assert noise in refused.content.decode()
    assert not SealedLetter.objects.exists()


def test_rounds_are_at_fixed_times_here() -> None:
    morning = dt.datetime(2026, 11, 23, 6, 59, tzinfo=HERE)
    noon = dt.datetime(2026, 11, 23, 13, 0, tzinfo=HERE)
    assert actions.latest_round(morning) == dt.datetime(2026, 11, 22, 19, tzinfo=HERE)
    assert actions.next_round(morning) == dt.datetime(2026, 11, 23, 7, tzinfo=HERE)
    assert actions.latest_round(noon) == noon
    assert actions.next_round(noon) == dt.datetime(2026, 11, 23, 19, tzinfo=HERE)


def test_a_message_under_an_alias_waits_and_only_its_writer_sees_it(
    sign_in: SignIn, sanne: Person, omar: Person, thread: Thread
) -> None:
    client = sign_in(omar)
    url = thread.get_absolute_url()
    client.post(
        reverse("groups:write", args=[thread.key]), {"body": "Stil gezegd", "writer": "alias"}
    )
    assert "Stil gezegd" in client.get(url).content.decode()
    assert "Stil gezegd" not in sign_in(sanne).get(url).content.decode()
    assert Message.objects.count() == 1


def test_the_round_brings_it_out_under_the_alias_dated_at_the_round(
    sign_in: SignIn, sanne: Person, omar: Person, thread: Thread
) -> None:
    write_under_alias(thread, omar)
    now = a_day_on()
    with time_machine.travel(now, tick=False):
        assert actions.empty_letterbox(now) == 1
        page = sign_in(sanne).get(thread.get_absolute_url()).content.decode()
    message = Message.objects.get(body="Stil gezegd.")
    assert message.author is None
    assert message.alias is not None
    assert message.alias.name == aliases.name_of(aliases.tag_of(omar, thread.group))
    assert message.at == actions.latest_round(now)
    assert message.alias.name in page
    assert "Omar" not in page.split("Stil gezegd.")[0].rsplit("<article", 1)[1]
    assert not SealedLetter.objects.exists()


def test_letters_of_few_wait_for_company_at_most_a_day(
    sanne: Person, omar: Person, thread: Thread
) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, 0, tzinfo=HERE), tick=False):
        write_under_alias(thread, omar)
        write_under_alias(thread, sanne)
    noon = dt.datetime(2026, 11, 23, 13, 0, tzinfo=HERE)
    assert actions.empty_letterbox(noon) == 0
    assert SealedLetter.objects.count() == 2
    assert actions.empty_letterbox(noon + dt.timedelta(days=1)) == 2


def test_letters_of_three_come_out_at_the_next_round(group: Group, thread: Thread) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, 0, tzinfo=HERE), tick=False):
        for membership in group.memberships.all()[:3]:
            write_under_alias(thread, membership.person)
    assert actions.empty_letterbox(dt.datetime(2026, 11, 23, 12, 59, tzinfo=HERE)) == 0
    assert actions.empty_letterbox(dt.datetime(2026, 11, 23, 13, 4, tzinfo=HERE)) == 3


def test_a_letter_written_after_the_round_waits_for_the_next_one(
    group: Group, thread: Thread
) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 23, 13, 1, tzinfo=HERE), tick=False):
        for membership in group.memberships.all()[:3]:
            write_under_alias(thread, membership.person)
    assert actions.empty_letterbox(dt.datetime(2026, 11, 23, 13, 5, tzinfo=HERE)) == 0
    assert actions.empty_letterbox(dt.datetime(2026, 11, 23, 19, 0, tzinfo=HERE)) == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_empty_the_letterbox_once(thread: Thread, omar: Person) -> None:
    write_under_alias(thread, omar)
    now = a_day_on()
    start = threading.Barrier(2)
    out: list[int] = []

    def work() -> None:
        start.wait(timeout=10)
        out.append(actions.empty_letterbox(now))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    assert sorted(out) == [0, 1]
    assert Message.objects.filter(body="Stil gezegd.").count() == 1
    assert LetterboxRound.objects.count() == 1


def test_a_round_that_fails_leaves_every_letter_for_the_next_try(
    thread: Thread, omar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_under_alias(thread, omar)
    now = a_day_on()
    with monkeypatch.context() as patched:
        patched.setattr(Message.objects.__class__, "create", _fail)
        with pytest.raises(RuntimeError):
            actions.empty_letterbox(now)
    assert SealedLetter.objects.count() == 1
    assert actions.empty_letterbox(now) == 1


def _fail(*_args: object, **_fields: object) -> None:
    raise RuntimeError("the disk is full")


def test_shuffling_keeps_each_writers_own_order_and_mixes_the_rest() -> None:
    letters = [
        letter(tag, f"{tag}{number}", f"2026-01-01T10:00:{number:02}+00:00")
        for number in range(5)
        for tag in "abcd"
    ]
    orders = set()
    for _try in range(20):
        bodies = [one.body for one in _shuffled(letters)]
        assert sorted(bodies) == sorted(one.body for one in letters)
        for tag in "abcd":
            assert [body for body in bodies if body[0] == tag] == [f"{tag}{n}" for n in range(5)]
        orders.add(tuple(bodies))
    assert len(orders) > 15


def test_a_conversation_can_be_started_under_an_alias(
    sign_in: SignIn, omar: Person, group: Group
) -> None:
    typed = {"title": "Durf ik dit?", "body": "Ja, zo.", "writer": "alias"}
    client = sign_in(omar)
    client.post(reverse("groups:start_thread", args=[group.key]), typed)
    assert "Durf ik dit?" in client.get(group.get_absolute_url()).content.decode()
    assert not Thread.objects.exists()
    actions.empty_letterbox(a_day_on())
    started = Thread.objects.get()
    assert started.starter is None
    assert started.starter_alias == Alias.objects.get()


def test_only_the_writer_changes_and_deletes_under_an_alias_at_a_round(
    sign_in: SignIn, sanne: Person, omar: Person, thread: Thread
) -> None:
    write_under_alias(thread, omar)
    actions.empty_letterbox(a_day_on())
    message = Message.objects.get(body="Stil gezegd.")
    edit = reverse("groups:edit_message", args=[message.key])
    delete = reverse("groups:delete_message", args=[message.key])
    for url in (edit, delete):
        assert sign_in(sanne).post(url, {"body": "x"}).status_code == 403
    client = sign_in(omar)
    client.post(edit, {"body": "Anders gezegd."})
    message.refresh_from_db()
    assert message.body == "Stil gezegd."
    actions.empty_letterbox(a_day_on() + dt.timedelta(days=1))
    message.refresh_from_db()
    assert (message.body, message.edited_at is not None) == ("Anders gezegd.", True)
    client.post(delete)
    actions.empty_letterbox(a_day_on() + dt.timedelta(days=2))
    message.refresh_from_db()
    assert (message.body, message.state) == ("", MessageState.DELETED)


def test_a_picture_is_refused_under_an_alias(sign_in: SignIn, omar: Person, thread: Thread) -> None:
    typed = {"body": "Kijk", "writer": "alias", "upload": picture_upload(), "image_alt": "x"}
    refused = sign_in(omar).post(reverse("groups:write", args=[thread.key]), typed)
    assert refused.status_code == 400
    assert not SealedLetter.objects.exists()


def test_without_aliases_the_choice_is_not_there_and_not_taken(
    sign_in: SignIn, sanne: Person, omar: Person
) -> None:
    thread = make_thread(make_group(sanne, omar, *make_people(5)), sanne)
    client = sign_in(omar)
    assert 'name="writer"' not in client.get(thread.get_absolute_url()).content.decode()
    client.post(reverse("groups:write", args=[thread.key]), {"body": "Hoi", "writer": "alias"})
    assert Message.objects.get(body="Hoi").author == omar


def test_too_few_members_to_hide_among_get_no_alias(
    sign_in: SignIn, sanne: Person, omar: Person
) -> None:
    members = make_people(settings.TOTAL_THRESHOLD - 3)
    thread = make_thread(make_group(sanne, omar, *members, alias=True), sanne)
    page = sign_in(omar).get(thread.get_absolute_url()).content.decode()
    assert 'name="writer"' not in page


def test_a_muted_alias_writes_no_more_and_nobody_learns_who_it_was(
    sign_in: SignIn, sanne: Person, omar: Person, thread: Thread
) -> None:
    write_under_alias(thread, omar)
    actions.empty_letterbox(a_day_on())
    message = Message.objects.get(body="Stil gezegd.")
    mute = reverse("groups:mute_alias", args=[message.key])
    assert sign_in(omar).post(mute).status_code == 403
    page = sign_in(sanne).post(mute, follow=True).content.decode()
    assert "Omar" not in page
    typed = {"body": "Toch nog iets", "writer": "alias"}
    refused = sign_in(omar).post(reverse("groups:write", args=[thread.key]), typed)
    assert not SealedLetter.objects.exists()
    assert refused.status_code == 302
    assert Message.objects.get(body="Toch nog iets").author == omar


def test_words_under_an_alias_cannot_be_quoted(
    sign_in: SignIn, sanne: Person, omar: Person, thread: Thread
) -> None:
    write_under_alias(thread, omar)
    actions.empty_letterbox(a_day_on())
    message = Message.objects.get(body="Stil gezegd.")
    url = reverse("groups:quote", args=[message.key])
    assert sign_in(sanne).get(url).status_code == 403


def test_reading_in_a_group_with_aliases_leaves_nothing_in_the_database(
    sign_in: SignIn, sanne: Person, omar: Person, thread: Thread
) -> None:
    client = sign_in(omar)
    url = thread.get_absolute_url()
    assert "tag live" in client.get(thread.group.get_absolute_url()).content.decode()
    client.get(url)
    assert "tag live" not in client.get(thread.group.get_absolute_url()).content.decode()
    assert not ReadMarker.objects.exists()
    with pytest.raises(ValueError):
        actions.mark_read(omar, thread, timezone.now())


def test_a_forged_device_cookie_is_ignored(sign_in: SignIn, omar: Person, thread: Thread) -> None:
    client = sign_in(omar)
    client.cookies["groups-read"] = '{"1": 9999999999}'
    assert "tag live" in client.get(thread.group.get_absolute_url()).content.decode()


def test_a_message_in_a_group_with_aliases_makes_no_notice(thread: Thread, omar: Person) -> None:
    make_message(thread, omar, "Onder mijn naam")
    assert not Notice.objects.exists()


def test_letters_sealed_with_another_key_stay_and_stop_nobody(
    sign_in: SignIn,
    omar: Person,
    thread: Thread,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    write_under_alias(thread, omar, "Met de oude sleutel")
    settings.ALIAS_KEY = "another key altogether"
    write_under_alias(thread, omar, "Met de nieuwe sleutel")
    page = sign_in(omar).get(thread.get_absolute_url())
    assert page.status_code == 200
    assert actions.empty_letterbox(a_day_on()) == 1
    assert Message.objects.filter(body="Met de nieuwe sleutel").exists()
    assert SealedLetter.objects.count() == 1
    assert "ALIAS_KEY" in caplog.text
