"""Makers for the tests of asking: a questionnaire, an electorate, an open consultation."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from people.models import Person
from polls.actions.casting import cast_ballot
from polls.actions.closing import close_consultation, count_ballots
from polls.actions.opening import open_consultation
from polls.models import (
    Axis,
    Choice,
    Consultation,
    ConsultationKind,
    Elector,
    Question,
    Questionnaire,
    Section,
)
from polls.questions.schema import Answers
from polls.rights import ElectorRight
from tests.cast import make_unit

_staff_numbers = itertools.count(500_001)


def make_questionnaire(by: Person, *kinds: str, background: bool = False) -> Questionnaire:
    """Questions q1, q2 ... of ``kinds``, with choices c1-c3 and rows r1-r2 where the kind has them;
    with ``background`` also ``age`` with the bands b1-b3."""
    questionnaire = Questionnaire.objects.create(title="Nieuwe roosters", created_by=by)
    section = Section.objects.create(questionnaire=questionnaire, position=0)
    for at, kind in enumerate(kinds, start=1):
        add_question(section, f"q{at}", kind, position=at)
    if background:
        age = add_question(section, "age", "single", position=99, is_background=True, choices="b")
        assert age.is_background
    return questionnaire


def add_question(
    section: Section, code: str, kind: str, *, choices: str = "c", **fields: Any
) -> Question:
    """One question in ``section``."""
    question = Question.objects.create(
        questionnaire=section.questionnaire,
        section=section,
        code=code,
        kind=kind,
        text=f"Vraag {code}?",
        **fields,
    )
    if kind in ("single", "multiple", "matrix", "ranking"):
        for number in (1, 2, 3):
            Choice.objects.create(
                question=question,
                code=f"{choices}{number}",
                text=f"Antwoord {number}",
                position=number,
            )
    if kind == "matrix":
        for number in (1, 2):
            Choice.objects.create(
                question=question,
                axis=Axis.ROW,
                code=f"r{number}",
                text=f"Rij {number}",
                position=number,
            )
    return question


def make_people(count: int, unit: str = "Verpleging") -> list[Person]:
    """``count`` employees of ``unit`` at once."""
    home = make_unit(unit)
    made = [
        Person(
            given_name="Noor",
            family_name=f"Visser {number}",
            staff_number=str(number),
            email=f"noor{number}@delinde.example",
            unit=home,
            password="!",
        )
        for number in itertools.islice(_staff_numbers, count)
    ]
    return Person.objects.bulk_create(made)


def make_consultation(by: Person, *kinds: str, **fields: Any) -> Consultation:
    """A draft with questions of ``kinds`` (by default one of one choice), closing in a week."""
    background = bool(fields.pop("background", False))
    questionnaire = make_questionnaire(by, *(kinds or ("single",)), background=background)
    usual = {
        "kind": ConsultationKind.SURVEY,
        "title": questionnaire.title,
        "closes_at": timezone.now() + dt.timedelta(days=7),
    }
    return Consultation.objects.create(
        questionnaire=questionnaire, created_by=by, **{**usual, **fields}
    )


def make_open(by: Person, *kinds: str, **fields: Any) -> Consultation:
    """The same, opened for everyone on the roster."""
    return open_consultation(make_consultation(by, *kinds, **fields), by)


def make_open_to_read(by: Person, **fields: Any) -> Consultation:
    """An open question whose answers colleagues may read along, opened for everyone."""
    draft = make_consultation(by, "long_text", kind=ConsultationKind.OPEN_QUESTION, **fields)
    asked = Question.objects.get(questionnaire=draft.questionnaire, code="q1")
    asked.settings = {"ask_quote": True, "ask_share": True}
    asked.save(update_fields=["settings"])
    return open_consultation(draft, by)


def vote(consultation: Consultation, person: Person, answers: Answers) -> str:
    """``person`` signs in and answers; gives the receipt."""
    groups = Elector.objects.filter(consultation=consultation, person=person).values_list(
        "group", flat=True
    )
    return cast_ballot(ElectorRight(consultation, person, groups.first()), answers)


def close(consultation: Consultation) -> Consultation:
    """Close and count; gives the row as it is then."""
    assert close_consultation(consultation, by=None)
    assert count_ballots(consultation.pk)
    consultation.refresh_from_db()
    return consultation
