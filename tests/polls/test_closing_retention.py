"""Forgetting in time: what goes on which day, and what stays."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from dossiers.models import Dossier
from outbox.models import Delivery
from people.models import Act, Person
from polls.actions.closing import close_consultation, count_ballots
from polls.actions.codes import print_codes
from polls.actions.reaching import remind
from polls.actions.releasing import release_results
from polls.actions.retention import days_for_answers, days_for_marks, forget_due, terms_of
from polls.disclosure import disclose
from polls.models import (
    Consultation,
    Elector,
    NamedBallot,
    OpenAnswer,
    Release,
    ReleaseAudience,
    Tally,
    VotingCode,
)
from tests.cast import SignIn, make_person
from tests.polls.ballots import close, make_open, make_people, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def finished(fatima: Person, ineke: Person) -> Consultation:
    people = make_people(12)
    make_person("Keuken", email="")
    consultation = make_open(fatima, "single", "long_text")
    print_codes(consultation, ineke)
    for person in people[:9]:
        vote(consultation, person, {"q1": "c1", "q2": "Eerder het rooster"})
    remind(consultation, ineke)
    return close(consultation)


def day(consultation: Consultation, number: int) -> dt.date:
    assert consultation.closed_on is not None
    return consultation.closed_on + dt.timedelta(days=number)


def test_marks_go_after_fourteen_days_and_not_before(finished: Consultation) -> None:
    assert terms_of(finished).marks == day(finished, 14)
    forget_due(day(finished, 13))
    assert Elector.objects.filter(took_part=True).count() == 9
    forget_due(day(finished, 14))
    assert not Elector.objects.filter(took_part=True).exists()
    assert not VotingCode.objects.exists()
    assert not Delivery.objects.exists(), "who was reminded is who had not taken part"
    assert Elector.objects.count() == 14
    finished.refresh_from_db()
    assert finished.marks_gone_on == day(finished, 14)
    assert Act.objects.filter(verb="polls.forget_marks", actor_key="").count() == 1
    forget_due(day(finished, 15))
    assert Act.objects.filter(verb="polls.forget_marks").count() == 1


def test_the_response_stays_as_it_was(finished: Consultation) -> None:
    before = disclose(finished)
    forget_due(day(finished, 14))
    finished.refresh_from_db()
    assert disclose(finished) == before
    assert before.took_part == 9


def test_answers_go_after_half_a_year_and_counts_stay(
    finished: Consultation, fatima: Person
) -> None:
    release_results(finished, ReleaseAudience.STAFF, fatima)
    frozen = Release.objects.get().payload
    forget_due(day(finished, 14))
    forget_due(day(finished, 182))
    assert OpenAnswer.objects.count() == 9
    forget_due(day(finished, 183))
    assert not OpenAnswer.objects.exists()
    assert not Elector.objects.exists()
    assert Tally.objects.exists()
    assert Release.objects.get().payload == frozen
    finished.refresh_from_db()
    assert finished.answers_gone_on == day(finished, 183)


def test_named_answers_go_too(fatima: Person) -> None:
    from polls.actions.casting import cast_named

    people = make_people(6)
    consultation = make_open_named(fatima)
    for person in people:
        cast_named(consultation, person, {"q1": "c1"})
    closed = close(consultation)
    forget_due(day(closed, 14))
    assert NamedBallot.objects.count() == 6
    forget_due(day(closed, 183))
    assert not NamedBallot.objects.exists()


def make_open_named(by: Person) -> Consultation:
    from polls.actions.opening import open_consultation
    from polls.models import Mode
    from tests.polls.ballots import make_consultation

    consultation = make_consultation(by, "single", mode=Mode.NAMED)
    consultation.named_readers.add(by)
    return open_consultation(consultation, by)


def test_answers_go_with_the_dossier(finished: Consultation, fatima: Person) -> None:
    finished.dossier = Dossier.objects.create(
        title="Roosters", opened_by=fatima, closed_on=day(finished, 40)
    )
    finished.save()
    assert terms_of(finished).answers == day(finished, 40)
    forget_due(day(finished, 39))
    assert OpenAnswer.objects.exists()
    forget_due(day(finished, 40))
    assert not OpenAnswer.objects.exists()


def test_terms_can_be_set_shorter_but_not_longer(settings: object) -> None:
    settings.MARKS_KEPT_DAYS, settings.ANSWERS_KEPT_DAYS = 3, 30  # type: ignore[attr-defined]
    assert (days_for_marks(), days_for_answers()) == (3, 30)
    settings.MARKS_KEPT_DAYS, settings.ANSWERS_KEPT_DAYS = 90, 900  # type: ignore[attr-defined]
    assert (days_for_marks(), days_for_answers()) == (14, 183)


def test_a_running_one_has_no_terms_yet(fatima: Person) -> None:
    make_people(8)
    consultation = make_open(fatima, "single")
    forget_due(timezone.localdate() + dt.timedelta(days=400))
    assert terms_of(consultation).marks is None
    assert Elector.objects.exists()


def test_the_terms_are_shown_to_the_council(
    finished: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    page = sign_in(fatima).get(reverse("polls:desk", args=[finished.key])).content.decode()
    assert f"vergeten op {date_format(day(finished, 14))}" in page
    assert f"uiterlijk op {date_format(day(finished, 183))}" in page


def test_closing_goes_on_without_a_broker(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any, fatima: Person
) -> None:
    make_people(6)
    consultation = make_open(fatima, "single")

    def away(pk: int) -> None:
        raise OSError

    monkeypatch.setattr("polls.actions.closing._wake", away)
    with django_capture_on_commit_callbacks(execute=True):
        assert close_consultation(consultation, fatima)
    assert count_ballots(consultation.pk)
