"""The prepared door to one consultation lets in exactly whom the door itself lets in."""

from __future__ import annotations

import itertools

import pytest
from django.utils import timezone

from dossiers.models import Dossier, Secrecy
from people.models import Person
from polls.models import Consultation, Elector, Release, ReleaseAudience, State
from polls.standing import Standing, approach
from tests.polls.ballots import make_consultation

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(
    sanne: Person, omar: Person, fatima: Person, joris: Person, bakker: Person, wim: Person
) -> list[Person]:
    return [sanne, omar, fatima, joris, bakker, wim]


def consultations(by: Person, invited: Person, kinds: list[Dossier | None]) -> list[Consultation]:
    """One in each state, released to each audience or none, under each dossier."""
    made = []
    audiences = (None, ReleaseAudience.STAFF, ReleaseAudience.DIRECTOR)
    for state, audience, dossier in itertools.product(State, audiences, kinds):
        one = make_consultation(by)
        Consultation.objects.filter(pk=one.pk).update(
            state=state, opened_at=timezone.now(), dossier=dossier
        )
        if state != State.DRAFT:
            Elector.objects.create(consultation=one, person=invited)
        if audience:
            Release.objects.create(consultation=one, audience=audience, payload={})
        made.append(one)
    return made


@pytest.mark.long
def test_for_everybody_in_every_state(
    everybody: list[Person], sanne: Person, fatima: Person
) -> None:
    open_dossier = Dossier.objects.create(title="Roosters", opened_by=fatima)
    secret_dossier = Dossier.objects.create(title="Fusie", opened_by=fatima)
    secrecy = Secrecy.objects.create(dossier=secret_dossier, imposed_by="bestuurder", scope="x")
    secrecy.exempt.add(fatima)
    seen = set()
    for one in consultations(fatima, sanne, [None, open_dossier, secret_dossier]):
        for person in everybody:
            expected = Consultation.objects.visible_to(person).filter(pk=one.pk).first()
            found = approach(person, one.key)
            assert (found.consultation if found else None) == expected
            seen.add((found is not None, person.pk))
            if found and expected:
                for field in Consultation._meta.concrete_fields:
                    name = field.attname
                    assert getattr(found.consultation, name) == getattr(expected, name)
                assert found.consultation.questionnaire == expected.questionnaire
                assert (found.invitation is not None) == (
                    person == sanne and expected.state != State.DRAFT
                )
    assert len(seen) == 10  # Fatima finds everything, Wim nothing, the other four some


def test_the_invitation_is_ones_own(sanne: Person, omar: Person, fatima: Person) -> None:
    one = make_consultation(fatima)
    now = timezone.now()
    Consultation.objects.filter(pk=one.pk).update(state=State.OPEN, opened_at=now)
    Elector.objects.create(consultation=one, person=sanne, took_part=True)
    Elector.objects.create(consultation=one, person=omar, by_code=True)
    standings = []
    for person in (sanne, omar, fatima):
        found = approach(person, one.key)
        assert found
        standings.append(found.standing)
    assert standings == [Standing.ANSWERED, Standing.BY_CODE, Standing.NOT_INVITED]


def test_a_person_without_any_part_in_it_finds_nothing(wim: Person, fatima: Person) -> None:
    assert approach(wim, make_consultation(fatima).key) is None
