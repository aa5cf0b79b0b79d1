"""Only members read; nobody outside can tell what is in a group, and of a secret one that it is."""

import pytest
from django.urls import reverse

from dossiers import images
from groups import actions
from groups.models import Group, History, Joining, Listing, Message, Thread
from people.models import Person, Role
from tests.blogs.makers import picture_upload
from tests.cast import SignIn, appoint
from tests.groups.makers import make_group, make_message, make_thread

pytestmark = pytest.mark.django_db

MARKS = ("kwikstaart", "zwaluw", "grutto", "tureluur")


@pytest.fixture
def secret_talk(sanne: Person, omar: Person) -> Message:
    """A message with a picture in a secret group of two employees; every text holds a mark."""
    group = make_group(
        sanne,
        omar,
        name="Geheim kwikstaart",
        purpose="Doel kwikstaart",
        listing=Listing.UNLISTED,
        joining=Joining.INVITATION,
    )
    thread = make_thread(group, sanne, "Titel zwaluw", "Tekst grutto")
    text = actions.MessageText("Nog tureluur", images.remake(picture_upload()), "Beeld tureluur")
    message = actions.write_message(omar, thread, text)
    actions.report_message(message, sanne, "Reden tureluur")
    actions.write_signal(group, sanne, "Wat de raad mag weten")
    return message


def addresses(message: Message) -> list[str]:
    """Every address that leads to the group or to something in it."""
    thread, group = message.thread, message.thread.group
    by_group = ("group", "members", "settings", "notify", "reports", "start_thread", "signals")
    by_message = (
        "find_message", "picture", "edit_message", "report_message", "hide_message", "quote",
    )  # fmt: skip
    return [
        *(reverse(f"groups:{name}", args=[group.key]) for name in by_group),
        reverse("groups:thread", args=[thread.key]),
        *(reverse(f"groups:{name}", args=[message.key]) for name in by_message),
    ]


@pytest.mark.parametrize("who", ["fatima", "joris", "ineke", "bakker", "wim"])
def test_no_role_opens_a_group(
    sign_in: SignIn, request: pytest.FixtureRequest, secret_talk: Message, who: str
) -> None:
    client = sign_in(request.getfixturevalue(who))
    for url in addresses(secret_talk):
        assert client.get(url).status_code == 404, url
        assert client.post(url).status_code in (404, 405), url


@pytest.mark.parametrize("who", ["fatima", "joris", "ineke", "bakker", "wim"])
def test_no_mark_of_a_group_shows_on_any_page_outside_it(
    sign_in: SignIn, request: pytest.FixtureRequest, secret_talk: Message, who: str
) -> None:
    client = sign_in(request.getfixturevalue(who))
    pages = ["/", "/groepen/", "/groepen/openen/", "/berichten/", "/beheer/", "/mensen/logboek/",
             "/signalen/", "/dossiers/"]  # fmt: skip
    for url in pages:
        page = client.get(url, follow=True).content.decode()
        assert not any(mark in page for mark in MARKS), url


def test_members_read_it_all(sign_in: SignIn, secret_talk: Message, omar: Person) -> None:
    client = sign_in(omar)
    group = secret_talk.thread.group
    assert "Geheim kwikstaart" in client.get("/groepen/").content.decode()
    assert "Titel zwaluw" in client.get(group.get_absolute_url()).content.decode()
    page = client.get(secret_talk.thread.get_absolute_url()).content.decode()
    assert "Tekst grutto" in page
    assert "Nog tureluur" in page
    shown = client.get(reverse("groups:picture", args=[secret_talk.key]))
    assert shown["Content-Type"] == "image/webp"


def test_a_member_who_becomes_director_or_leaves_reads_no_more(
    secret_talk: Message, omar: Person
) -> None:
    assert Message.objects.readable_by(omar).exists()
    appoint(omar, Role.DIRECTOR)
    assert not Message.objects.readable_by(omar).exists()
    assert not Group.objects.visible_to(omar).exists()


def test_a_listed_group_shows_its_door_and_nothing_behind_it(
    sign_in: SignIn, sanne: Person, omar: Person, fatima: Person
) -> None:
    group = make_group(sanne, omar, name="Nachtploeg")
    make_thread(group, omar, "Titel zwaluw", "Tekst grutto")
    for person in (fatima,):
        page = sign_in(person).get(group.get_absolute_url()).content.decode()
        assert "Nachtploeg" in page
        for inside in ("zwaluw", "grutto", "Omar", "2 leden", "gesprek"):
            assert inside not in page
    assert sign_in(fatima).get(reverse("groups:members", args=[group.key])).status_code == 404


def test_history_from_joining_hides_what_was_said_before(
    sign_in: SignIn, sanne: Person, omar: Person, fatima: Person
) -> None:
    group = make_group(sanne, omar, history=History.FROM_JOINING)
    old = make_thread(group, sanne, "Oud gesprek", "Van vroeger")
    running = make_thread(group, sanne, "Lopend gesprek", "Ook van vroeger")
    actions.join_group(fatima, group)
    make_message(running, omar, "Van nu")
    client = sign_in(fatima)
    assert client.get(old.get_absolute_url()).status_code == 404
    page = client.get(running.get_absolute_url()).content.decode()
    assert "Van nu" in page
    assert "Ook van vroeger" not in page
    assert "Oud gesprek" not in client.get(group.get_absolute_url()).content.decode()
    first = running.messages.get(body="Ook van vroeger")
    assert client.get(reverse("groups:find_message", args=[first.key])).status_code == 404


def test_shared_history_lets_a_new_member_read_all(
    sanne: Person, omar: Person, fatima: Person
) -> None:
    group = make_group(sanne, omar, history=History.SHARED)
    thread = make_thread(group, sanne)
    actions.join_group(fatima, group)
    assert thread in Thread.objects.readable_by(fatima)


def test_who_left_the_group_reads_no_more(sign_in: SignIn, sanne: Person, omar: Person) -> None:
    group = make_group(sanne, omar)
    thread = make_thread(group, omar)
    client = sign_in(omar)
    assert client.post(reverse("groups:leave", args=[group.key])).status_code == 302
    assert client.get(thread.get_absolute_url()).status_code == 404
    assert thread.messages.filter(author=omar).exists()


def test_the_framework_admin_shows_nothing_of_groups(sign_in: SignIn, wim: Person) -> None:
    from django.apps import apps
    from django.contrib import admin

    registered = set(admin.site._registry)
    assert not registered & set(apps.get_app_config("groups").get_models())
