"""Making a poll in a minute, an open question, and the start of a survey."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dossiers.models import Dossier
from people.guards import SignedInRequest, permit, signed_in
from polls import rules
from polls.actions.opening import CannotOpen
from polls.actions.questionnaires import NewSection, make_consultation, reword
from polls.forms.making import DraftForm, OpenQuestionForm, PollForm, SurveyForm
from polls.forms.rounds import RoundDraftForm
from polls.forms.setting import SettingForm
from polls.models import Consultation, ConsultationKind
from polls.rules import may_ask
from polls.views.desk import consultation_for
from polls.views.opening import open_or_schedule


@signed_in
@require_GET
def choose(request: SignedInRequest) -> HttpResponse:
    """Which instrument: a poll, a survey, an open question or statements."""
    permit(may_ask(request.user))
    under = request.GET.get("dossier", "")
    query = f"?{urlencode({'dossier': under})}" if under else ""
    return render(request, "polls/choose.html", {"query": query})


@signed_in
@require_http_methods(["GET", "POST"])
def new_poll(request: SignedInRequest) -> HttpResponse:
    """One question with its answers, opened from the same page."""
    permit(may_ask(request.user))
    form = PollForm(_typed(request), person=request.user, initial=under(request))
    if request.method == "POST" and form.is_valid():
        return _make(request, form, ConsultationKind.POLL, (NewSection("", (form.question,)),))
    return _render(request, form, "polls/new_poll.html")


@signed_in
@require_http_methods(["GET", "POST"])
def new_open_question(request: SignedInRequest) -> HttpResponse:
    """One question that is answered in own words."""
    permit(may_ask(request.user))
    form = OpenQuestionForm(_typed(request), person=request.user, initial=under(request))
    if request.method == "POST" and form.is_valid():
        sections = (NewSection("", (form.question,)),)
        return _make(request, form, ConsultationKind.OPEN_QUESTION, sections)
    return _render(request, form, "polls/new_open_question.html")


@signed_in
@require_http_methods(["GET", "POST"])
def new_survey(request: SignedInRequest) -> HttpResponse:
    """A title, an audience, and on to the builder."""
    permit(may_ask(request.user))
    chosen = {"template": request.GET.get("sjabloon", ""), **under(request)}
    form = SurveyForm(_typed(request), person=request.user, initial=chosen)
    if request.method == "POST" and form.is_valid():
        draft = form.save(commit=False)
        draft.kind = ConsultationKind.SURVEY
        with transaction.atomic():
            made = make_consultation(
                draft,
                by=request.user,
                title=form.cleaned_data["title"],
                introduction=form.opening_words,
                sections=form.sections,
                template=form.saved_template,
            )
            form.save_m2m()
        return redirect("polls:build", key=made.key)
    return _render(request, form, "polls/new_survey.html")


def under(request: SignedInRequest) -> dict[str, object]:
    """The dossier that somebody came from, where they see it."""
    key = request.GET.get("dossier", "")
    if not key:
        return {}
    try:
        dossier = Dossier.objects.visible_to(request.user).filter(key=key).first()
    except ValidationError:
        return {}
    return {"dossier": dossier} if dossier else {}


def _typed(request: SignedInRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _make(
    request: SignedInRequest,
    form: PollForm | OpenQuestionForm,
    kind: ConsultationKind,
    sections: tuple[NewSection, ...],
) -> HttpResponse:
    """Save it, and where that was asked also open it; what stands in the way undoes both."""
    wants_open = request.POST.get("go") == "open"
    try:
        with transaction.atomic():
            draft: Consultation = form.save(commit=False)
            draft.kind = kind
            title = form.cleaned_data["text"]
            made = make_consultation(draft, by=request.user, title=title, sections=sections)
            form.save_m2m()
            if wants_open:
                open_or_schedule(made, request.user)
    except CannotOpen as refusal:
        draft.pk = None
        for reason in refusal.reasons:
            form.add_error(None, reason)
        template = "new_poll" if kind == ConsultationKind.POLL else "new_open_question"
        return _render(request, form, f"polls/{template}.html")
    if wants_open and not form.cleaned_data["opens_at"]:
        messages.success(request, _("It is open. Colleagues can answer now."))
    elif wants_open:
        messages.success(request, _("It opens by itself at the time you chose."))
    else:
        messages.success(request, _("Kept as a draft. Only the council sees it."))
    return redirect("polls:desk", key=made.key)


def _render(request: SignedInRequest, form: SettingForm, template: str) -> HttpResponse:
    status = 400 if form.is_bound else 200
    return render(request, template, {"form": form}, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def settings(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Audience, mode and times of a draft."""
    consultation = consultation_for(request, key)
    permit(rules.may_edit(request.user, consultation))
    is_round = consultation.kind == ConsultationKind.STATEMENTS
    shape = RoundDraftForm if is_round else DraftForm
    form = shape(_typed(request), person=request.user, instance=consultation)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            reword(consultation, form.cleaned_data["title"], form.cleaned_data["introduction"])
        return redirect("polls:desk", key=key)
    status = 400 if form.is_bound else 200
    context = {"form": form, "consultation": consultation}
    return render(request, "polls/settings.html", context, status=status)
