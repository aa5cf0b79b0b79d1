"""What is typed into concluding, cleaned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from advice.figures import Draft
from advice.letters.prose import FORMS
from advice.models import (
    Choice,
    Condition,
    Follows,
    LegalStep,
    Letter,
    Letterhead,
    Placement,
    Section,
    Theme,
    Verdict,
)
from dossiers.clock import Kind
from dossiers.forms import DayField, DocumentsField

if TYPE_CHECKING:
    PlacementModelForm = forms.ModelForm[Placement]
    LetterModelForm = forms.ModelForm[Letter]
    ConditionModelForm = forms.ModelForm[Condition]
    LetterheadModelForm = forms.ModelForm[Letterhead]
    LegalStepModelForm = forms.ModelForm[LegalStep]
else:
    PlacementModelForm = LetterModelForm = ConditionModelForm = forms.ModelForm
    LetterheadModelForm = LegalStepModelForm = forms.ModelForm


class TakeForm(forms.Form):
    """One thing taken from a source."""

    source = forms.CharField(max_length=30)
    ref = forms.CharField(max_length=120)
    theme = forms.ChoiceField(choices=Theme.choices, required=False)


class ObservationForm(forms.Form):
    """A finding of the council's own: from papers, visits, conversations."""

    label = forms.CharField(
        label=_("Where does it come from?"),
        max_length=200,
        help_text=_("For instance: round along the night shift, 12 November."),
    )
    statement = forms.CharField(
        label=_("What did you find?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence that can stand in a letter, without names."),
    )
    dated_on = DayField(label=_("On the day"), required=False)
    method = forms.CharField(
        label=_("How?"), max_length=200, required=False, help_text=_("For instance: conversations.")
    )
    respondents = forms.IntegerField(
        label=_("How many people did you hear?"), required=False, min_value=1
    )
    quote = forms.CharField(
        label=_("Literal quote"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    quote_consent = forms.BooleanField(
        label=_("Who said it agrees to being quoted"), required=False
    )
    theme = forms.ChoiceField(
        label=_("Where on the board?"), choices=Theme.choices, initial=Theme.UNSORTED
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("quote") and not cleaned.get("quote_consent"):
            self.add_error("quote_consent", _("Ask who said it first, or leave the quote out."))
        day = cleaned.get("dated_on")
        if day and day > timezone.localdate():
            self.add_error("dated_on", _("This day is yet to come."))
        return cleaned

    @property
    def draft(self) -> Draft:
        """What was typed, as a finding to be taken."""
        data = self.cleaned_data
        day = data["dated_on"] or timezone.localdate()
        return Draft(
            source="own",
            ref="",
            label=data["label"],
            statement=data["statement"],
            method=data["method"],
            dated_on=day.isoformat(),
            respondents=data["respondents"],
            quote=data["quote"],
            quote_consent=data["quote_consent"],
        )


class PlacementForm(PlacementModelForm):
    """A finding's place on the board."""

    class Meta:
        model = Placement
        fields = ["theme", "topic", "remark", "set_aside"]
        widgets = {"remark": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "topic": _("Findings with the same topic are shown side by side."),
            "set_aside": _("Stays in the dossier, out of the way of the letter."),
        }


class LetterForm(LetterModelForm):
    """A letter's facts."""

    class Meta:
        model = Letter
        fields = ["subject", "recipient", "reference", "verdict"]
        widgets = {"recipient": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdict = self.fields["verdict"]
        assert isinstance(verdict, forms.TypedChoiceField)
        verdict.choices = [
            (choice.value, choice.label) for choice in verdicts_for(self.instance.kind)
        ]
        recipient = self.fields["recipient"]
        recipient.max_length = 200  # type: ignore[attr-defined]


def verdicts_for(kind: str) -> list[Verdict]:
    """What the council can say on a matter of this kind."""
    if kind == Kind.CONSENT:
        return [Verdict.NONE, Verdict.CONSENT, Verdict.CONDITIONAL, Verdict.NO_CONSENT]
    if kind in (Kind.ADVICE, Kind.APPOINTMENT):
        return [Verdict.NONE, Verdict.POSITIVE, Verdict.CONDITIONAL, Verdict.NEGATIVE]
    return [Verdict.NONE]


class SectionForm(forms.Form):
    """A section's text; ``based_on`` is the version the writer began from."""

    heading = forms.CharField(label=_("Heading"), max_length=120)
    body = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_body(self) -> str:
        """Line ends as one sort, so that versions differ only where the words do."""
        return str(self.cleaned_data["body"]).replace("\r\n", "\n").strip()


class NewSectionForm(forms.Form):
    """A section of the council's own."""

    heading = forms.CharField(label=_("Heading"), max_length=120)


class CiteForm(forms.Form):
    """Where and how to cite a finding."""

    section = forms.ModelChoiceField(
        label=_("Into section"), queryset=Section.objects.none(), to_field_name="key"
    )
    forms_ = forms.MultipleChoiceField(
        label=_("As"),
        choices=[
            ("zin", _("sentence with footnote")),
            ("tabel", _("table")),
            ("afdelingen", _("breakdown per group")),
            ("grafiek", _("chart")),
            ("citaat", _("quote")),
        ],
        widget=forms.CheckboxSelectMultiple,
        initial=["zin"],
    )

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section = self.fields["section"]
        assert isinstance(section, forms.ModelChoiceField)
        section.queryset = letter.sections.all()
        section.empty_label = None

    def citation(self, number: int) -> str:
        """The citation as it is written in the text."""
        chosen = [form for form in FORMS if form in self.cleaned_data["forms_"]]
        if chosen == ["zin"]:
            return f"[[bevinding:{number}]]"
        return f"[[bevinding:{number}|{' '.join(chosen)}]]"


class CommentForm(forms.Form):
    """A comment on a section, or another text for it."""

    text = forms.CharField(
        label=_("Your comment"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    suggestion = forms.CharField(
        label=_("Or the text as you would write it"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("text") and not cleaned.get("suggestion"):
            raise forms.ValidationError(_("Write a comment, or the text you would rather see."))
        return cleaned

    def clean_suggestion(self) -> str:
        return str(self.cleaned_data["suggestion"]).replace("\r\n", "\n").strip()


class QuorumForm(forms.Form):
    """How many votes make the vote valid."""

    quorum = forms.IntegerField(
        label=_("Votes needed for a valid vote"),
        min_value=1,
        help_text=_("As your rules of procedure say; more than half of the members is usual."),
    )

    def __init__(self, *args: Any, seats: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats

    def clean_quorum(self) -> int:
        quorum = int(self.cleaned_data["quorum"])
        if quorum > self.seats:
            raise forms.ValidationError(
                _("There are only %(seats)d members."), params={"seats": self.seats}
            )
        return quorum


class VoteForm(forms.Form):
    """A member's vote."""

    choice = forms.ChoiceField(
        label=_("Your vote"), choices=Choice.choices, widget=forms.RadioSelect
    )


class AdoptForm(forms.Form):
    """The meeting in which the council adopted the text."""

    day = DayField(label=_("Adopted in the meeting of"))

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is yet to come."))
        return day


class DecisionForm(forms.Form):
    """The director's decision; for art. 27 also one that was carried out without being told."""

    received_on = DayField(label=_("Received in writing on"), required=False)
    carried_out_on = DayField(
        label=_("Not told, but carried out: the council saw it on"),
        required=False,
        help_text=_(
            "Only where the director never told you of the decision. The month to invoke nullity "
            "then runs from the day you saw it carried out."
        ),
    )
    follows = forms.ChoiceField(
        label=_("Compared with what the council said"), choices=Follows.choices
    )
    reasons = forms.CharField(
        label=_("Reasons given for deviating"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    papers = DocumentsField(label=_("The decision itself"), required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["received_on"]
        if kind == Kind.CONSENT:
            day.help_text = _(
                "Without your consent, the month to invoke nullity runs from this day."
            )
        else:
            day.required = True
            del self.fields["carried_out_on"]
        if kind == Kind.ADVICE:
            day.help_text = _(
                "If it deviates, suspension and the time for appeal run from this day: one month."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("received_on", "carried_out_on"):
            day = cleaned.get(name)
            if day and day > timezone.localdate():
                self.add_error(name, _("This day is yet to come."))
        told, seen = cleaned.get("received_on"), cleaned.get("carried_out_on")
        if "carried_out_on" in self.fields and not self.errors and not (told or seen):
            self.add_error("received_on", _("Fill in one of the two days."))
        return cleaned


class LegalStepForm(LegalStepModelForm):
    """A step at law, out of those that the law knows for this kind of dossier."""

    on = DayField(label=_("On the day"))
    papers = DocumentsField(label=_("The letter or petition"), required=False)

    class Meta:
        model = LegalStep
        fields = ["what", "on", "remark"]
        widgets = {"what": forms.RadioSelect, "remark": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = LegalStep.OF_KIND[Kind(self.instance.dossier.kind)]
        choices = [(what.value, capfirst(str(what.label))) for what in known]
        self.fields["what"] = forms.ChoiceField(
            label=_("What happened?"), choices=choices, widget=forms.RadioSelect
        )
        if self.instance._state.adding:
            self.initial["on"] = timezone.localdate()

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is yet to come."))
        return day


class ConditionForm(ConditionModelForm):
    """A condition and how it fares."""

    due_on = DayField(label=_("By"), required=False)

    class Meta:
        model = Condition
        fields = ["text", "owner", "due_on", "state", "remark"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "remark": forms.Textarea(attrs={"rows": 2}),
        }


class LetterheadForm(LetterheadModelForm):
    """What stands at the head and foot of every letter."""

    class Meta:
        model = Letterhead
        fields = ["sender", "address", "email", "place", "signatory", "signatory_role"]
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}
