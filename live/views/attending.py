"""Question hours as staff meet them: what is announced, asking, following along."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from icalendar import Calendar, Event

from live import actions, rules
from live.forms import QuestionForm
from live.models import HourState, Question, QuestionHour
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.models import Person
from people.rules import may_read_portal


@signed_in
def index(request: SignedInRequest) -> HttpResponse:
    """Question hours to come, going on, and their minutes."""
    person = request.user
    reveal(may_read_portal(person))
    hours = list(QuestionHour.objects.visible_to(person).select_related("dossier")[:100])
    return render(
        request,
        "live/index.html",
        {
            "live_now": [hour for hour in hours if hour.state == HourState.LIVE],
            "coming": [hour for hour in hours if hour.state == HourState.ANNOUNCED],
            "past": [
                hour for hour in hours if hour.state in {HourState.FINISHED, HourState.PUBLISHED}
            ],
            "drafts": [hour for hour in hours if hour.state == HourState.DRAFT],
            "may_organise": rules.may_organise(person),
        },
    )


@signed_in
def question_hour(request: SignedInRequest, key: str) -> HttpResponse:
    """One question hour: when, the questions so far, and a place to ask."""
    hour = _hour(request.user, key)
    return _show(request, hour, QuestionForm(hour=hour))


@require_POST
@signed_in
def ask(request: SignedInRequest, key: str) -> HttpResponse:
    """Put a question; the council reads it first."""
    hour = _hour(request.user, key)
    permit(rules.may_ask(request.user, hour))
    form = QuestionForm(request.POST, hour=hour)
    if not form.is_valid():
        return _show(request, hour, form, status=400)
    author = request.user if form.cleaned_data["signed"] else None
    try:
        actions.ask(hour, form.cleaned_data["text"], author)
    except actions.WrongState:
        messages.warning(request, _("This question hour takes no questions any more."))
    else:
        messages.success(request, _("Thank you. The council reads your question first."))
    return redirect(hour)


@require_POST
@signed_in
def support(request: SignedInRequest, key: str) -> HttpResponse:
    """ "I want to know this too", once each; pressing again takes it back."""
    question = get_object_or_404(
        Question.objects.visible_to(request.user).select_related("question_hour"), key=key
    )
    permit(rules.may_support(request.user, question))
    if not actions.support(question, request.user):
        actions.withdraw_support(question, request.user)
    return redirect(question.question_hour)


@signed_in
def board(request: SignedInRequest, key: str) -> HttpResponse:
    """The questions as a fragment that the live page asks for every three seconds.

    Unchanged since the watcher's last look, it costs one query after sign-in and answers 304.
    """
    hour = _hour(request.user, key)
    tag = f'"{hour.key}-{hour.revision}-{get_language()}-{request.user.pk}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    response = render(request, "live/board.html", _board(request.user, hour))
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


@signed_in
def calendar(request: SignedInRequest, key: str) -> HttpResponse:
    """The hour as a calendar file (RFC 5545)."""
    hour = _hour(request.user, key)
    return HttpResponse(
        _ics(request, hour),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="vragenuur.ics"'},
    )


def _ics(request: HttpRequest, hour: QuestionHour) -> bytes:
    file = Calendar()
    file.add("prodid", "-//ORportaal//vragenuur//NL")
    file.add("version", "2.0")
    event = Event()
    event.add("uid", f"{hour.key}@orportaal")
    event.add("dtstamp", dt.datetime.now(dt.UTC))
    event.add("dtstart", hour.starts_at.astimezone(dt.UTC))
    event.add("dtend", hour.ends_at.astimezone(dt.UTC))
    event.add("summary", hour.title)
    event.add("location", hour.place)
    event.add("url", request.build_absolute_uri(reverse("live:question_hour", args=[hour.key])))
    file.add_component(event)
    content: bytes = file.to_ical()
    return content


def _hour(person: Person, key: str) -> QuestionHour:
    return get_object_or_404(
        QuestionHour.objects.visible_to(person).select_related("dossier"), key=key
    )


def _board(person: Person, hour: QuestionHour) -> dict[str, object]:
    questions = list(
        Question.objects.visible_to(person)
        .filter(question_hour=hour)
        .select_related("author", "owner", "question_hour")
        .by_support()
    )
    mine = actions.supported_by(person, questions)
    return {
        "hour": hour,
        "answered": [question for question in questions if question.state == "answered"],
        "accepted": [
            (question, question.key in mine)
            for question in questions
            if question.state == "accepted"
        ],
        "own": [
            question
            for question in questions
            if question.author_id == person.pk and question.state in {"waiting", "declined"}
        ],
        "may_support": rules.may_ask(person, hour),
        "may_organise": rules.may_organise(person),
    }


def _show(
    request: SignedInRequest, hour: QuestionHour, form: QuestionForm, status: int = 200
) -> HttpResponse:
    person = request.user
    return render(
        request,
        "live/question_hour.html",
        {
            **_board(person, hour),
            "form": form,
            "may_ask": rules.may_ask(person, hour),
        },
        status=status,
    )
