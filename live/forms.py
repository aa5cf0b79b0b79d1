"""What people type around a question hour."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.models import Dossier
from live.models import Question, QuestionHour
from people.models import COUNCIL_ROLES, Person


class QuestionHourForm(forms.ModelForm[QuestionHour]):
    """When, where, with whom and about what."""

    class Meta:
        model = QuestionHour
        fields: ClassVar[list[str]] = [
            "title",
            "introduction",
            "starts_at",
            "ends_at",
            "place",
            "guests",
            "anonymous_allowed",
            "dossier",
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "starts_at": forms.DateTimeInput(
                format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}
            ),
            "ends_at": forms.DateTimeInput(
                format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}
            ),
            "introduction": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "place": _("A room, or the address of the online meeting."),
            "guests": _("For example: the council, and the manager of Facilities."),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dossier = self.fields["dossier"]
        assert isinstance(dossier, forms.ModelChoiceField)
        dossier.queryset = Dossier.objects.visible_to(person).open()
        dossier.empty_label = str(_("no dossier"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("The end must come after the beginning."))
        return cleaned


class QuestionForm(forms.ModelForm[Question]):
    """A question, under the asker's name or without."""

    signed = forms.TypedChoiceField(
        label=_("Does your name stand beside it?"),
        choices=[("no", _("No, ask anonymously")), ("yes", _("Yes, with my name"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        initial="no",
    )

    class Meta:
        model = Question
        fields: ClassVar[list[str]] = ["text"]
        widgets: ClassVar[dict[str, Any]] = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, hour: QuestionHour, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not hour.anonymous_allowed:
            signed = self.fields["signed"]
            signed.initial = "yes"
            signed.disabled = True
            signed.help_text = _("In this question hour every question carries a name.")


class DeclineForm(forms.Form):
    """Why a question is not dealt with."""

    reason = forms.CharField(
        label=_("Why is it not dealt with?"),
        max_length=300,
        help_text=_("Who asked it under their name reads this."),
    )


class AnswerForm(forms.Form):
    """The answer as it is written down."""

    text = forms.CharField(
        label=_("The answer"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )


class HandOverForm(forms.Form):
    """Who finds out the answer, and before when."""

    owner = forms.ModelChoiceField(label=_("Who finds it out?"), queryset=Person.objects.none())
    due_on = forms.DateField(
        label=_("Before"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = Person.objects.holding(*COUNCIL_ROLES)


class MinutesForm(forms.Form):
    """What was said besides the questions."""

    minutes = forms.CharField(
        label=_("Minutes"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("The questions and answers are added by themselves."),
    )
