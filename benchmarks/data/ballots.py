"""A poll, everyone invited to it, and their sessions."""

import datetime as dt
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from people.models import Appointment, Person, Role, Unit
from polls.actions.opening import open_consultation
from polls.models import (
    Choice,
    Consultation,
    ConsultationKind,
    Elector,
    Question,
    Questionnaire,
    Section,
)


def make_poll(people: int) -> tuple[str, list[str]]:
    """A running poll of one question for ``people``; its path, and a session key of each."""
    unit = Unit.objects.create(name="Verpleging")
    staff = Person.objects.bulk_create(
        Person(family_name=f"Nummer {n}", staff_number=f"{n:06d}", unit=unit, password="!")
        for n in range(people)
    )
    chair = Person.objects.create(family_name="Berg", email="or@delinde.example", password="!")
    Appointment.objects.create(person=chair, role=Role.CHAIR)
    questionnaire = Questionnaire.objects.create(title="Nieuwe roosters", created_by=chair)
    section = Section.objects.create(questionnaire=questionnaire, position=0)
    question = Question.objects.create(
        questionnaire=questionnaire, section=section, code="q1", kind="single", text="Wil je dit?"
    )
    for number, text in enumerate(("Ja", "Nee", "Weet ik niet"), start=1):
        Choice.objects.create(question=question, code=f"c{number}", text=text, position=number)
    consultation = open_consultation(
        Consultation.objects.create(
            kind=ConsultationKind.POLL,
            title=questionnaire.title,
            questionnaire=questionnaire,
            created_by=chair,
            closes_at=timezone.now() + dt.timedelta(days=7),
        ),
        chair,
    )
    return consultation.get_absolute_url(), [_session(person) for person in staff]


def _session(person: Person) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def count_participations() -> int:
    """How many took part."""
    return Elector.objects.filter(took_part=True).count()
