"""Making a round of statements in a minute, and setting one that is still a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from polls.forms.making import DraftForm
from polls.forms.setting import SettingForm
from polls.forms.voting import tidy
from polls.models import MAX_SHOWN, MAX_STATEMENT, Consultation, Mode, StatementRound
from polls.statements.likeness import same

LEAST_GROUPS = (10, 15, 20, 25)


def seed_lines(text: str) -> list[str]:
    """The lines that say something, each once."""
    found: list[str] = []
    for line in map(tidy, text.splitlines()):
        if line and not any(same(line, other) for other in found):
            found.append(line)
    return found


def check_seeds(lines: list[str]) -> None:
    """Raises ``ValidationError`` where there are too many, or one is too long."""
    if len(lines) > MAX_SHOWN:
        raise forms.ValidationError(
            ngettext("At most %(n)d statement fits.", "At most %(n)d statements fit.", MAX_SHOWN)
            % {"n": MAX_SHOWN}
        )
    long = next((line for line in lines if len(line) > MAX_STATEMENT), None)
    if long:
        raise forms.ValidationError(
            gettext(
                "Keep each statement under %(limit)d characters. This one is longer: “%(text)s”"
            )
            % {"limit": MAX_STATEMENT, "text": long}
        )


class RoundSetting(SettingForm):
    """What a round has besides what every consultation has; always anonymous, never broken down by
    department: its groups come from the votes."""

    takes_statements = forms.BooleanField(
        label=_("Colleagues may add statements of their own"),
        help_text=_("You read them first. Nobody can see who wrote one."),
        required=False,
        initial=True,
    )
    added_each = forms.TypedChoiceField(
        label=_("How many may each add?"),
        choices=[(n, str(n)) for n in (1, 2, 3, 5)],
        coerce=int,
        initial=3,
        required=False,
    )
    least_group = forms.TypedChoiceField(
        label=_("Smallest opinion group that is shown"),
        choices=[(n, str(n)) for n in LEAST_GROUPS],
        coerce=int,
        initial=LEAST_GROUPS[0],
        required=False,
        help_text=_("A higher number protects better, and shows less."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("mode", "named_readers", "breakdown"):
            del self.fields[name]
        standing = None
        if not self.instance._state.adding:
            standing = StatementRound.objects.filter(consultation=self.instance).first()
        if standing:
            for name in ("takes_statements", "added_each", "least_group"):
                self.initial[name] = getattr(standing, name)

    @property
    def is_named_now(self) -> bool:
        """Never: votes on statements stand under no name."""
        return False

    def clean(self) -> dict[str, Any]:
        """As every consultation, in the one mode there is."""
        self.cleaned_data["mode"] = Mode.ANONYMOUS
        cleaned = super().clean()
        # Judged, and not on the form: what is left here is written to the fields of that name.
        return {name: value for name, value in cleaned.items() if name in self.fields}

    def save(self, commit: bool = True) -> Consultation:
        """Save the consultation, and once it has a row the round's own settings beside it."""
        self.instance.mode = Mode.ANONYMOUS
        self.instance.breakdown = ""
        saved: Consultation = super().save(commit)
        if commit:
            self.save_round()
        return saved

    def save_round(self) -> None:
        """Write the round's own settings."""
        cleaned = self.cleaned_data
        StatementRound.objects.update_or_create(
            consultation=self.instance,
            defaults={
                "takes_statements": cleaned["takes_statements"],
                "added_each": cleaned["added_each"] or 3,
                "least_group": cleaned["least_group"] or LEAST_GROUPS[0],
            },
        )


class RoundForm(RoundSetting):
    """A question, the statements it begins with, and of whom, when and how."""

    text = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        help_text=_("A question that people think differently about."),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seeds = forms.CharField(
        label=_("Statements to begin with"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One on each line. Ten to thirty work well: short, one thought each, and from every"
            " side."
        ),
    )

    def clean_seeds(self) -> list[str]:
        """One statement a line."""
        lines = seed_lines(self.cleaned_data["seeds"])
        check_seeds(lines)
        return lines


class RoundDraftForm(RoundSetting, DraftForm):
    """What can still be changed of a draft besides its statements."""


class SeedsForm(forms.Form):
    """More statements of the council's own."""

    seeds = forms.CharField(
        label=_("Add statements of the council"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line."),
    )

    def clean_seeds(self) -> list[str]:
        """One statement a line."""
        lines = seed_lines(self.cleaned_data["seeds"])
        check_seeds(lines)
        return lines
