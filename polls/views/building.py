"""The builder: what a draft asks, written, ordered, copied and taken out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.guards import SignedInRequest, permit, signed_in
from polls import rules
from polls.actions import building
from polls.actions.editing import ChangesMeaning, correct_question, edit_question
from polls.actions.questionnaires import NewQuestion
from polls.forms.building import (
    CorrectionForm,
    NewQuestionForm,
    QuestionForm,
    SectionForm,
)
from polls.forms.conditions import ConditionForm
from polls.forms.jumps import JumpsForm
from polls.forms.together import Together
from polls.models import Consultation, ConsultationKind, Question, Section
from polls.questions.loading import schema_of
from polls.questions.schema import Kind
from polls.views.built import built
from polls.views.desk import consultation_for


def draft_for(request: SignedInRequest, key: UUID) -> Consultation:
    """The council's door to a draft: 404 where it is not seen, 403 where it is no draft."""
    consultation = consultation_for(request, key)
    permit(rules.may_edit(request.user, consultation))
    return consultation


@signed_in
@require_GET
def build(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Every part and question, with what can be done to each."""
    consultation = draft_for(request, key)
    return _page(request, consultation)


def _page(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    shown = built(consultation)
    context = {
        "consultation": consultation,
        "built": shown,
        "new_question": NewQuestionForm(),
        "fault_count": shown.fault_count,
        "has_faults": bool(shown.fault_count),
    }
    template = "polls/build/_parts.html" if request.htmx else "polls/build/page.html"
    return render(request, template, context)


def _changed(request: SignedInRequest, consultation: Consultation, place: str) -> HttpResponse:
    """After a change: the parts anew for script, the page at that place for a browser without."""
    if not request.htmx:
        return redirect(_built_at(consultation.key, place))
    # The change raised the revision in its own row: without it the questions of before would show.
    consultation.questionnaire.refresh_from_db()
    return _page(request, consultation)


def _built_at(key: UUID, place: str) -> str:
    """The builder's address, with the place on it (``q-q2``, ``deel-0``) to come back to."""
    return f"{reverse('polls:build', args=[key])}#{place}"


def _section(consultation: Consultation, at: int) -> Section:
    sections = list(consultation.questionnaire.sections.order_by("position", "pk"))
    if at >= len(sections):
        raise Http404
    return sections[at]


def _question(consultation: Consultation, code: str) -> Question:
    found = Question.objects.select_related("section", "questionnaire").prefetch_related("choices")
    return get_object_or_404(found, questionnaire=consultation.questionnaire_id, code=code)


@signed_in
@require_POST
def add_section(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A new part at the end."""
    consultation = draft_for(request, key)
    building.add_section(consultation.questionnaire)
    last = consultation.questionnaire.sections.count() - 1
    return _changed(request, consultation, f"deel-{last}")


@signed_in
@require_http_methods(["GET", "POST"])
def edit_section(request: SignedInRequest, key: UUID, at: int) -> HttpResponse:
    """Heading, text, condition and jumps of one part."""
    consultation = draft_for(request, key)
    section = _section(consultation, at)
    schema = schema_of(consultation.questionnaire)
    sent = request.POST if request.method == "POST" else None
    form = SectionForm(sent, instance=section)
    condition = ConditionForm(
        sent,
        schema=schema,
        before=(at, 0),
        stored=section.show_if,
    )
    jumps = JumpsForm(sent, schema=schema, at=at, section=section)
    forms = [form, condition, *jumps.forms]
    if sent is not None and all(each.is_valid() for each in forms):
        fields = {**form.cleaned_data, "show_if": condition.stored, "jumps": jumps.stored}
        building.edit_section(section, fields)
        return redirect(_built_at(key, f"deel-{at}"))
    context = {
        "consultation": consultation,
        "section": section,
        "number": at + 1,
        "at": at,
        "form": form,
        "condition": condition,
        "jumps": jumps,
        "together": Together(*forms),
    }
    return render(request, "polls/build/section.html", context, status=200 if sent is None else 400)


@signed_in
@require_POST
def move_section(request: SignedInRequest, key: UUID, at: int) -> HttpResponse:
    """One place up or down, or to the place that was dropped on."""
    consultation = draft_for(request, key)
    to = _place(request, at)
    building.move_section(_section(consultation, at), to)
    return _changed(request, consultation, f"deel-{to}")


@signed_in
@require_POST
def remove_section(request: SignedInRequest, key: UUID, at: int) -> HttpResponse:
    """Take out a part with its questions."""
    consultation = draft_for(request, key)
    building.remove_section(_section(consultation, at))
    return _changed(request, consultation, f"deel-{max(at - 1, 0)}")


@signed_in
@require_POST
def add_question(request: SignedInRequest, key: UUID, at: int) -> HttpResponse:
    """A new question at the end of a part, and on to writing it."""
    consultation = draft_for(request, key)
    form = NewQuestionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a kind of question."))
        return redirect("polls:build", key=key)
    kind = Kind(form.cleaned_data["kind"])
    new = NewQuestion(kind, "", rows=("",) if kind is Kind.MATRIX else ())
    question = building.add_question_to(_section(consultation, at), new)
    return redirect("polls:edit_question", key=key, code=question.code)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_question_page(request: SignedInRequest, key: UUID, code: str) -> HttpResponse:
    """One question: its text, answers, limits, image and condition."""
    consultation = consultation_for(request, key)
    question = _question(consultation, code)
    if not rules.may_edit(request.user, consultation):
        return _correct(request, consultation, question)
    schema = schema_of(consultation.questionnaire)
    is_survey = consultation.kind == ConsultationKind.SURVEY
    back = _built_at(key, f"q-{code}") if is_survey else reverse("polls:desk", args=[key])
    sent = request.POST if request.method == "POST" else None
    form = QuestionForm(sent, None if sent is None else request.FILES, question=question)
    condition = ConditionForm(
        sent,
        schema=schema,
        before=schema.position[code],
        stored=question.show_if,
    )
    if sent is not None and form.is_valid() and condition.is_valid():
        edit = form.edit
        edit.fields["show_if"] = condition.stored
        edit_question(question, edit)
        messages.success(request, _("The question has been saved."))
        return redirect(back)
    context = {
        "consultation": consultation,
        "question": question,
        "number": list(schema.by_code).index(code) + 1,
        "form": form,
        "condition": condition,
        "together": Together(form, condition),
        "back_url": back,
    }
    return render(
        request, "polls/build/question.html", context, status=200 if sent is None else 400
    )


def _correct(
    request: SignedInRequest, consultation: Consultation, question: Question
) -> HttpResponse:
    """Typing errors only, once it was opened; and not any more once it is closed."""
    permit(rules.may_correct(request.user, consultation))
    sent = request.POST if request.method == "POST" else None
    form = CorrectionForm(sent, question=question)
    status = 200 if sent is None else 400
    if sent is not None and form.is_valid():
        try:
            if correct_question(consultation, question, form.correction, request.user):
                messages.success(request, _("The correction has been saved and logged."))
            return redirect("polls:desk", key=consultation.key)
        except ChangesMeaning as refusal:
            status = 409
            for before, after in refusal.texts:
                form.add_error(
                    None,
                    _(
                        "“%(after)s” says something else than “%(before)s”. Answers have been given"
                        " to that, so only typing errors can be put right."
                    )
                    % {"before": before, "after": after},
                )
    context = {"consultation": consultation, "question": question, "form": form}
    return render(request, "polls/build/correction.html", context, status=status)


@signed_in
@require_POST
def move_question(request: SignedInRequest, key: UUID, code: str) -> HttpResponse:
    """Up or down, into the part before or after at the edges; or to where it was dropped."""
    consultation = draft_for(request, key)
    question = _question(consultation, code)
    sections = list(consultation.questionnaire.sections.order_by("position", "pk"))
    at = next(n for n, section in enumerate(sections) if section.pk == question.section_id)
    target = request.POST.get("section", "")
    if target.isdecimal() and int(target) < len(sections):
        building.move_question(question, sections[int(target)], _place(request, 0))
        return _changed(request, consultation, f"q-{code}")
    here = list(question.section.questions.order_by("position", "pk"))
    place = _place(request, here.index(question))
    if place < 0 and at > 0:
        building.move_question(question, sections[at - 1], 10_000)
    elif place >= len(here) and at + 1 < len(sections):
        building.move_question(question, sections[at + 1], 0)
    else:
        building.move_question(question, question.section, place)
    return _changed(request, consultation, f"q-{code}")


def _place(request: SignedInRequest, now: int) -> int:
    step = request.POST.get("step", "")
    if step in ("up", "down"):
        return now - 1 if step == "up" else now + 1
    to = request.POST.get("to", "")
    return int(to) if to.isdecimal() and len(to) < 5 else now


@signed_in
@require_POST
def duplicate_question(request: SignedInRequest, key: UUID, code: str) -> HttpResponse:
    """A copy right below."""
    consultation = draft_for(request, key)
    made = building.duplicate_question(_question(consultation, code))
    return _changed(request, consultation, f"q-{made.code}")


@signed_in
@require_POST
def remove_question(request: SignedInRequest, key: UUID, code: str) -> HttpResponse:
    """Take out one question."""
    consultation = draft_for(request, key)
    question = _question(consultation, code)
    at = consultation.questionnaire.sections.filter(position__lt=question.section.position).count()
    building.remove_question(question)
    return _changed(request, consultation, f"deel-{at}")
