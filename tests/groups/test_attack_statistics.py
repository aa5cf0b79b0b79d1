"""What was said in a closed group, or waits sealed under an alias, is in none of the planner's
samples: PostgreSQL keeps those when the rows are gone."""

import secrets

import pytest

from groups.models import Message, SealedLetter
from newsletter.models import Slip, SlipKind
from people.models import Person
from tests.groups.makers import make_group, make_message, make_thread
from tests.newsletter.making import make_issue
from tests.plugins.planner import samples

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "fietsenstalling"


def test_no_message_letter_or_slip_is_among_what_is_sampled(sanne: Person, ineke: Person) -> None:
    thread = make_thread(make_group(sanne), sanne)
    issue = make_issue(ineke)
    for number in range(24):
        make_message(thread, sanne, f"{WORD} {number} {secrets.token_hex(4)}")
        SealedLetter.objects.create(content=b"\xabbrief" + secrets.token_bytes(16))
        Slip.objects.create(
            issue=issue, kind=SlipKind.CLICK, sealed=b"\xabbriefje" + secrets.token_bytes(16)
        )
    assert Message.objects.filter(body__contains=WORD).count() >= 24
    kept = samples()
    assert WORD not in kept
    assert (b"\xabbrief").hex() not in kept
