"""A survey of ten questions, everyone invited to it, and their sessions."""

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
    UrnEntry,
)

KINDS = (
    *("single", "single", "single", "yes_no", "scale"),
    *("scale", "multiple", "number", "short_text", "long_text"),
)


def make_survey(people: int) -> tuple[str, list[str]]:
    """A running survey of ten questions for ``people``; its path, and a session key of each."""
    units = [Unit.objects.create(name=f"Afdeling {number}") for number in range(6)]
    staff = Person.objects.bulk_create(
        Person(family_name=f"Nummer {n}", staff_number=f"{n:06d}", unit=units[n % 6], password="!")
        for n in range(people)
    )
    chair = Person.objects.create(family_name="Berg", email="or@delinde.example", password="!")
    Appointment.objects.create(person=chair, role=Role.CHAIR)
    consultation = open_consultation(
        Consultation.objects.create(
            kind=ConsultationKind.SURVEY,
            title="Nieuwe roosters",
            questionnaire=_ten_questions(chair),
            created_by=chair,
            closes_at=timezone.now() + dt.timedelta(days=7),
            breakdown="unit",
        ),
        chair,
    )
    return consultation.get_absolute_url(), sign_in(staff)


def _ten_questions(chair: Person) -> Questionnaire:
    questionnaire = Questionnaire.objects.create(title="Nieuwe roosters", created_by=chair)
    section = Section.objects.create(questionnaire=questionnaire, position=0)
    for at, kind in enumerate(KINDS, start=1):
        question = Question.objects.create(
            questionnaire=questionnaire,
            section=section,
            code=f"q{at}",
            kind=kind,
            position=at,
            required=at < 4,
            text=f"Wat vind je van punt {at} van het voorstel?",
        )
        if kind in ("single", "multiple"):
            for number, text in enumerate(("Goed", "Kan beter", "Slecht", "Weet niet"), start=1):
                Choice.objects.create(
                    question=question, code=f"c{number}", text=text, position=number
                )
    return questionnaire


def sign_in(staff: list[Person]) -> list[str]:
    """A running session of each; what the cookies hold."""
    engine = import_module(settings.SESSION_ENGINE)
    rows, cookies = [], []
    for person in staff:
        session = engine.SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session._session_key = session._get_new_session_key()
        rows.append(session.create_model_instance(dict(session.items())))
        cookies.append(str(session.session_key))
    session.model.objects.bulk_create(rows, batch_size=2000)
    return cookies


def count_participations() -> tuple[int, int]:
    """How many took part, and how many envelopes wait."""
    return Elector.objects.filter(took_part=True).count(), UrnEntry.objects.count()
