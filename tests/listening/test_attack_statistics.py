"""What was written to the council is gone when it is deleted, from the planner's samples too."""

import secrets

import pytest

from listening import actions
from listening.models import ConversationNote, Message, Reply
from people.models import Person
from tests.plugins.planner import samples

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "roosterwoord"


def test_no_message_reply_or_note_is_among_what_is_sampled(sanne: Person, fatima: Person) -> None:
    secret = secrets.token_hex(8)
    for number in range(24):
        message = actions.write_named(sanne, "Rooster", f"{secret} {WORD} {number}")
        Reply.objects.create(message=message, position=1, text=f"{secret} {WORD} antwoord {number}")
        ConversationNote.objects.create(
            theme="Rooster", text=f"{secret} {WORD} notitie {number}", noted_by=fatima
        )
    assert Message.objects.count() == 24
    kept = samples()
    assert secret not in kept
    assert WORD not in kept
