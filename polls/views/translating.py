"""Offering a survey in other languages: which, and the texts beside the original."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.guards import SignedInRequest, permit, signed_in
from polls import rules
from polls.actions.translating import offer_languages, translate
from polls.forms.translating import LanguagesForm, TranslationForm
from polls.languages import OWN_NAMES, RIGHT_TO_LEFT, SPOKEN
from polls.models import Consultation
from polls.translating import texts_of
from polls.views.desk import consultation_for


def _translatable(request: SignedInRequest, key: UUID) -> Consultation:
    consultation = consultation_for(request, key)
    allowed = rules.may_edit(request.user, consultation)
    permit(allowed or rules.may_correct(request.user, consultation))
    return consultation


@signed_in
@require_http_methods(["GET", "POST"])
def languages(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Which languages it is offered in, and how far each is translated."""
    consultation = _translatable(request, key)
    questionnaire = consultation.questionnaire
    sent = request.POST if request.method == "POST" else None
    form = LanguagesForm(sent, questionnaire=questionnaire)
    if sent is not None and form.is_valid():
        offer_languages(questionnaire, form.cleaned_data["languages"])
        return redirect("polls:languages", key=key)
    total = sum(1 for _text in texts_of(questionnaire))
    refs = questionnaire.wordings.values_list("language", flat=True)
    done = {code: list(refs).count(code) for code in questionnaire.languages}
    context = {
        "consultation": consultation,
        "form": form,
        "total": total,
        "spoken": ", ".join(OWN_NAMES[code] for code in SPOKEN),
        "offered": [(code, OWN_NAMES.get(code, code), done[code]) for code in done],
    }
    return render(
        request, "polls/build/languages.html", context, status=200 if sent is None else 400
    )


@signed_in
@require_http_methods(["GET", "POST"])
def translation(request: SignedInRequest, key: UUID, language: str) -> HttpResponse:
    """Every text in one language, beside the original."""
    consultation = _translatable(request, key)
    questionnaire = consultation.questionnaire
    if language not in questionnaire.languages:
        raise Http404
    standing = dict(questionnaire.wordings.filter(language=language).values_list("ref", "text"))
    sent = request.POST if request.method == "POST" else None
    only_missing = not rules.may_edit(request.user, consultation)
    form = TranslationForm(
        sent, texts=list(texts_of(questionnaire)), standing=standing, only_missing=only_missing
    )
    if sent is not None and form.is_valid():
        translate(questionnaire, language, form.by_ref, only_missing=only_missing)
        messages.success(request, _("The translation has been saved."))
        return redirect("polls:languages", key=key)
    context = {
        "consultation": consultation,
        "form": form,
        "only_missing": only_missing,
        "language": language,
        "name": OWN_NAMES.get(language, language),
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
    }
    return render(
        request, "polls/build/translation.html", context, status=200 if sent is None else 400
    )
