"""Codes for those without mail, invitations and reminders, and nobody seeing who gets them."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from dossiers.models import Dossier, Secrecy
from outbox.models import Delivery
from people.codes import MistypedCode, grouped
from people.models import Act, Person
from polls.actions.casting import cast_ballot
from polls.actions.closing import close_consultation
from polls.actions.codes import print_again, print_codes
from polls.actions.reaching import NotNow, mail_outcome, remind
from polls.disclosure import disclose
from polls.emails import Locked
from polls.models import CodeSheet, Elector, ElectorMailing, Outcome, VotingCode
from polls.rights import AlreadyTookPart, CodeRight, NotOpen, UnknownCode, VotesByCode
from tests.cast import make_person
from tests.polls.attacker import take_dump
from tests.polls.ballots import close, make_consultation, make_open, make_people, vote

pytestmark = pytest.mark.django_db


def test_codes_are_printed_by_unit_for_those_without_mail(fatima: Person, ineke: Person) -> None:
    make_people(8)
    without = [make_person(f"Keuken{n}", email="", unit="Keuken") for n in range(3)]
    without += [make_person("Nacht", email="", unit="Nacht")]
    consultation = make_open(fatima, "single")
    printed = print_codes(consultation, ineke)
    assert [(each.group, len(each.codes)) for each in printed] == [("Keuken", 3), ("Nacht", 1)]
    assert list(CodeSheet.objects.order_by("group").values_list("group", "size")) == [
        ("Keuken", 3),
        ("Nacht", 1),
    ]
    assert Elector.objects.filter(by_code=True).count() == len(without)
    assert print_codes(consultation, ineke) == []
    with pytest.raises(VotesByCode):
        vote(consultation, without[0], {"q1": "c1"})
    assert Act.objects.filter(verb="polls.print_codes").count() == 1


def test_only_a_keyed_digest_of_a_code_is_stored(
    fatima: Person, ineke: Person, settings: object
) -> None:
    make_people(8)
    make_person("Keuken", email="")
    [printed] = print_codes(make_open(fatima, "single"), ineke)
    [code] = printed.codes
    everything = take_dump().everything()
    assert code.encode() not in everything
    assert grouped(code).encode() not in everything
    settings.URN_KEY = "another key"  # type: ignore[attr-defined]
    with pytest.raises(UnknownCode):
        CodeRight.of(code)


def test_a_code_is_good_once_however_it_is_typed(fatima: Person, ineke: Person) -> None:
    make_people(8)
    make_person("Keuken", email="", unit="Keuken")
    consultation = make_open(fatima, "single", breakdown="unit")
    [printed] = print_codes(consultation, ineke)
    [code] = printed.codes
    typed = " " + grouped(code).lower().replace("-", " ").replace("0", "o") + " "
    right = CodeRight.of(typed)
    assert right.consultation == consultation
    assert right.group == "Keuken"
    cast_ballot(right, {"q1": "c1"})
    with pytest.raises(AlreadyTookPart):
        cast_ballot(right, {"q1": "c1"})
    with pytest.raises(AlreadyTookPart):
        CodeRight.of(code)
    assert disclose(consultation).took_part == 1


def test_a_code_that_cannot_be_one_is_told_without_looking_anything_up(
    fatima: Person, ineke: Person, django_assert_num_queries: object
) -> None:
    make_people(8)
    make_person("Keuken", email="")
    [printed] = print_codes(make_open(fatima, "single"), ineke)
    [code] = printed.codes
    wrong = ("B" if code[0] == "A" else "A") + code[1:]
    with django_assert_num_queries(0):  # type: ignore[operator]
        for typed in ("", "hallo", code[:-1], code + "0", wrong):
            with pytest.raises(MistypedCode):
                CodeRight.of(typed)


def test_a_code_of_a_closed_one_and_an_unknown_code_say_which(
    fatima: Person, ineke: Person
) -> None:
    from polls.receipts import new_voting_code

    make_people(8)
    make_person("Keuken", email="")
    consultation = make_open(fatima, "single")
    [printed] = print_codes(consultation, ineke)
    right = CodeRight.of(printed.codes[0])
    close_consultation(consultation, fatima)
    with pytest.raises(NotOpen):
        CodeRight.of(printed.codes[0])
    with pytest.raises(NotOpen):
        cast_ballot(right, {"q1": "c1"})
    with pytest.raises(UnknownCode):
        CodeRight.of(new_voting_code())


def test_a_lost_sheet_is_void_when_printed_again(fatima: Person, ineke: Person) -> None:
    make_people(8)
    for number in range(3):
        make_person(f"Keuken{number}", email="", unit="Keuken")
    consultation = make_open(fatima, "single")
    [lost] = print_codes(consultation, ineke)
    cast_ballot(CodeRight.of(lost.codes[0]), {"q1": "c1"})
    fresh = print_again(consultation, ineke, "Keuken")
    assert len(fresh.codes) == 2
    with pytest.raises(UnknownCode):
        CodeRight.of(lost.codes[1])
    assert CodeRight.of(fresh.codes[0]).group == "Keuken"
    assert VotingCode.objects.count() == 3


def test_codes_and_marks_together_are_the_response(fatima: Person, ineke: Person) -> None:
    people = make_people(9)
    for number in range(6):
        make_person(f"Keuken{number}", email="")
    consultation = make_open(fatima, "single")
    [printed] = print_codes(consultation, ineke)
    for code in printed.codes[:4]:
        cast_ballot(CodeRight.of(code), {"q1": "c1"})
    for person in people[:5]:
        vote(consultation, person, {"q1": "c2"})
    closed = close(consultation)
    assert (closed.electorate_size, closed.participants, closed.counted) == (16, 9, 9)


def test_a_reminder_goes_to_those_who_have_not_taken_part_and_tells_only_how_many(
    fatima: Person, ineke: Person
) -> None:
    people = make_people(8)
    make_person("Keuken", email="")
    consultation = make_open(fatima, "single")
    print_codes(consultation, ineke)
    for person in people[:5]:
        vote(consultation, person, {"q1": "c1"})
    sent = remind(consultation, ineke)
    assert sent.recipients == 4
    waiting = {person.email for person in (*people[5:], fatima)}
    assert set(Delivery.objects.values_list("address", flat=True)) == waiting
    act = Act.objects.get(verb="polls.remind")
    assert act.object_key == str(consultation.key)


def test_a_reminder_goes_once_a_day_and_only_while_open(fatima: Person, ineke: Person) -> None:
    make_people(8)
    consultation = make_open(fatima, "single")
    remind(consultation, ineke)
    with pytest.raises(NotNow):
        remind(consultation, ineke)
    with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=False):
        remind(consultation, ineke)
    assert ElectorMailing.objects.count() == 2
    close_consultation(consultation, ineke)
    later = timezone.now() + dt.timedelta(days=2)
    with time_machine.travel(later, tick=False), pytest.raises(NotNow):
        remind(consultation, ineke)


def test_nothing_goes_out_about_what_is_under_secrecy(fatima: Person, ineke: Person) -> None:
    make_people(8)
    dossier = Dossier.objects.create(title="Fusie", opened_by=fatima)
    consultation = make_open(fatima, "single", dossier=dossier)
    Secrecy.objects.create(dossier=dossier, imposed_by="directie", scope="alles")
    with pytest.raises(Locked):
        remind(consultation, ineke)
    assert not Delivery.objects.exists()


def test_the_invitation_goes_out_at_the_opening(fatima: Person) -> None:
    people = make_people(8)
    consultation = make_open(fatima, "single", mails_invitation=True)
    sent = ElectorMailing.objects.get(consultation=consultation)
    assert sent.recipients == len(people) + 1
    body = bytes(Delivery.objects.select_related("rendering")[0].rendering.body).decode()
    assert str(consultation.key) in body


def test_the_outcome_is_mailed_once_to_all_who_were_invited(fatima: Person) -> None:
    people = make_people(8)
    consultation = make_open(fatima, "single")
    for person in people[:6]:
        vote(consultation, person, {"q1": "c1"})
    close(consultation)
    outcome = Outcome.objects.create(
        consultation=consultation, heard="Eerder weten", done="Drie weken", written_by=fatima
    )
    with pytest.raises(NotNow):
        mail_outcome(outcome)
    outcome.published_on = timezone.localdate()
    outcome.save()
    assert mail_outcome(outcome).recipients == len(people) + 1
    with pytest.raises(NotNow):
        mail_outcome(outcome)


def test_a_draft_has_nobody_to_remind(fatima: Person, ineke: Person) -> None:
    with pytest.raises(NotNow):
        remind(make_consultation(fatima, "single"), ineke)
