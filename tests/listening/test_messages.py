"""Messages to the council: a name or a code, and nobody else reads along."""

import re

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from listening import actions
from listening.models import Message, Reply
from outbox.models import Rendering
from people.models import Person
from tests.cast import SignIn

pytestmark = pytest.mark.django_db

ANONYMOUS = {"subject": "Rooster", "text": "De nachtdienst is te zwaar.", "signed": "no"}


def test_a_named_message_is_read_by_its_writer_and_the_council_only(
    sanne: Person, omar: Person, fatima: Person, bakker: Person, wim: Person, sign_in: SignIn
) -> None:
    sign_in(sanne).post(reverse("listening:tell"), {**ANONYMOUS, "signed": "yes"})
    url = Message.objects.get().get_absolute_url()
    assert sign_in(sanne).get(url).status_code == 200
    assert sign_in(fatima).get(url).status_code == 200
    for outsider in (omar, bakker, wim):
        assert sign_in(outsider).get(url).status_code == 404


def test_the_answer_comes_back_and_a_reply_waits_for_the_council_again(
    sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    message = actions.write_named(sanne, "Rooster", "Te zwaar")
    sign_in(fatima).post(message.get_absolute_url(), {"text": "We nemen het mee."})
    message.refresh_from_db()
    assert message.state == "answered"
    assert "We nemen het mee." in sign_in(sanne).get(message.get_absolute_url()).content.decode()
    sign_in(sanne).post(message.get_absolute_url(), {"text": "Wanneer?"})
    message.refresh_from_db()
    assert message.state == "handling"


def test_an_anonymous_message_is_opened_by_its_code_and_only_so(
    sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    page = sign_in(sanne).post(reverse("listening:tell"), ANONYMOUS).content.decode()
    found = re.search(r"([0-9A-Z]{4}-){4}[0-9A-Z]{4}", page)
    assert found
    message = Message.objects.get()
    assert sign_in(sanne).get(message.get_absolute_url()).status_code == 404
    sign_in(fatima).post(message.get_absolute_url(), {"text": "Dank je wel."})
    answer = sign_in(sanne).post(reverse("listening:with_code"), {"code": found[0].lower()})
    assert "Dank je wel." in answer.content.decode()
    sign_in(sanne).post(
        reverse("listening:with_code"), {"code": found[0], "text": "En de avonddienst?"}
    )
    assert Reply.objects.order_by("position").last() is not None
    assert "avonddienst" in sign_in(fatima).get(message.get_absolute_url()).content.decode()


def test_nothing_stored_leads_from_an_anonymous_message_to_its_writer(
    sanne: Person, sign_in: SignIn
) -> None:
    page = sign_in(sanne).post(reverse("listening:tell"), ANONYMOUS).content.decode()
    found = re.search(r"([0-9A-Z]{4}-){4}[0-9A-Z]{4}", page)
    assert found
    row = serializers.serialize("json", Message.objects.all())
    assert str(sanne.pk) not in re.sub(r'"pk": \d+', "", row).replace("-", " ").split()
    assert str(sanne.key) not in row
    assert found[0].replace("-", "") not in row
    message = Message.objects.get()
    assert message.author is None
    assert not any(
        field.get_internal_type() == "DateTimeField"
        for field in Message._meta.get_fields()
        if hasattr(field, "get_internal_type")
    )


@pytest.mark.parametrize("code", ["", "hallo", "0000-0000-0000-0000-0000", "x" * 61])
def test_a_wrong_code_says_what_to_do(sanne: Person, sign_in: SignIn, code: str) -> None:
    response = sign_in(sanne).post(reverse("listening:with_code"), {"code": code})
    assert response.status_code == 400
    assert code in response.content.decode()


def test_what_was_typed_stays_when_something_is_missing(sanne: Person, sign_in: SignIn) -> None:
    response = sign_in(sanne).post(
        reverse("listening:tell"), {"subject": "", "text": "Mijn verhaal", "signed": "no"}
    )
    assert response.status_code == 400
    assert "Mijn verhaal" in response.content.decode()
    assert not Message.objects.exists()


def test_the_council_is_told_once_without_a_word_of_the_message(
    sanne: Person, fatima: Person
) -> None:
    actions.write_named(sanne, "Rooster", "Te zwaar")
    assert actions.tell_council_of_new_messages()
    assert not actions.tell_council_of_new_messages()
    (rendering,) = Rendering.objects.all()
    assert "portaal" in rendering.subject + bytes(rendering.body).decode()
    assert b"zwaar" not in bytes(rendering.body)
    assert b"Rooster" not in bytes(rendering.body)


def test_ended_conversations_are_forgotten_and_open_ones_kept(
    sanne: Person, fatima: Person
) -> None:
    kept = actions.write_named(sanne, "Open", "x")
    ended = actions.write_named(sanne, "Klaar", "x")
    actions.answer(ended, fatima, "Gedaan")
    Reply.objects.update(written_on="2020-01-01")
    actions.forget_old_messages(183)
    assert list(Message.objects.all()) == [kept]


def test_the_council_page_takes_as_many_queries_for_many_messages(
    sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    counts = []
    for size in (2, 20):
        for number in range(size):
            actions.write_named(sanne, f"Vraag {number}", "x")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("listening:index"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
