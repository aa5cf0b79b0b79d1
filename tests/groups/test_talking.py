"""Conversations under one's own name: writing, changing, reading, moderating; at constant cost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups import actions
from groups.models import History, Message, MessageState, ReadMarker, Report, Thread
from people.models import Person
from tests.blogs.makers import picture_upload
from tests.cast import SignIn, make_people
from tests.groups.makers import make_group, make_message, make_thread

pytestmark = pytest.mark.django_db


def test_a_member_starts_a_conversation_and_another_answers(
    sign_in: SignIn, sanne: Person, omar: Person
) -> None:
    group = make_group(sanne, omar)
    started = sign_in(sanne).post(
        reverse("groups:start_thread", args=[group.key]),
        {"title": "Pauzes", "body": "Wie heeft er **pauze**?"},
    )
    thread = Thread.objects.get()
    assert started["Location"] == thread.get_absolute_url()
    sign_in(omar).post(reverse("groups:write", args=[thread.key]), {"body": "Ik niet."})
    page = sign_in(sanne).get(thread.get_absolute_url()).content.decode()
    for words in ("<strong>pauze</strong>", "Ik niet.", "Omar Haddad"):
        assert words in page


def test_a_picture_comes_along_with_its_words(sign_in: SignIn, sanne: Person, omar: Person) -> None:
    group = make_group(sanne, omar)
    thread = make_thread(group, sanne)
    write = reverse("groups:write", args=[thread.key])
    refused = sign_in(omar).post(write, {"body": "Kijk", "upload": picture_upload()})
    assert refused.status_code == 400
    typed = {"body": "Kijk", "upload": picture_upload(), "image_alt": "Het rooster"}
    sign_in(omar).post(write, typed)
    message = Message.objects.get(body="Kijk")
    assert 'alt="Het rooster"' in sign_in(sanne).get(thread.get_absolute_url()).content.decode()
    shown = sign_in(sanne).get(reverse("groups:picture", args=[message.key]))
    assert shown["X-Content-Type-Options"] == "nosniff"


def test_a_picture_that_is_none_is_refused_and_the_words_stay(
    sign_in: SignIn, sanne: Person
) -> None:
    thread = make_thread(make_group(sanne), sanne)
    upload = SimpleUploadedFile("x.png", b"<svg onload=alert(1)>", "image/png")
    typed = {"body": "Blijf staan", "upload": upload, "image_alt": "x"}
    refused = sign_in(sanne).post(reverse("groups:write", args=[thread.key]), typed)
    assert refused.status_code == 400
    assert "Blijf staan" in refused.content.decode()


def test_own_words_are_changed_and_wiped_by_their_writer_only(
    sign_in: SignIn, sanne: Person, omar: Person
) -> None:
    group = make_group(sanne, omar)
    message = make_message(make_thread(group, sanne), omar, "Te veel gezegd")
    edit = reverse("groups:edit_message", args=[message.key])
    delete = reverse("groups:delete_message", args=[message.key])
    assert sign_in(sanne).post(edit, {"body": "x"}).status_code == 403
    assert sign_in(sanne).post(delete).status_code == 403
    sign_in(omar).post(edit, {"body": "Iets minder"})
    message.refresh_from_db()
    assert (message.body, message.edited_at is not None) == ("Iets minder", True)
    sign_in(omar).post(delete)
    message.refresh_from_db()
    assert (message.body, message.state) == ("", MessageState.DELETED)


def test_new_is_marked_until_it_is_read(sign_in: SignIn, sanne: Person, omar: Person) -> None:
    group = make_group(sanne, omar)
    thread = make_thread(group, sanne)
    client = sign_in(omar)
    assert "tag live" in client.get("/groepen/").content.decode()
    assert "tag live" in client.get(group.get_absolute_url()).content.decode()
    client.get(thread.get_absolute_url())
    assert "tag live" not in client.get("/groepen/").content.decode()
    make_message(thread, sanne, "Nog iets")
    assert "tag live" in client.get(group.get_absolute_url()).content.decode()


def test_a_marker_holds_the_message_and_not_the_visit(
    sign_in: SignIn, sanne: Person, omar: Person
) -> None:
    thread = make_thread(make_group(sanne, omar), sanne)
    sign_in(omar).get(thread.get_absolute_url())
    assert ReadMarker.objects.get(person=omar).seen_upto == thread.messages.get().at


def test_a_report_goes_to_the_groups_moderators_without_a_name(
    sign_in: SignIn, sanne: Person, omar: Person, fatima: Person, joris: Person
) -> None:
    group = make_group(sanne, omar, fatima)
    message = make_message(make_thread(group, sanne), fatima, "Dat was niet aardig")
    report = reverse("groups:report_message", args=[message.key])
    for reason in ("Kwetsend", "Heel kwetsend"):
        sign_in(omar).post(report, {"reason": reason})
    assert [row.reason for row in Report.objects.all()] == ["Heel kwetsend"]
    reports = reverse("groups:reports", args=[group.key])
    page = sign_in(sanne).get(reports).content.decode()
    assert "Heel kwetsend" in page
    assert "Omar" not in page
    assert sign_in(fatima).get(reports).status_code == 403
    assert sign_in(joris).get(reports).status_code == 404
    assert omar.pk not in {value for row in Report.objects.values_list() for value in row[3:]}


def test_a_hidden_message_shows_its_reason_and_not_its_words(
    sign_in: SignIn, sanne: Person, omar: Person, fatima: Person
) -> None:
    group = make_group(sanne, omar, fatima)
    thread = make_thread(group, sanne)
    message = make_message(thread, omar, "Lelijk woord")
    hide = reverse("groups:hide_message", args=[message.key])
    assert sign_in(fatima).post(hide, {"reason": "x"}).status_code == 403
    assert sign_in(sanne).post(hide, {"reason": ""}).status_code == 400
    sign_in(sanne).post(hide, {"reason": "Over een cliënt"})
    page = sign_in(fatima).get(thread.get_absolute_url()).content.decode()
    assert "Over een cliënt" in page
    assert "Lelijk woord" not in page
    sign_in(sanne).post(reverse("groups:show_message", args=[message.key]))
    assert "Lelijk woord" in sign_in(fatima).get(thread.get_absolute_url()).content.decode()


def test_a_hidden_picture_is_gone_for_members(
    sign_in: SignIn, sanne: Person, omar: Person, fatima: Person
) -> None:
    from dossiers import images

    group = make_group(sanne, omar, fatima)
    thread = make_thread(group, sanne)
    text = actions.MessageText("Kijk", images.remake(picture_upload()), "Een foto")
    message = actions.write_message(omar, thread, text)
    actions.hide_message(message, sanne, "Herkenbaar")
    url = reverse("groups:picture", args=[message.key])
    assert sign_in(fatima).get(url).status_code == 404


def test_a_closed_conversation_takes_no_messages(
    sign_in: SignIn, sanne: Person, omar: Person
) -> None:
    thread = make_thread(make_group(sanne, omar), omar)
    close = reverse("groups:close_thread", args=[thread.key])
    write = reverse("groups:write", args=[thread.key])
    assert sign_in(omar).post(close).status_code == 403
    sign_in(sanne).post(close)
    assert sign_in(omar).post(write, {"body": "x"}).status_code == 403
    sign_in(sanne).post(reverse("groups:reopen_thread", args=[thread.key]))
    assert sign_in(omar).post(write, {"body": "x"}).status_code == 302


def test_a_long_conversation_opens_on_its_newest_page_and_finds_any_message(
    sign_in: SignIn, sanne: Person
) -> None:
    thread = make_thread(make_group(sanne), sanne)
    written = [make_message(thread, sanne, f"Nummer {number}.") for number in range(50)]
    client = sign_in(sanne)
    assert "Nummer 49." in client.get(thread.get_absolute_url()).content.decode()
    place = client.get(reverse("groups:find_message", args=[written[3].key]))["Location"]
    assert "Nummer 3." in client.get(place.split("#")[0]).content.decode()


def grow(thread: Thread, people: list[Person], threads: int) -> None:
    """More members, messages and conversations."""
    for person in people:
        actions.join_group(person, thread.group)
        make_message(thread, person, "Hoi allemaal")
    for number in range(threads):
        make_thread(thread.group, people[number % len(people)], f"Gesprek {number}")


@pytest.mark.parametrize("which", ["index", "group", "thread", "members"])
@pytest.mark.parametrize("alias", [False, True])
def test_pages_cost_the_same_as_everything_grows_tenfold(
    sign_in: SignIn, sanne: Person, omar: Person, which: str, alias: bool
) -> None:
    group = make_group(sanne, omar, alias=alias)
    thread = make_thread(group, sanne)
    url = {
        "index": "/groepen/",
        "group": group.get_absolute_url(),
        "thread": thread.get_absolute_url(),
        "members": reverse("groups:members", args=[group.key]),
    }[which]
    client = sign_in(omar)
    grow(thread, make_people(3), threads=2)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    grow(thread, make_people(30), threads=20)
    client.get(url)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_searching_finds_titles_and_words_in_sight_only(
    sign_in: SignIn, sanne: Person, omar: Person, fatima: Person
) -> None:
    group = make_group(sanne, omar, history=History.FROM_JOINING)
    running = make_thread(group, sanne, "Lopend", "Vroeger viel het woord kwikstaart")
    actions.join_group(fatima, group)
    make_message(running, omar, "Nu valt het woord zwaluw")
    make_thread(group, omar, "Een titel met zwaluw", "Tekst")
    url = group.get_absolute_url()
    found = sign_in(fatima).get(url, {"q": "ZWALUW"})
    assert [shown.thread.title for shown in found.context["threads"]] == [
        "Een titel met zwaluw",
        "Lopend",
    ]
    assert sign_in(fatima).get(url, {"q": "kwikstaart"}).context["threads"] == []
    assert len(sign_in(omar).get(url, {"q": "kwikstaart"}).context["threads"]) == 1
