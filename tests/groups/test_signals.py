"""What leaves a group is a paraphrase; literal words only with their writer's yes."""

import pytest
from django.urls import reverse

from groups import actions, signals
from groups.models import Joining, Listing, Signal, Thread
from groups.signals import Passed
from people.models import Person
from tests.cast import SignIn
from tests.groups.makers import make_group, make_message, make_thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def passed(monkeypatch: pytest.MonkeyPatch) -> list[Passed]:
    """What the council received."""
    received: list[Passed] = []
    monkeypatch.setattr(signals, "_receivers", [received.append])
    return received


@pytest.fixture
def thread(sanne: Person, omar: Person) -> Thread:
    """A conversation between Sanne and Omar."""
    return make_thread(make_group(sanne, omar, name="Nachtploeg"), sanne)


def test_a_paraphrase_goes_to_the_council_at_once(
    sign_in: SignIn, thread: Thread, omar: Person, passed: list[Passed]
) -> None:
    url = reverse("groups:signals", args=[thread.group.key])
    sign_in(omar).post(url, {"paraphrase": "De nachten zijn te lang."})
    assert [(signal.paraphrase, signal.quote) for signal in passed] == [
        ("De nachten zijn te lang.", "")
    ]
    assert passed[0].group_name == "Nachtploeg"


def test_a_secret_group_is_not_named(sanne: Person, passed: list[Passed]) -> None:
    group = make_group(sanne, listing=Listing.UNLISTED, joining=Joining.INVITATION)
    actions.write_signal(group, sanne, "Iets")
    assert passed[0].group_name == ""


def test_a_quote_waits_for_its_writer(
    sign_in: SignIn, thread: Thread, sanne: Person, omar: Person, passed: list[Passed]
) -> None:
    message = make_message(thread, omar, "Ik slaap nooit meer dan vier uur.")
    url = reverse("groups:quote", args=[message.key])
    typed = {"paraphrase": "Er wordt slecht geslapen.", "quote": "nooit meer dan vier uur"}
    sign_in(sanne).post(url, typed)
    assert passed == []
    asked = sign_in(omar).get(thread.get_absolute_url()).content.decode()
    assert "nooit meer dan vier uur" in asked
    answer = reverse("groups:answer_quote", args=[Signal.objects.get().key])
    assert sign_in(sanne).post(answer, {"answer": "yes"}).status_code == 404
    sign_in(omar).post(answer, {"answer": "yes"})
    assert [signal.quote for signal in passed] == ["nooit meer dan vier uur"]
    assert sign_in(omar).post(answer, {"answer": "no"}).status_code == 404


def test_after_a_no_only_the_paraphrase_goes_and_the_quote_is_wiped(
    sign_in: SignIn, thread: Thread, sanne: Person, omar: Person, passed: list[Passed]
) -> None:
    message = make_message(thread, omar, "Ik slaap slecht.")
    signal = actions.write_signal(
        thread.group, sanne, "Slaap", message=message, quote="Ik slaap slecht."
    )
    answer = reverse("groups:answer_quote", args=[signal.key])
    sign_in(omar).post(answer, {"answer": "no"})
    assert [(row.paraphrase, row.quote) for row in passed] == [("Slaap", "")]
    signal.refresh_from_db()
    assert signal.quote == ""


def test_ones_own_words_need_no_asking(thread: Thread, sanne: Person, passed: list[Passed]) -> None:
    message = thread.messages.get()
    actions.write_signal(thread.group, sanne, "x", message=message, quote=message.body)
    assert passed[0].quote == message.body


def test_a_quote_must_stand_in_the_message(
    sign_in: SignIn, thread: Thread, sanne: Person, omar: Person, passed: list[Passed]
) -> None:
    message = make_message(thread, omar, "Ik slaap slecht.")
    url = reverse("groups:quote", args=[message.key])
    refused = sign_in(sanne).post(url, {"paraphrase": "x", "quote": "Ik slaap goed."})
    assert refused.status_code == 400
    assert passed == []


def test_the_group_sees_what_left_it(
    sign_in: SignIn, thread: Thread, sanne: Person, omar: Person, passed: list[Passed]
) -> None:
    actions.write_signal(thread.group, omar, "De nachten zijn te lang.")
    url = reverse("groups:signals", args=[thread.group.key])
    page = sign_in(sanne).get(url).content.decode()
    assert "De nachten zijn te lang." in page
    assert "Omar Haddad" in page


def test_a_wish_to_quote_that_was_withdrawn_words_first_leaves_no_quote(
    thread: Thread, sanne: Person, omar: Person, passed: list[Passed]
) -> None:
    message = make_message(thread, omar, "Ik slaap slecht.")
    signal = actions.write_signal(
        thread.group, sanne, "Slaap", message=message, quote="Ik slaap slecht."
    )
    actions.delete_message(message)
    signal.refresh_from_db()
    assert signal.quote == ""
    assert [(row.paraphrase, row.quote) for row in passed] == [("Slaap", "")]
