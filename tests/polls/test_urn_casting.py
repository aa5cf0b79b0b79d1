"""Putting a ballot in the urn: one each, with a receipt to see, change or withdraw it."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from people.models import Act, Person
from polls.actions.casting import cast_ballot, change_ballot, read_ballot, withdraw_ballot
from polls.actions.emptying import empty_urn
from polls.models import Ballot, Consultation, Elector, Tally, UrnEntry
from polls.receipts import new_receipt, urn_lookup
from polls.rights import (
    AlreadyTookPart,
    ElectorRight,
    NotInvited,
    NotOpen,
    UnknownReceipt,
    VotesByCode,
)
from polls.urn import TooLong, unseal, urn_place
from tests.polls.ballots import close, make_open, make_people, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleagues(fatima: Person) -> list[Person]:
    return make_people(24)


@pytest.fixture
def consultation(fatima: Person, colleagues: list[Person]) -> Consultation:
    return make_open(fatima, "single")


def counted(consultation: Consultation, cell: str) -> int | None:
    found = Tally.objects.filter(consultation=consultation, attribute="", item="q1", cell=cell)
    return found.values_list("count", flat=True).first()


def test_one_ballot_each(consultation: Consultation, colleagues: list[Person]) -> None:
    vote(consultation, colleagues[0], {"q1": "c1"})
    with pytest.raises(AlreadyTookPart):
        vote(consultation, colleagues[0], {"q1": "c2"})
    assert UrnEntry.objects.count() == 1
    assert Elector.objects.filter(took_part=True).count() == 1


def test_the_same_form_sent_twice_gets_the_same_receipt(
    consultation: Consultation, colleagues: list[Person]
) -> None:
    receipt = new_receipt()
    right = ElectorRight(consultation, colleagues[0])
    assert cast_ballot(right, {"q1": "c1"}, receipt=receipt) == receipt
    assert cast_ballot(right, {"q1": "c1"}, receipt=receipt) == receipt
    assert UrnEntry.objects.count() == 1


def test_the_group_in_the_envelope_is_the_one_in_the_electorate_whatever_was_read_before(
    fatima: Person, colleagues: list[Person]
) -> None:
    consultation = make_open(fatima, "single", breakdown="unit")
    receipt = new_receipt()
    right = ElectorRight(consultation, colleagues[0], "Een andere afdeling")
    cast_ballot(right, {"q1": "c1"}, receipt=receipt)
    lookup = urn_lookup(consultation.key, receipt)
    (entry,) = UrnEntry.objects.all()
    envelope = unseal(consultation.key, urn_place(lookup), entry.sealed)
    assert envelope.group == Elector.objects.get(person=colleagues[0], took_part=True).group


def test_a_group_that_was_read_before_takes_no_second_ballot_and_opens_nothing(
    consultation: Consultation, colleagues: list[Person]
) -> None:
    group = Elector.objects.get(consultation=consultation, person=colleagues[0]).group
    right = ElectorRight(consultation, colleagues[0], group)
    cast_ballot(right, {"q1": "c1"})
    with pytest.raises(AlreadyTookPart):
        cast_ballot(right, {"q1": "c2"})
    close(consultation)
    late = ElectorRight(consultation, colleagues[1], group)
    with pytest.raises(NotOpen):
        cast_ballot(late, {"q1": "c2"})
    assert not UrnEntry.objects.exists()


def test_only_those_invited_answer(consultation: Consultation, eva: Person) -> None:
    with pytest.raises(NotInvited):
        vote(consultation, eva, {"q1": "c1"})


def test_who_got_a_printed_code_does_not_also_answer_signed_in(
    consultation: Consultation, colleagues: list[Person]
) -> None:
    Elector.objects.filter(person=colleagues[0]).update(by_code=True)
    with pytest.raises(VotesByCode):
        vote(consultation, colleagues[0], {"q1": "c1"})


def test_no_answer_is_taken_past_the_closing_time_however_late_the_clock_is(
    consultation: Consultation, colleagues: list[Person]
) -> None:
    receipt = vote(consultation, colleagues[0], {"q1": "c1"})
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, seconds=1), tick=False):
        with pytest.raises(NotOpen):
            vote(consultation, colleagues[1], {"q1": "c1"})
        with pytest.raises(NotOpen):
            change_ballot(consultation, receipt, {"q1": "c2"})
    assert not Elector.objects.get(person=colleagues[1]).took_part


def test_answers_that_do_not_fit_are_refused_and_use_nothing_up(
    consultation: Consultation, colleagues: list[Person]
) -> None:
    with pytest.raises(TooLong):
        vote(consultation, colleagues[0], {"q1": "".join(new_receipt() for _ in range(200))})
    assert not Elector.objects.get(person=colleagues[0]).took_part


def test_a_receipt_shows_changes_and_withdraws_in_the_urn_and_after_it(
    consultation: Consultation, colleagues: list[Person]
) -> None:
    receipts = [vote(consultation, person, {"q1": "c1"}) for person in colleagues[:12]]
    change_ballot(consultation, receipts[0], {"q1": "c2"})
    withdraw_ballot(consultation, receipts[1])
    for _place in ("in the urn", "out of it"):
        own = [read_ballot(consultation, receipt) for receipt in receipts[:3]]
        assert [each and each.answers for each in own] == [{"q1": "c2"}, {}, {"q1": "c1"}]
        assert [each and each.is_withdrawn for each in own] == [False, True, False]
        empty_urn(consultation.pk)
    assert not UrnEntry.objects.exists()
    change_ballot(consultation, receipts[1], {"q1": "c3"})
    withdraw_ballot(consultation, receipts[2])
    change_ballot(consultation, receipts[2], {"q1": "c3"})
    withdraw_ballot(consultation, receipts[3])
    close(consultation)
    assert consultation.participants == 12
    assert consultation.counted == 11
    assert [counted(consultation, cell) for cell in ("*", "c1", "c2", "c3")] == [11, 8, 1, 2]


def test_an_unknown_receipt_changes_nothing(
    consultation: Consultation, colleagues: list[Person]
) -> None:
    vote(consultation, colleagues[0], {"q1": "c1"})
    with pytest.raises(UnknownReceipt):
        change_ballot(consultation, new_receipt(), {"q1": "c2"})
    assert read_ballot(consultation, new_receipt()) is None


def test_the_urn_waits_for_a_batch(consultation: Consultation, colleagues: list[Person]) -> None:
    for person in colleagues[:9]:
        vote(consultation, person, {"q1": "c1"})
    assert empty_urn(consultation.pk) == 0
    vote(consultation, colleagues[9], {"q1": "c1"})
    assert empty_urn(consultation.pk) == 10
    assert (UrnEntry.objects.count(), Ballot.objects.count()) == (0, 10)


def test_changes_do_not_drive_a_single_ballot_out_of_the_urn(
    consultation: Consultation, colleagues: list[Person]
) -> None:
    receipts = [vote(consultation, person, {"q1": "c1"}) for person in colleagues[:10]]
    empty_urn(consultation.pk)
    vote(consultation, colleagues[10], {"q1": "c2"})
    for receipt in receipts:
        change_ballot(consultation, receipt, {"q1": "c1"})
    assert UrnEntry.objects.count() == 11
    assert empty_urn(consultation.pk) == 0


def test_casting_is_not_logged(consultation: Consultation, colleagues: list[Person]) -> None:
    before = Act.objects.count()
    receipt = vote(consultation, colleagues[0], {"q1": "c1"})
    change_ballot(consultation, receipt, {"q1": "c2"})
    withdraw_ballot(consultation, receipt)
    assert Act.objects.count() == before
