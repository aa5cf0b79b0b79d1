"""The texts of a questionnaire that can stand in another language, each under its ref."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from polls.models import Axis, Question, Questionnaire, Statement


class Text(NamedTuple):
    """One text: the ref its translation is kept under, the original, and whether it is long."""

    ref: str
    original: str
    is_long: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether it is an answer or a row of the question that stands above it."""
        return f":{Axis.CHOICE}:" in self.ref or f":{Axis.ROW}:" in self.ref


def texts_of(questionnaire: Questionnaire) -> Iterator[Text]:
    """Every text that is not empty, in reading order."""
    yield Text("title", questionnaire.title)
    if questionnaire.introduction:
        yield Text("introduction", questionnaire.introduction, is_long=True)
    asked: dict[int, list[Question]] = {}
    rows = questionnaire.questions.order_by("position", "pk").prefetch_related("choices")
    for question in rows:
        asked.setdefault(question.section_id, []).append(question)
    for section in questionnaire.sections.order_by("position", "pk"):
        if section.title:
            yield Text(f"section:{section.pk}:title", section.title)
        if section.text:
            yield Text(f"section:{section.pk}:text", section.text, is_long=True)
        for question in asked.get(section.pk, ()):
            yield from _texts_of_question(question)
    for statement in Statement.objects.filter(consultation__questionnaire=questionnaire).shown():
        yield Text(f"question:{statement.code}:text", statement.text)


def _texts_of_question(question: Question) -> Iterator[Text]:
    about = f"question:{question.code}"
    named = {
        "text": question.text,
        "help_text": question.help_text,
        "image_alt": question.image_alt,
        **{label: question.settings.get(label) for label in ("low_label", "high_label", "unit")},
    }
    for name, original in named.items():
        if original:
            yield Text(f"{about}:{name}", str(original), is_long=len(str(original)) > 80)
    for axis in (Axis.ROW, Axis.CHOICE):
        for choice in question.choices.all():
            if choice.axis == axis:
                yield Text(f"{about}:{axis}:{choice.code}", choice.text)
