"""What the style guide shows: made-up content for every component."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest

COLOURS = (
    ("--ground", "#f2f4f0"),
    ("--surface", "#ffffff"),
    ("--sunken", "#e8ece6"),
    ("--ink", "#182627"),
    ("--ink-soft", "#475656"),
    ("--brand", "#0d585c"),
    ("--brand-tint", "#dfeeeb"),
    ("--masthead", "#0b464a"),
    ("--sun", "#f2b431"),
    ("--danger", "#a22a1c"),
    ("--success", "#28663a"),
)
ICONS = Path(settings.BASE_DIR, "static", "img", "icons.svg")


class SampleForm(forms.Form):
    """One of each field, as crispy-forms lays them out."""

    title = forms.CharField(
        label="Waar gaat het over?", max_length=80, help_text="Eén regel, zonder namen."
    )
    told = forms.CharField(
        label="Vertel er iets over", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    closes_on = forms.DateField(
        label="Sluit op", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    unit = forms.ChoiceField(
        label="Afdeling", choices=[("v", "Verpleging"), ("f", "Facilitair")], required=False
    )
    paper = forms.FileField(
        label="Bijlage", help_text="Pdf of Word, hoogstens 5 MB.", required=False
    )
    tell_me = forms.BooleanField(label="Stuur mij een bericht bij een antwoord", required=False)


class SampleQuestions(forms.Form):
    """Questions as an employee answers them."""

    roster = forms.ChoiceField(
        label="Hoe ver van tevoren wil je je rooster kennen?",
        help_text="Kies het antwoord dat het beste past.",
        widget=forms.RadioSelect,
        choices=[("4", "Vier weken"), ("6", "Zes weken"), ("8", "Acht weken of meer")],
    )
    channels = forms.MultipleChoiceField(
        label="Waar lees je nieuws van de OR?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("m", "In de mail"), ("p", "Op het prikbord"), ("c", "Van een collega")],
        required=False,
    )
    workload = forms.ChoiceField(
        label="Hoe zwaar vind je je werk deze maand?",
        widget=forms.RadioSelect,
        choices=[(str(n), str(n)) for n in range(11)],
        required=False,
    )


def samples(request: HttpRequest) -> dict[str, Any]:
    """The context of the style guide; ``?error`` shows the form as it comes back with errors."""
    form = SampleForm({"title": ""}) if "error" in request.GET else SampleForm()
    return {
        "colours": COLOURS,
        "icons": re.findall(r'symbol id="(\w+)"', ICONS.read_text("utf-8")),
        "form": form,
        "questions": SampleQuestions(),
        "page": Paginator(range(95), 10).get_page(request.GET.get("page", "2")),
        "tabs": [
            {"label": "Uitslag", "url": "#tabs", "current": True, "count": None},
            {"label": "Open antwoorden", "url": "#tabs", "current": False, "count": 64},
            {"label": "Per afdeling", "url": "#tabs", "current": False, "count": None},
        ],
        "bars": [
            {"label": "Vier weken", "percent": 22.2, "count": 47, "figure": "", "note": ""},
            {"label": "Zes weken", "percent": 61.3, "count": 130, "figure": "", "note": ""},
            {"label": "Acht weken of meer", "percent": 16.5, "count": 35, "figure": ""},
        ],
        "unit_bars": [
            {"label": "Verpleging", "percent": 64, "count": 71, "figure": ""},
            {"label": "Facilitair", "percent": 95, "count": None, "figure": "meer dan 95%"},
            {"label": "Nachtdienst Molenzicht", "percent": None, "count": None, "note": ""},
        ],
        "segments": [
            {"label": "zeer oneens", "percent": 8, "offset": 0, "tone": "s1"},
            {"label": "oneens", "percent": 14, "offset": 8, "tone": "s2"},
            {"label": "neutraal", "percent": 21, "offset": 22, "tone": "s3"},
            {"label": "eens", "percent": 38, "offset": 43, "tone": "s4"},
            {"label": "zeer eens", "percent": 19, "offset": 81, "tone": "s5"},
        ],
        "timeline": [
            {
                "on": dt.date(2026, 10, 5),
                "title": "Adviesaanvraag ontvangen",
                "text": "De bestuurder vraagt advies over de nieuwe roosters.",
            },
            {
                "on": dt.date(2026, 11, 2),
                "title": "Vragenlijst gesloten",
                "text": "212 antwoorden.",
            },
            {"on": dt.date(2026, 11, 23), "title": "Overlegvergadering", "state": "is-next"},
            {"on": dt.date(2026, 12, 7), "title": "Advies uiterlijk", "state": "is-future"},
        ],
    }
