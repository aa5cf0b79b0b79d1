"""The pair of views, and their addresses: what Django's tutorial would make of ten questions."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import path

from benchmarks.limit.models import Answer

CHOICES = [("c1", "Goed"), ("c2", "Kan beter"), ("c3", "Slecht"), ("c4", "Weet niet")]


class AnswerForm(forms.Form):
    """The same ten questions as ``benchmarks.data.ballots`` asks."""

    q1 = forms.ChoiceField(choices=CHOICES)
    q2 = forms.ChoiceField(choices=CHOICES)
    q3 = forms.ChoiceField(choices=CHOICES)
    q4 = forms.ChoiceField(choices=[("yes", "Ja"), ("no", "Nee")], required=False)
    q5 = forms.IntegerField(min_value=1, max_value=5, required=False)
    q6 = forms.IntegerField(min_value=1, max_value=5, required=False)
    q7 = forms.MultipleChoiceField(choices=CHOICES, required=False)
    q8 = forms.IntegerField(required=False)
    q9 = forms.CharField(max_length=300, required=False)
    q10 = forms.CharField(max_length=5000, required=False)


PAGE = """<!doctype html><html lang="nl"><title>Peiling</title><form method="post">
<input type="hidden" name="csrfmiddlewaretoken" value="{token}">
{fields}
<button>Verstuur</button></form></html>""".replace(
    "{fields}",
    "\n".join(
        f'<label>Wat vind je van punt {at} van het voorstel? <input name="q{at}"></label>'
        for at in range(1, 11)
    ),
)


def answer(request: HttpRequest) -> HttpResponse:
    """Show the form; take the answers."""
    if request.method == "POST":
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return HttpResponse(status=400)
        Answer.objects.create(answers=form.cleaned_data)
        return HttpResponseRedirect("/")
    return HttpResponse(PAGE.replace("{token}", get_token(request)))


urlpatterns = [path("", answer)]
