"""Making a draft of what was read from another system's file: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from people.models import Person
from polls.actions.questionnaires import make_consultation, raise_revision
from polls.exchange.plan import Plan, PlannedQuestion, PlannedSection, Texts
from polls.models import Axis, Choice, Consultation, Question, Section, Wording


def import_plan(draft: Consultation, plan: Plan, by: Person) -> Consultation:
    """Save ``draft`` with the questionnaire of ``plan``, in all its languages."""
    with transaction.atomic():
        title = _own(plan, plan.titles)[:200]
        made = make_consultation(
            draft, by=by, title=title, introduction=_own(plan, plan.introductions)
        )
        questionnaire = made.questionnaire
        questionnaire.sections.all().delete()
        questionnaire.language, questionnaire.languages = plan.language, plan.languages
        questionnaire.save(update_fields=["language", "languages"])
        wordings = [*_others(plan, "title", plan.titles)]
        wordings += _others(plan, "introduction", plan.introductions)
        for at, planned in enumerate(plan.sections):
            section = Section.objects.create(
                questionnaire=questionnaire,
                position=at,
                title=_own(plan, planned.titles)[:200],
                text=_own(plan, planned.texts),
                show_if=planned.show_if,
            )
            wordings += _others(plan, f"section:{section.pk}:title", planned.titles)
            wordings += _others(plan, f"section:{section.pk}:text", planned.texts)
            wordings += _write_questions(plan, planned, section)
        Wording.objects.bulk_create(
            Wording(questionnaire=questionnaire, language=language, ref=ref, text=text)
            for language, ref, text in wordings
        )
        raise_revision(questionnaire)
    return made


def _write_questions(
    plan: Plan, planned: PlannedSection, section: Section
) -> Iterator[tuple[str, str, str]]:
    for place, asked in enumerate(planned.questions):
        question = Question.objects.create(
            questionnaire_id=section.questionnaire_id,
            section=section,
            code=asked.code,
            kind=asked.kind.value,
            position=place,
            text=_own(plan, asked.texts),
            help_text=_own(plan, asked.helps),
            required=asked.required,
            settings=asked.settings,
            show_if=asked.show_if,
        )
        about = f"question:{asked.code}"
        yield from _others(plan, f"{about}:text", asked.texts)
        yield from _others(plan, f"{about}:help_text", asked.helps)
        yield from _write_choices(plan, asked, question)


def _write_choices(
    plan: Plan, asked: PlannedQuestion, question: Question
) -> Iterator[tuple[str, str, str]]:
    rows = []
    for axis, planned in ((Axis.CHOICE, asked.choices), (Axis.ROW, asked.rows)):
        for place, each in enumerate(planned, start=1):
            rows.append(
                Choice(
                    question=question,
                    axis=axis,
                    code=each.code,
                    position=place,
                    text=_own(plan, each.texts)[:500],
                    is_other=each.is_other,
                )
            )
            yield from _others(plan, f"question:{asked.code}:{axis}:{each.code}", each.texts)
    Choice.objects.bulk_create(rows)


def _own(plan: Plan, texts: Texts) -> str:
    return texts.get(plan.language) or next(iter(texts.values()), "")


def _others(plan: Plan, ref: str, texts: Texts) -> Iterator[tuple[str, str, str]]:
    for language, text in texts.items():
        if language in plan.languages and text:
            yield language, ref, text
