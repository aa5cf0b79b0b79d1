"""Editing one question: freely while it is a draft, typing errors only once answers are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction

from people.log import log_act
from people.models import Person
from polls.actions.building import changing
from polls.actions.questionnaires import raise_revision
from polls.models import Axis, Choice, Consultation, Question, Questionnaire
from polls.questions.corrections import is_correction


class ChangesMeaning(Exception):
    """The edit is more than a typing error; answers were given to the question as it stood."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        super().__init__(texts)
        self.texts = list(texts)
        """Each as it stands, and as it was to become."""


@dataclass(frozen=True)
class Edit:
    """What a question is to become. ``image`` None keeps it, an empty text takes it away."""

    fields: dict[str, Any]
    choices: Sequence[str] = ()
    other: str = ""
    rows: Sequence[str] = ()
    image: File[bytes] | str | None = None


def edit_question(question: Question, edit: Edit) -> None:
    """Write ``edit`` to a question of a draft; choices that stay keep their codes."""
    with changing(question.questionnaire):
        for name, value in edit.fields.items():
            setattr(question, name, value)
        if edit.image is not None:
            question.image = edit.image
        question.save()
        _write_choices(
            question, Axis.CHOICE, [*edit.choices, *([edit.other] if edit.other else [])]
        )
        _write_choices(question, Axis.ROW, edit.rows)
        last = question.choices.filter(axis=Axis.CHOICE).order_by("-position").first()
        question.choices.filter(is_other=True).update(is_other=False)
        if edit.other and last is not None:
            Choice.objects.filter(pk=last.pk).update(is_other=True)


def _write_choices(question: Question, axis: Axis, texts: Sequence[str]) -> None:
    """Make the choices of ``axis`` read ``texts``.

    A text that stays keeps its code wherever it moves; a text that changed in place keeps the code
    of the one it replaced, so conditions and translations stay with it.
    """
    stored = list(question.choices.filter(axis=axis).order_by("position", "pk"))
    by_text = {choice.text: choice for choice in reversed(stored)}
    kept: dict[int, Choice] = {
        at: by_text.pop(text) for at, text in enumerate(texts) if text in by_text
    }
    staying = {choice.pk for choice in kept.values()}
    free = {at: choice for at, choice in enumerate(stored) if choice.pk not in staying}
    letter = "c" if axis is Axis.CHOICE else "r"
    taken = {choice.code for choice in stored}
    new = []
    for at, text in enumerate(texts):
        choice = kept.get(at) or free.pop(at, None)
        if choice is None:
            choice = Choice(question=question, axis=axis, code=_fresh(letter, taken))
            new.append(choice)
        choice.position, choice.text = at + 1, text
        kept[at] = choice
    Choice.objects.filter(pk__in=[choice.pk for choice in free.values()]).delete()
    Choice.objects.bulk_create(new)
    changed = [choice for choice in kept.values() if choice not in new]
    Choice.objects.bulk_update(changed, ["position", "text"])


def _fresh(letter: str, taken: set[str]) -> str:
    number = next(n for n in range(1, len(taken) + 2) if f"{letter}{n}" not in taken)
    taken.add(f"{letter}{number}")
    return f"{letter}{number}"


@dataclass(frozen=True)
class Correction:
    """New wordings for a question that is being answered: its texts, and choices by code."""

    text: str
    help_text: str
    choices: dict[tuple[str, str], str]
    """(axis, code) to text."""


def correct_question(
    consultation: Consultation, question: Question, correction: Correction, by: Person
) -> bool:
    """Put typing errors right after the opening, and log that it was done; False for no change.

    Raises ``ChangesMeaning`` where a text would change by more than that.
    """
    with transaction.atomic():
        Questionnaire.objects.select_for_update().get(pk=question.questionnaire_id)
        stored = {(c.axis, c.code): c for c in question.choices.all()}
        pairs = [(question.text, correction.text), (question.help_text, correction.help_text)]
        known = {at: text for at, text in correction.choices.items() if at in stored}
        pairs += [(stored[at].text, text) for at, text in known.items()]
        changed = [(before, after) for before, after in pairs if before != after]
        refused = [pair for pair in changed if not is_correction(*pair)]
        if refused:
            raise ChangesMeaning(refused)
        if not changed:
            return False
        question.text, question.help_text = correction.text, correction.help_text
        question.save(update_fields=["text", "help_text"])
        for at, text in known.items():
            stored[at].text = text
        Choice.objects.bulk_update(stored.values(), ["text"])
        raise_revision(question.questionnaire)
        log_act(by, "polls.edit", consultation)
    return True
