"""A round of statements with everyone's votes in it, and its counting."""

import datetime as dt
import random
import time

from django.utils import timezone

from people.models import Appointment, Person, Role, Unit
from polls.actions.casting import cast_ballot
from polls.actions.closing import close_consultation, count_ballots
from polls.actions.emptying import empty_urn
from polls.actions.opening import open_consultation
from polls.actions.statements import make_round
from polls.models import Consultation, OpinionMap
from polls.rights import ElectorRight
from polls.statements.voting import answers_of


def make_voted_round(people: int, statements: int) -> int:
    """``people`` of three minds who vote on four in five of ``statements``; its primary key."""
    draw = random.Random(2021)
    unit = Unit.objects.create(name="Verpleging")
    staff = Person.objects.bulk_create(
        Person(family_name=f"Nummer {n}", staff_number=f"{n:06d}", unit=unit, password="!")
        for n in range(people)
    )
    chair = Person.objects.create(family_name="Berg", email="or@delinde.example", password="!")
    Appointment.objects.create(person=chair, role=Role.CHAIR)
    draft = Consultation(closes_at=timezone.now() + dt.timedelta(days=7))
    seeds = [f"Dit is de stelling met nummer {n}" for n in range(statements)]
    made = make_round(draft, by=chair, title="Roosters", introduction="", seeds=seeds)
    consultation = open_consultation(made, chair)
    minds = [[draw.choice(("agree", "disagree")) for _ in seeds] for _mind in range(3)]
    for person in staff:
        mind = draw.choice(minds)
        votes = {
            f"s{n}": vote if draw.random() < 0.85 else "pass"
            for n, vote in enumerate(mind, 1)
            if draw.random() < 0.8
        }
        cast_ballot(ElectorRight(consultation, person), answers_of(votes))
    while empty_urn(consultation.pk):
        pass
    assert close_consultation(consultation, chair)
    return consultation.pk


def count_round(pk: int) -> tuple[float, int]:
    """Open, count, group, protect and destroy, as the worker does; seconds and groups found.

    With the import of scikit-learn, which the worker pays once.
    """
    began = time.perf_counter()
    assert count_ballots(pk)
    took = time.perf_counter() - began
    return took, len(OpinionMap.objects.get(consultation=pk).payload["groups"])
