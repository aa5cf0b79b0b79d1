"""The short address on the letter: a code, then a password, then in."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from people import actions
from people.forms import FirstPasswordForm, TypeActivationForm
from people.models import ActivationCode
from people.views.me import ask_for_proof, too_many

SESSION_KEY = "activation"


@never_cache
@sensitive_post_parameters("code")
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code from the letter."""
    if request.method == "POST" and not ratelimit.consume(request, action="activation_code"):
        return too_many(request)
    form = TypeActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session[SESSION_KEY] = str(form.activation.key)
        return redirect("activation:choose")
    return render(request, "people/code.html", {"form": form})


@never_cache
@sensitive_post_parameters("password", "again")
def choose(request: HttpRequest) -> HttpResponse:
    """Choose a password with a code typed before, and come in."""
    key = request.session.get(SESSION_KEY)
    code = (
        ActivationCode.objects.usable().select_related("person").filter(key=key).first()
        if key
        else None
    )
    if code is None:
        request.session.pop(SESSION_KEY, None)
        messages.warning(request, _("Type the code from your letter first."))
        return redirect("activation:enter")
    form = FirstPasswordForm(request.POST or None, person=code.person)
    if request.method == "POST" and form.is_valid():
        person = actions.use_code(code, form.cleaned_data["password"])
        del request.session[SESSION_KEY]
        if person is None:
            messages.warning(request, _("This code has just been used."))
            return redirect("activation:enter")
        response: HttpResponse = perform_login(request, person)
        if form.cleaned_data["email"] and request.user.is_authenticated:
            ask_for_proof(request, person, form.cleaned_data["email"])
            return redirect("people:confirm_address")
        return response
    return render(request, "people/code_password.html", {"form": form, "person": code.person})
