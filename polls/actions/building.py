"""Changing the shape of a draft: sections and questions added, moved, copied, taken out.

Every act locks the questionnaire, refuses once its consultation is no draft any more, and raises
the revision.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from polls.actions.questionnaires import NewQuestion, add_question, copy_question
from polls.models import Consultation, Question, Questionnaire, Section, State


class NotADraft(Exception):
    """What is asked can no longer be changed: it was opened, or waits to open."""


@contextmanager
def changing(questionnaire: Questionnaire) -> Iterator[Questionnaire]:
    """A transaction in which the questionnaire is locked and still a draft (or a template)."""
    with transaction.atomic():
        locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        states = Consultation.objects.filter(questionnaire=locked).values_list("state", flat=True)
        if any(state != State.DRAFT for state in states):
            raise NotADraft
        yield locked
        Questionnaire.objects.filter(pk=locked.pk).update(revision=F("revision") + 1)
    questionnaire.refresh_from_db(fields=["revision"])


def add_section(questionnaire: Questionnaire, title: str = "") -> Section:
    """A new section at the end."""
    with changing(questionnaire) as locked:
        last = locked.sections.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        return Section.objects.create(questionnaire=locked, position=position, title=title)


def edit_section(section: Section, fields: dict[str, Any]) -> None:
    """Write ``fields`` (title, text, show_if, jumps)."""
    with changing(section.questionnaire):
        Section.objects.filter(pk=section.pk).update(**fields)


def remove_section(section: Section) -> None:
    """Take out a section with its questions; jumps to later sections keep their targets."""
    with changing(section.questionnaire) as locked:
        before = _section_order(locked)
        after = [pk for pk in before if pk != section.pk]
        section.delete()
        _number_sections(locked, after, before)


def move_section(section: Section, to: int) -> None:
    """Put a section at place ``to`` (from 0); jumps keep their targets."""
    with changing(section.questionnaire) as locked:
        before = _section_order(locked)
        after = [pk for pk in before if pk != section.pk]
        after.insert(max(0, min(to, len(after))), section.pk)
        _number_sections(locked, after, before)


def add_question_to(section: Section, new: NewQuestion) -> Question:
    """A new question at the end of ``section``."""
    with changing(section.questionnaire) as locked:
        position = section.questions.count()
        return add_question(section, new, code=_fresh_code(locked), position=position)


def duplicate_question(question: Question) -> Question:
    """A copy right after ``question``, under a code of its own."""
    with changing(question.questionnaire) as locked:
        made = copy_question(question, question.section, code=_fresh_code(locked), position=0)
        order = _question_order(question.section_id)
        order.remove(made.pk)
        order.insert(order.index(question.pk) + 1, made.pk)
        _number_questions(question.section_id, order)
        return made


def remove_question(question: Question) -> None:
    """Take out one question. What depended on it is reported by ``polls.questions.checks``."""
    with changing(question.questionnaire):
        section = question.section_id
        question.delete()
        _number_questions(section, _question_order(section))


def move_question(question: Question, section: Section, to: int) -> None:
    """Put ``question`` at place ``to`` (from 0) in ``section`` of the same questionnaire."""
    assert section.questionnaire_id == question.questionnaire_id
    with changing(question.questionnaire):
        left = question.section_id
        Question.objects.filter(pk=question.pk).update(section=section)
        order = [pk for pk in _question_order(section.pk) if pk != question.pk]
        order.insert(max(0, min(to, len(order))), question.pk)
        _number_questions(section.pk, order)
        if left != section.pk:
            _number_questions(left, _question_order(left))


def _fresh_code(questionnaire: Questionnaire) -> str:
    taken = set(questionnaire.questions.values_list("code", flat=True))
    number = len(taken) + 1
    while f"q{number}" in taken:
        number += 1
    return f"q{number}"


def _question_order(section_pk: int) -> list[int]:
    rows = Question.objects.filter(section=section_pk).order_by("position", "pk")
    return list(rows.values_list("pk", flat=True))


def _number_questions(section_pk: int, order: list[int]) -> None:
    rows = {row.pk: row for row in Question.objects.filter(section=section_pk)}
    for place, pk in enumerate(order):
        rows[pk].position = place
    Question.objects.bulk_update(rows.values(), ["position"])


def _section_order(questionnaire: Questionnaire) -> list[int]:
    return list(questionnaire.sections.order_by("position", "pk").values_list("pk", flat=True))


def _number_sections(questionnaire: Questionnaire, after: list[int], before: list[int]) -> None:
    """Number the sections anew; a jump names its target by number, so it moves along.

    A jump to a section that is gone goes to the one that stood after it, at most to the end.
    """
    rows = {row.pk: row for row in questionnaire.sections.all()}
    targets = {}
    for at in range(len(before) + 1):
        follower = next((pk for pk in before[at:] if pk in rows), None)
        targets[at] = len(after) if follower is None else after.index(follower)
    for place, pk in enumerate(after):
        row = rows[pk]
        row.position = place
        row.jumps = [{**jump, "to": targets.get(jump["to"], jump["to"])} for jump in row.jumps]
    Section.objects.bulk_update(rows.values(), ["position", "jumps"])
