"""Translations beside the original, one field per text."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from polls.languages import OWN_NAMES
from polls.models import Questionnaire
from polls.translating import Text


class LanguagesForm(forms.Form):
    """The languages to offer, besides the questionnaire's own."""

    languages = forms.MultipleChoiceField(
        label=_("Also offer it in"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"languages": questionnaire.languages})
        super().__init__(*args, **kwargs)
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (code, name) for code, name in OWN_NAMES.items() if code != questionnaire.language
        ]


class Line(NamedTuple):
    """One text beside the field for its translation."""

    field: forms.BoundField
    is_answer: bool


class TranslationForm(forms.Form):
    """Every text in one language; fields are named by their place, since refs hold colons.

    With ``only_missing`` what was translated before can be read, and not changed.
    """

    def __init__(
        self,
        *args: Any,
        texts: list[Text],
        standing: dict[str, str],
        only_missing: bool = False,
        **kwargs: Any,
    ) -> None:
        self.texts = texts
        initial = {f"t{n}": standing.get(text.ref, "") for n, text in enumerate(texts)}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        for n, text in enumerate(texts):
            widget = forms.Textarea(attrs={"rows": 3}) if text.is_long else forms.TextInput()
            widget.attrs |= {"dir": "auto", "class": "form-control"}
            self.fields[f"t{n}"] = forms.CharField(
                label=text.original,
                required=False,
                max_length=4_000,
                widget=widget,
                disabled=only_missing and bool(standing.get(text.ref)),
            )

    @property
    def lines(self) -> list[Line]:
        """Each field, and whether it is an answer to the question above it."""
        return [Line(self[f"t{n}"], text.is_answer) for n, text in enumerate(self.texts)]

    @property
    def by_ref(self) -> dict[str, str]:
        """The translations under their refs."""
        return {text.ref: self.cleaned_data[f"t{n}"] for n, text in enumerate(self.texts)}
