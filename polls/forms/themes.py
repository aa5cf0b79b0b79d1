"""What is typed on the page of themes: a name, which answers, into which theme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from polls.models import Theme


class ThemeNameForm(forms.Form):
    """The name of a theme."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Give the theme a name.")},
    )

    def clean_name(self) -> str:
        """On one line."""
        name: str = self.cleaned_data["name"]
        return " ".join(name.split())


class AssignForm(forms.Form):
    """Which answers go under (or off) a theme: an existing one, or a new one by its name."""

    answer = forms.TypedMultipleChoiceField(
        coerce=UUID, error_messages={"required": _("Tick at least one answer first.")}
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), to_field_name="key", required=False, label=_("Theme")
    )
    new = forms.CharField(label=_("or a new theme"), max_length=120, required=False)

    def __init__(self, *args: Any, themes: Iterable[Theme], keys: Iterable[UUID], **kw: Any):
        super().__init__(*args, **kw)
        real = [theme.pk for theme in themes]
        self.fields["theme"].queryset = Theme.objects.filter(pk__in=real)  # type: ignore[attr-defined]
        self.fields["answer"].choices = [(str(key), "") for key in keys]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One theme, old or new."""
        cleaned = super().clean() or {}
        cleaned["new"] = " ".join(cleaned.get("new", "").split())
        if not cleaned.get("theme") and not cleaned["new"] and "theme" not in self.errors:
            self.add_error("theme", _("Choose a theme, or write the name of a new one."))
        return cleaned

    @property
    def problem(self) -> str:
        """The first thing that is wrong, in words; empty where nothing is."""
        return next((str(errors[0]) for errors in self.errors.values()), "")
