"""The one door to consultations: who finds which one."""

import pytest

from people.models import Person
from polls.models import (
    Consultation,
    Elector,
    Questionnaire,
    Release,
    ReleaseAudience,
    State,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(fatima: Person) -> Consultation:
    questionnaire = Questionnaire.objects.create(title="Roosters", created_by=fatima)
    return Consultation.objects.create(
        title="Roosters", questionnaire=questionnaire, created_by=fatima
    )


def test_a_draft_is_seen_by_the_council_only(
    consultation: Consultation, fatima: Person, sanne: Person, bakker: Person, wim: Person
) -> None:
    Elector.objects.create(consultation=consultation, person=sanne)
    assert Consultation.objects.visible_to(fatima).get() == consultation
    for person in (sanne, bakker, wim):
        assert not Consultation.objects.visible_to(person).exists()


def test_an_open_one_is_seen_by_those_invited(
    consultation: Consultation, sanne: Person, omar: Person
) -> None:
    Elector.objects.create(consultation=consultation, person=sanne)
    consultation.state, consultation.opened_at = State.OPEN, consultation.created_at
    consultation.save()
    assert Consultation.objects.visible_to(sanne).get() == consultation
    assert not Consultation.objects.visible_to(omar).exists()


def test_a_release_reaches_exactly_its_audience(
    consultation: Consultation, sanne: Person, bakker: Person, wim: Person, eva: Person
) -> None:
    release = Release.objects.create(
        consultation=consultation, audience=ReleaseAudience.DIRECTOR, payload={}
    )
    assert Consultation.objects.visible_to(bakker).exists()
    assert not Consultation.objects.visible_to(sanne).exists()
    release.audience = ReleaseAudience.STAFF
    release.save()
    assert Consultation.objects.visible_to(sanne).exists()
    for person in (wim, eva):
        assert not Consultation.objects.visible_to(person).exists()
