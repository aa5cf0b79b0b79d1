"""My page: what the portal knows about somebody, and what they settle themselves."""

import json

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from people import actions, emails, own_address
from people.forms import ConfirmAddressForm, LanguageForm, OwnAddressForm
from people.guards import SignedInRequest, signed_in
from people.models import Person
from people.own_data import own_data, settings_pages

CLAIM = "own_address"


@signed_in
def me(request: SignedInRequest) -> HttpResponse:
    """Language, address, what is known, and the way to settings of other tools."""
    person = request.user
    form = LanguageForm(request.POST or None, instance=Person.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        actions.set_language(person, language)
        translation.activate(language)
        response = redirect("people:me")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=31_536_000, samesite="Lax"
        )
        messages.success(request, _("Saved."))
        return response
    context = {
        "form": form,
        "sections": own_data(person),
        "pages": settings_pages(person),
        "roles": person.roles,
    }
    return render(request, "people/me.html", context)


@signed_in
@require_POST
def export(request: SignedInRequest) -> HttpResponse:
    """All that is known about somebody, as a file they can take along."""
    with transaction.atomic():
        actions.note_export(request.user)
        sections = own_data(request.user)
    data = {
        "date": timezone.localdate().isoformat(),
        "sections": [
            {"title": section.title, "rows": [list(row) for row in section.rows]}
            for section in sections
        ],
    }
    text = json.dumps(data, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response


@signed_in
def address(request: SignedInRequest) -> HttpResponse:
    """Give an address of one's own: a code goes there first."""
    form = OwnAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="own_address", user=request.user):
            return too_many(request)
        ask_for_proof(request, request.user, form.cleaned_data["email"])
        return redirect("people:confirm_address")
    return render(request, "people/address.html", {"form": form})


def too_many(request: HttpRequest) -> HttpResponse:
    """The answer to whoever tries too often."""
    response: HttpResponse = ratelimit.respond_429(request)
    return response


def ask_for_proof(request: HttpRequest, person: Person, email: str) -> None:
    """Mail a code to ``email`` and remember in the session what was asked."""
    claim, code = own_address.new_claim(email)
    emails.mail_address_code(person, claim["email"], code)
    request.session[CLAIM] = claim


@signed_in
def confirm_address(request: SignedInRequest) -> HttpResponse:
    """Type the code that was mailed there."""
    claim = own_address.open_claim(request.session.get(CLAIM))
    if claim is None:
        request.session.pop(CLAIM, None)
        messages.warning(request, _("The code is no longer valid. Ask for a new one."))
        return redirect("people:address")
    form = ConfirmAddressForm(request.POST or None, expected=claim["digest"])
    if request.method == "POST":
        if form.is_valid():
            old = request.user.email
            del request.session[CLAIM]
            try:
                actions.set_own_address(request.user, claim["email"])
            except actions.AddressTaken:
                messages.error(request, _("This address cannot be used here."))
                return redirect("people:address")
            emails.tell_old_address(request.user, old)
            messages.success(request, _("From now on the council mails you at this address."))
            return redirect("people:me")
        request.session[CLAIM] = {**claim, "attempts": claim["attempts"] + 1}
    context = {"form": form, "email": claim["email"]}
    return render(request, "people/confirm_address.html", context)


def speak(request: HttpRequest) -> HttpResponseBase:
    """Choose the language, for this browser and, when signed in, for the mails too."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if isinstance(request.user, Person) and language in dict(settings.LANGUAGES):
        actions.set_language(request.user, language)
    return response


@signed_in
@require_POST
def drop_address(request: SignedInRequest) -> HttpResponse:
    """Take one's own address away again."""
    actions.drop_own_address(request.user)
    messages.success(request, _("Your own address was removed."))
    return redirect("people:me")


@signed_in
@require_POST
def sign_out_everywhere(request: SignedInRequest) -> HttpResponse:
    """End every session, this one too."""
    actions.sign_out_everywhere(request.user)
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect("account_login")
