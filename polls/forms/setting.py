"""Of whom, when and how something is asked: the part that a poll, a survey and an open question
share."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.models import Dossier
from people.models import COUNCIL_ROLES, Person, Selection, Site, Unit
from polls.models import Breakdown, Consultation, Joiners, Mode

MOMENT_FORMATS = ["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M"]
EVERYONE, CHOSEN, SAVED = "everyone", "chosen", "saved"


class MomentField(forms.DateTimeField):
    """A day and a time, typed in the browser's own control or as ``31-12-2026 17:00``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", MOMENT_FORMATS)
        kwargs.setdefault(
            "widget", forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        )
        super().__init__(**kwargs)


def in_a_week() -> datetime:
    """Five o'clock in the afternoon, a week from today: long enough for every roster."""
    day = timezone.localdate() + timedelta(days=7)
    return timezone.make_aware(datetime.combine(day, time(17)))


class SettingForm(forms.ModelForm[Consultation]):
    """Audience, mode, times and breakdown of one consultation."""

    audience = forms.ChoiceField(
        label=_("Who do you ask?"),
        choices=[
            (EVERYONE, _("Everyone")),
            (CHOSEN, _("Some departments or locations")),
            (SAVED, _("A saved selection")),
        ],
        widget=forms.RadioSelect,
        initial=EVERYONE,
    )
    opens_at = MomentField(
        label=_("Opens by itself at"),
        required=False,
        help_text=_("Leave empty to open it yourself."),
    )
    closes_at = MomentField(label=_("Closes at"))

    class Meta:
        model = Consultation
        fields = [
            "dossier",
            "units",
            "sites",
            "shifts",
            "selection",
            "long_leave_included",
            "joiners",
            "mode",
            "named_readers",
            "opens_at",
            "closes_at",
            "breakdown",
            "mails_invitation",
            "shows_response",
            "released_at_closing",
        ]
        labels = {
            "dossier": _("Part of dossier"),
            "selection": _("Saved selection"),
            "mode": _("How do people answer?"),
            "breakdown": _("Break results down by"),
            "mails_invitation": _("Mail an invitation when it opens"),
            "shows_response": _("Show colleagues how many have answered"),
            "released_at_closing": _("Show everyone the results as soon as it closes"),
            "named_readers": _("Who reads the answers?"),
            "long_leave_included": _("Also ask those on long leave"),
            "joiners": _("New colleagues after the opening"),
        }
        help_texts = {
            "mode": _("Anonymous: nobody can tell who answered what, not even you."),
            "breakdown": _("Groups of fewer than ten answers are never shown apart."),
            "named_readers": _("Their names are told before the first question."),
        }
        widgets = {
            "mode": forms.RadioSelect,
            "units": forms.CheckboxSelectMultiple,
            "sites": forms.CheckboxSelectMultiple,
            "named_readers": forms.CheckboxSelectMultiple,
        }

    shifts = forms.MultipleChoiceField(
        label=_("Shifts"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dossiers = Dossier.objects.visible_to(person).open()
        self._choose("dossier", dossiers, empty=_("no dossier"))
        self._choose("units", Unit.objects.order_by("name"))
        self._choose("sites", Site.objects.order_by("name"))
        selections = Selection.objects.visible_to(person).order_by("name")
        self._choose("selection", selections, empty=_("choose a selection"))
        if not selections.exists():
            self._forget_selections()
        self._choose("named_readers", Person.objects.holding(*COUNCIL_ROLES))
        names = Person.objects.constituency().exclude(shift="").order_by("shift")
        shifts = list(names.values_list("shift", flat=True).distinct())
        self.fields["shifts"].choices = [(name, name) for name in shifts]  # type: ignore[attr-defined]
        self.fields["breakdown"].choices = Breakdown.choices  # type: ignore[attr-defined]
        self.fields["joiners"].choices = Joiners.choices  # type: ignore[attr-defined]
        self.fields["mode"].choices = [  # type: ignore[attr-defined]
            (Mode.ANONYMOUS, _("Anonymously")),
            (Mode.NAMED, _("With their name")),
        ]
        if self.instance._state.adding:
            self.initial.setdefault("closes_at", in_a_week())
            self.initial.setdefault("mails_invitation", True)
            self.initial.setdefault("breakdown", Breakdown.UNIT)
        elif self.instance.selection_id:
            self.initial["audience"] = SAVED
        elif self.is_narrowed:
            self.initial["audience"] = CHOSEN

    def _choose(self, name: str, rows: Any, *, empty: Any = None) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
        if empty is not None:
            field.empty_label = empty

    def _forget_selections(self) -> None:
        """Offer no saved selection where the council has none."""
        del self.fields["selection"]
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)
        audience.choices = [each for each in self._audiences() if each[0] != SAVED]

    def _audiences(self) -> list[tuple[str, Any]]:
        return list(type(self).base_fields["audience"].choices)  # type: ignore[attr-defined]

    @property
    def is_narrowed(self) -> bool:
        """Whether the saved audience is less than everyone."""
        saved = self.instance
        return bool(saved.shifts) or saved.units.exists() or saved.sites.exists()

    @property
    def is_narrowed_now(self) -> bool:
        """Whether the part with departments stands open."""
        return bool(self["audience"].value() == CHOSEN or self.errors.get("audience"))

    @property
    def is_saved_now(self) -> bool:
        """Whether the part with the saved selection stands open."""
        return bool(self["audience"].value() == SAVED or self.errors.get("selection"))

    @property
    def is_named_now(self) -> bool:
        """Whether the part with readers stands open."""
        return bool(self["mode"].value() == Mode.NAMED)

    def clean_closes_at(self) -> datetime:
        """A closing time that is still to come."""
        closes: datetime = self.cleaned_data["closes_at"]
        if closes <= timezone.now():
            raise forms.ValidationError(_("This moment has passed. Choose a later one."))
        return closes

    def clean(self) -> dict[str, Any]:
        """Everyone means no lists; a choice means at least one; readers go with names."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lists = ("units", "sites", "shifts")
        audience = cleaned.get("audience")
        if audience != CHOSEN:
            cleaned |= {"units": Unit.objects.none(), "sites": Site.objects.none(), "shifts": []}
        elif not any(cleaned.get(name) for name in lists):
            self.add_error("audience", _("Tick at least one department, location or shift."))
        if audience != SAVED:
            cleaned["selection"] = None
        elif not cleaned.get("selection"):
            self.add_error("selection", _("Choose which selection."))
        if cleaned.get("mode") == Mode.ANONYMOUS:
            cleaned["named_readers"] = Person.objects.none()
        elif not cleaned.get("named_readers"):
            self.add_error("named_readers", _("Say who reads the answers."))
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("It must close after it opens."))
        return cleaned
