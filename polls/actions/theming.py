"""Themes in open answers: made, renamed, merged, split and assigned by people.

Themes belong to one question of one consultation. None of it touches an answer's text, and a
release that was made keeps the counts it was made with.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from people.log import log_act
from people.models import Person
from polls.models import Consultation, OpenAnswer, Theme

MOST_THEMES = 60
"""A list longer than this is no help in reading."""


class NameTaken(ValueError):
    """Another theme of this question is called so."""


class TooMany(ValueError):
    """The question has as many themes as are of use."""


def add_theme(consultation: Consultation, question: str, name: str, by: Person) -> Theme:
    """A new, empty theme; a suggested one of the same name makes room. Raises ``NameTaken`` and
    ``TooMany``."""
    with transaction.atomic():
        theme = _make(consultation, question, name)
        log_act(by, "polls.theme", consultation)
    return theme


def rename_theme(theme: Theme, name: str, by: Person) -> None:
    """Call ``theme`` something else. Raises ``NameTaken``."""
    with transaction.atomic():
        _free_name(theme.consultation, theme.question, name, besides=theme)
        theme.name = name
        theme.save(update_fields=["name"])
        log_act(by, "polls.theme", theme.consultation)


def merge_themes(theme: Theme, into: Theme, by: Person) -> None:
    """Everything under ``theme`` stands under ``into`` from now on, once; ``theme`` is gone."""
    assert theme.question == into.question
    assert theme.consultation_id == into.consultation_id
    with transaction.atomic():
        into.answers.add(*theme.answers.values_list("pk", flat=True))
        theme.delete()
        log_act(by, "polls.theme", into.consultation)


def split_theme(theme: Theme, name: str, answers: Collection[UUID], by: Person) -> Theme:
    """``answers`` leave ``theme`` for a new one. Raises ``NameTaken`` and ``TooMany``."""
    with transaction.atomic():
        chosen = list(theme.answers.filter(key__in=answers))
        new = _make(theme.consultation, theme.question, name)
        new.answers.add(*chosen)
        theme.answers.remove(*chosen)
        log_act(by, "polls.theme", theme.consultation)
    return new


def delete_theme(theme: Theme, by: Person) -> None:
    """Drop ``theme``; the answers stay."""
    with transaction.atomic():
        consultation = theme.consultation
        theme.delete()
        log_act(by, "polls.theme", consultation)


def assign(theme: Theme, answers: Collection[UUID], by: Person) -> int:
    """Put ``answers`` under ``theme`` too; gives how many were meant."""
    with transaction.atomic():
        chosen = _answers(theme, answers)
        theme.answers.add(*chosen)
        log_act(by, "polls.theme", theme.consultation)
    return len(chosen)


def unassign(theme: Theme, answers: Collection[UUID], by: Person) -> int:
    """Take ``answers`` off ``theme``; gives how many were meant."""
    with transaction.atomic():
        chosen = _answers(theme, answers)
        theme.answers.remove(*chosen)
        log_act(by, "polls.theme", theme.consultation)
    return len(chosen)


def accept_suggestion(theme: Theme, name: str, answers: Collection[UUID], by: Person) -> None:
    """Make a suggested theme a real one under ``name``, with those of its answers that were
    confirmed. Raises ``NameTaken``."""
    assert theme.is_suggested
    with transaction.atomic():
        _free_name(theme.consultation, theme.question, name, besides=theme)
        theme.answers.set(theme.answers.filter(key__in=answers))
        theme.name = name
        theme.is_suggested = False
        theme.position = _next_position(theme.consultation, theme.question)
        theme.save(update_fields=["name", "is_suggested", "position"])
        log_act(by, "polls.theme", theme.consultation)


def _make(consultation: Consultation, question: str, name: str) -> Theme:
    _free_name(consultation, question, name)
    real = Theme.objects.filter(consultation=consultation, question=question, is_suggested=False)
    if real.count() >= MOST_THEMES:
        raise TooMany
    return Theme.objects.create(
        consultation=consultation,
        question=question,
        name=name,
        position=_next_position(consultation, question),
    )


def _free_name(
    consultation: Consultation, question: str, name: str, besides: Theme | None = None
) -> None:
    """Refuse a name that is taken; what was only suggested gives its name up."""
    same = Theme.objects.filter(consultation=consultation, question=question, name__iexact=name)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.filter(is_suggested=False).exists():
        raise NameTaken(name)
    same.delete()


def _next_position(consultation: Consultation, question: str) -> int:
    themes = Theme.objects.filter(consultation=consultation, question=question, is_suggested=False)
    last = themes.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _answers(theme: Theme, keys: Collection[UUID]) -> list[OpenAnswer]:
    """Those of ``keys`` that answer the theme's own question."""
    return list(
        OpenAnswer.objects.filter(
            consultation=theme.consultation_id, question=theme.question, key__in=keys
        )
    )
