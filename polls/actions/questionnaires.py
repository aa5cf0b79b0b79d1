"""Making, changing and copying questionnaires. Every change raises the revision."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from people.log import log_act
from people.models import Person
from polls.models import Axis, Choice, Consultation, Question, Questionnaire, Section, Wording
from polls.questions.schema import Kind


@dataclass(frozen=True)
class NewQuestion:
    """A question to be made, with its choices as plain texts in order."""

    kind: Kind
    text: str
    help_text: str = ""
    choices: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    other: str = ""
    """The text of "other, namely" at the end; empty for none."""
    required: bool = False
    settings: dict[str, Any] = field(default_factory=dict)
    is_background: bool = False


@dataclass(frozen=True)
class NewSection:
    """A section to be made."""

    title: str
    questions: tuple[NewQuestion, ...]
    text: str = ""


def make_consultation(
    draft: Consultation,
    *,
    by: Person,
    title: str,
    sections: tuple[NewSection, ...] = (),
    introduction: str = "",
    template: Questionnaire | None = None,
) -> Consultation:
    """Save ``draft`` with its own questionnaire: of ``sections``, or a copy of ``template``."""
    with transaction.atomic():
        if template is not None:
            questionnaire = copy_questionnaire(template, by=by, title=title)
            if introduction:
                questionnaire.introduction = introduction
                questionnaire.save(update_fields=["introduction"])
        else:
            questionnaire = make_questionnaire(
                by=by, title=title, introduction=introduction, sections=sections
            )
        draft.title = title[:200]
        draft.questionnaire = questionnaire
        draft.created_by = by
        draft.save()
        log_act(by, "polls.make", draft)
    return draft


def make_questionnaire(
    *, by: Person | None, title: str, introduction: str = "", sections: tuple[NewSection, ...] = ()
) -> Questionnaire:
    """A new questionnaire; questions are coded q1, q2, ... and choices c1, c2, ..."""
    with transaction.atomic():
        made = Questionnaire.objects.create(
            title=title[:200], introduction=introduction, created_by=by
        )
        number = 0
        for at, new in enumerate(sections or (NewSection("", ()),)):
            section = Section.objects.create(
                questionnaire=made, position=at, title=new.title, text=new.text
            )
            for place, question in enumerate(new.questions):
                number += 1
                add_question(section, question, code=f"q{number}", position=place)
    return made


def add_question(section: Section, new: NewQuestion, *, code: str, position: int) -> Question:
    """Write one question and its choices; the caller raises the revision."""
    question = Question.objects.create(
        questionnaire_id=section.questionnaire_id,
        section=section,
        code=code,
        position=position,
        kind=new.kind.value,
        text=new.text,
        help_text=new.help_text,
        required=new.required,
        settings=new.settings,
        is_background=new.is_background,
    )
    texts = [*new.choices, *([new.other] if new.other else [])]
    choices = [
        Choice(
            question=question,
            axis=Axis.CHOICE,
            code=f"c{n}",
            position=n,
            text=text,
            is_other=bool(new.other) and n == len(texts),
        )
        for n, text in enumerate(texts, start=1)
    ]
    rows = [
        Choice(question=question, axis=Axis.ROW, code=f"r{n}", position=n, text=text)
        for n, text in enumerate(new.rows, start=1)
    ]
    Choice.objects.bulk_create([*choices, *rows])
    return question


def copy_questionnaire(
    source: Questionnaire, *, by: Person | None, title: str, template_name: str = ""
) -> Questionnaire:
    """A copy with everything in it; with ``template_name``, a template for the library."""
    with transaction.atomic():
        made = Questionnaire.objects.create(
            title=title[:200],
            introduction=source.introduction,
            language=source.language,
            languages=source.languages,
            is_template=bool(template_name),
            template_name=template_name,
            created_by=by,
        )
        moved: dict[str, str] = {}
        for section in source.sections.order_by("position", "pk"):
            copied = Section.objects.create(
                questionnaire=made,
                position=section.position,
                title=section.title,
                text=section.text,
                show_if=section.show_if,
                jumps=section.jumps,
            )
            moved[f"section:{section.pk}:"] = f"section:{copied.pk}:"
            for question in section.questions.order_by("position", "pk"):
                copy_question(question, copied, code=question.code, position=question.position)
        Wording.objects.bulk_create(
            Wording(
                questionnaire=made,
                language=wording.language,
                ref=_moved(wording.ref, moved),
                text=wording.text,
            )
            for wording in source.wordings.all()
        )
    return made


def copy_question(source: Question, section: Section, *, code: str, position: int) -> Question:
    """A copy of one question in ``section``; the caller raises the revision."""
    question = Question.objects.create(
        questionnaire_id=section.questionnaire_id,
        section=section,
        code=code,
        position=position,
        kind=source.kind,
        text=source.text,
        help_text=source.help_text,
        required=source.required,
        settings=source.settings,
        show_if=source.show_if,
        image=source.image,
        image_alt=source.image_alt,
        is_background=source.is_background,
    )
    Choice.objects.bulk_create(
        Choice(
            question=question,
            axis=choice.axis,
            code=choice.code,
            position=choice.position,
            text=choice.text,
            is_other=choice.is_other,
        )
        for choice in source.choices.all()
    )
    return question


def _moved(ref: str, moved: dict[str, str]) -> str:
    start = next((old for old in moved if ref.startswith(old)), None)
    return ref if start is None else moved[start] + ref.removeprefix(start)


def raise_revision(questionnaire: Questionnaire) -> None:
    """Call inside the transaction of every change: what was built from the rows is then stale."""
    Questionnaire.objects.filter(pk=questionnaire.pk).update(revision=F("revision") + 1)
    questionnaire.refresh_from_db(fields=["revision"])


def reword(consultation: Consultation, title: str, introduction: str) -> None:
    """Give a draft another title and introduction."""
    with transaction.atomic():
        questionnaire = consultation.questionnaire
        questionnaire.title, questionnaire.introduction = title, introduction
        questionnaire.save(update_fields=["title", "introduction"])
        consultation.title = title
        consultation.save(update_fields=["title"])
        raise_revision(questionnaire)
