"""The pair of views, and their addresses."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import path

from benchmarks.limit.models import Answer

PAGE = """<!doctype html><html lang="nl"><title>Peiling</title><form method="post">
<input type="hidden" name="csrfmiddlewaretoken" value="{token}">
<label><input type="radio" name="choice" value="c1"> Ja</label>
<label><input type="radio" name="choice" value="c2"> Nee</label>
<button>Verstuur</button></form></html>"""


class AnswerForm(forms.Form):
    """The one question."""

    choice = forms.ChoiceField(choices=[("c1", "Ja"), ("c2", "Nee")])


def answer(request: HttpRequest) -> HttpResponse:
    """Show the form; take the answer."""
    if request.method == "POST":
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return HttpResponse(status=400)
        Answer.objects.create(choice=form.cleaned_data["choice"])
        return HttpResponseRedirect("/")
    return HttpResponse(PAGE.replace("{token}", get_token(request)))


urlpatterns = [path("", answer)]
