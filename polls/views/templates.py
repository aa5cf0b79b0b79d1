"""The library of questionnaires: ready-made ones, and those the council saved itself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from people.guards import SignedInRequest, permit, signed_in
from polls.actions.questionnaires import copy_questionnaire
from polls.forms.making import TemplateForm
from polls.library import LIBRARY
from polls.models import Questionnaire
from polls.questions.wording import hints_for_text
from polls.questions.words import hint_in_words
from polls.rules import may_ask
from polls.views.desk import consultation_for


@signed_in
@require_GET
def templates(request: SignedInRequest) -> HttpResponse:
    """What one can start from."""
    permit(may_ask(request.user))
    saved = Questionnaire.objects.templates().order_by("template_name")
    context = {"ready": LIBRARY.values(), "saved": saved}
    return render(request, "polls/templates.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def save_template(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Keep the questions of a consultation in the library, under a name of their own."""
    consultation = consultation_for(request, key)
    sent = request.POST if request.method == "POST" else None
    form = TemplateForm(sent, initial={"name": consultation.title})
    if sent is not None and form.is_valid():
        copy_questionnaire(
            consultation.questionnaire,
            by=request.user,
            title=consultation.title,
            template_name=form.cleaned_data["name"],
        )
        messages.success(request, _("Saved in the library."))
        return redirect("polls:templates")
    context = {"consultation": consultation, "form": form}
    return render(
        request, "polls/build/template.html", context, status=200 if sent is None else 400
    )


@signed_in
@require_GET
def hints(request: SignedInRequest) -> HttpResponse:
    """Hints for the wording of one question, while it is being written."""
    permit(may_ask(request.user))
    text = request.GET.get("text", "")[:1_000]
    found = [hint_in_words(hint, about) for hint, about in hints_for_text(text)]
    return render(request, "polls/build/_hints.html", {"hints": found})
