"""Question hours as the council runs them: planning, screening, answering, minutes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from live import actions, rules
from live.forms import (
    AnswerForm,
    DeclineForm,
    HandOverForm,
    MinutesForm,
    QuestionHourForm,
)
from live.models import Question, QuestionHour
from people.guards import SignedInRequest, permit, signed_in
from people.models import Person


@signed_in
def plan(request: SignedInRequest, key: str | None = None) -> HttpResponse:
    """Plan a question hour, or change one."""
    hour = _hour(request.user, key) if key else None
    permit(rules.may_organise(request.user))
    form = QuestionHourForm(
        request.POST if request.method == "POST" else None, instance=hour, person=request.user
    )
    if request.method == "POST" and form.is_valid():
        planned = actions.plan(form.save(commit=False), request.user)
        messages.success(request, _("Saved."))
        return redirect("live:desk", planned.key)
    return render(
        request,
        "live/plan.html",
        {"form": form, "hour": hour},
        status=400 if form.errors else 200,
    )


@signed_in
def desk(request: SignedInRequest, key: str) -> HttpResponse:
    """The council's desk: questions to screen, to answer, to hand over; the next step."""
    hour = _hour(request.user, key)
    permit(rules.may_organise(request.user))
    return _desk(request, hour)


@require_POST
@signed_in
def move(request: SignedInRequest, key: str, step: str) -> HttpResponse:
    """Announce, start or finish the hour."""
    steps: dict[str, Callable[[QuestionHour, Person], None]] = {
        "aankondigen": actions.announce,
        "beginnen": actions.start,
        "afsluiten": actions.finish,
    }
    hour = _hour(request.user, key)
    permit(rules.may_organise(request.user))
    try:
        steps[step](hour, request.user)
    except actions.WrongState:
        messages.info(request, _("Someone was ahead of you: this is how it stands now."))
    return redirect("live:desk", hour.key)


@require_POST
@signed_in
def publish_minutes(request: SignedInRequest, key: str) -> HttpResponse:
    """Publish the minutes, with every answer."""
    hour = _hour(request.user, key)
    permit(rules.may_organise(request.user))
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return _desk(request, hour, minutes_form=form, status=400)
    try:
        actions.publish_minutes(hour, request.user, form.cleaned_data["minutes"])
    except actions.WrongState:
        messages.warning(
            request,
            _("Not yet: every open question first needs an answer, or someone and a date."),
        )
        return _desk(request, hour, minutes_form=form, status=400)
    messages.success(request, _("The minutes are published."))
    return redirect(hour)


@require_POST
@signed_in
def accept(request: SignedInRequest, key: str) -> HttpResponse:
    """The question will be dealt with."""
    question = _question(request.user, key)
    return _screened(request, question, lambda: actions.accept(question, request.user))


@require_POST
@signed_in
def decline(request: SignedInRequest, key: str) -> HttpResponse:
    """The question is not dealt with, for a reason."""
    question = _question(request.user, key)
    form = DeclineForm(request.POST, auto_id=f"id_{key}_%s")
    if not form.is_valid():
        return _refused(request, question, "decline", form)
    reason = form.cleaned_data["reason"]
    return _screened(request, question, lambda: actions.decline(question, request.user, reason))


@require_POST
@signed_in
def answer(request: SignedInRequest, key: str) -> HttpResponse:
    """Write an answer down."""
    question = _question(request.user, key)
    form = AnswerForm(request.POST, auto_id=f"id_{key}_%s")
    if not form.is_valid():
        return _refused(request, question, "answer", form)
    text = form.cleaned_data["text"]
    return _screened(request, question, lambda: actions.answer(question, request.user, text))


@require_POST
@signed_in
def hand_over(request: SignedInRequest, key: str) -> HttpResponse:
    """Give a question to someone who finds it out before a date."""
    question = _question(request.user, key)
    form = HandOverForm(request.POST, auto_id=f"id_{key}_%s")
    if not form.is_valid():
        return _refused(request, question, "hand_over", form)
    owner, due_on = form.cleaned_data["owner"], form.cleaned_data["due_on"]
    return _screened(
        request, question, lambda: actions.hand_over(question, request.user, owner, due_on)
    )


Form = DeclineForm | AnswerForm | HandOverForm


@dataclass
class OnDesk:
    """A question on the council's desk, with the forms of what can be done with it.

    ``refused`` names the form that came back with errors, or is empty.
    """

    question: Question
    answer: Form
    hand_over: Form
    decline: Form
    refused: str = ""


def _hour(person: Person, key: str) -> QuestionHour:
    return get_object_or_404(
        QuestionHour.objects.visible_to(person).select_related("dossier"), key=key
    )


def _question(person: Person, key: str) -> Question:
    question = get_object_or_404(
        Question.objects.visible_to(person).select_related("question_hour"), key=key
    )
    permit(rules.may_organise(person))
    return question


def _screened(
    request: SignedInRequest, question: Question, act: Callable[[], None]
) -> HttpResponse:
    try:
        act()
    except actions.WrongState:
        messages.info(request, _("Someone was ahead of you: this is how it stands now."))
    return redirect("live:desk", question.question_hour.key)


def _refused(request: SignedInRequest, question: Question, act: str, form: Form) -> HttpResponse:
    return _desk(request, question.question_hour, refused=(question, act, form), status=400)


def _desk(
    request: SignedInRequest,
    hour: QuestionHour,
    minutes_form: MinutesForm | None = None,
    refused: tuple[Question, str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    questions = list(hour.questions.select_related("author", "owner").by_support())
    on_desk = [_on_desk(question, request.user, refused) for question in questions]
    groups = [
        (_("To read"), [item for item in on_desk if item.question.state == "waiting"]),
        (_("To answer"), [item for item in on_desk if item.question.state == "accepted"]),
        (_("Answered"), [item for item in on_desk if item.question.state == "answered"]),
        (_("Not dealt with"), [item for item in on_desk if item.question.state == "declined"]),
    ]
    return render(
        request,
        "live/desk.html",
        {
            "hour": hour,
            "groups": [(title, found) for title, found in groups if found],
            "minutes_form": minutes_form or MinutesForm(initial={"minutes": hour.minutes}),
            "may_publish": rules.may_publish_minutes(request.user, hour),
        },
        status=status,
    )


def _on_desk(
    question: Question, person: Person, refused: tuple[Question, str, Form] | None
) -> OnDesk:
    names = f"id_{question.key}_%s"  # many forms stand on one page, each with ids of its own
    item = OnDesk(
        question,
        answer=AnswerForm(auto_id=names),
        hand_over=HandOverForm(auto_id=names, initial={"owner": person.pk}),
        decline=DeclineForm(auto_id=names),
    )
    if refused and refused[0].pk == question.pk:
        item.refused = refused[1]
        setattr(item, refused[1], refused[2])
    return item
