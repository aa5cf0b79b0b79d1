"""What people type when the council listens."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.models import Dossier
from listening.models import ConversationNote, Message, OfficeHour, Signal
from people.models import COUNCIL_ROLES, Person


class DateInput(forms.DateInput):
    """A date as the browser's own field wants it: ISO 8601, in every language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A date and time as the browser's own field wants it."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class MessageForm(forms.ModelForm[Message]):
    """A message to the council, and whether the writer's name stands under it."""

    signed = forms.TypedChoiceField(
        label=_("Does your name go with it?"),
        choices=[
            ("no", _("No, anonymously: you get a code to read the answer with")),
            ("yes", _("Yes, with my name: the council can reply to me in person")),
        ],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        initial="no",
    )

    class Meta:
        model = Message
        fields: ClassVar[list[str]] = ["subject", "text"]
        widgets: ClassVar[dict[str, Any]] = {"text": forms.Textarea(attrs={"rows": 7})}


class ReplyForm(forms.Form):
    """A further line in a conversation."""

    text = forms.CharField(
        label=_("Your reply"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )


class CodeForm(forms.Form):
    """A receipt code, as typed."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        help_text=_("Five groups of four signs. Capitals, spaces and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class DossierChoiceMixin:
    """Offers only dossiers that ``person`` may see."""

    fields: dict[str, forms.Field]

    def limit_dossiers(self, person: Person) -> None:
        field = self.fields["dossier"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Dossier.objects.visible_to(person).open()
        field.empty_label = str(_("no dossier"))


class OfficeHourForm(forms.ModelForm[OfficeHour]):
    """When and where the council can be spoken to, and whom you meet there."""

    class Meta:
        model = OfficeHour
        fields: ClassVar[list[str]] = [
            "place",
            "site",
            "starts_at",
            "ends_at",
            "subject",
            "hosts",
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "starts_at": MomentInput(),
            "ends_at": MomentInput(),
            "hosts": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = self.fields["hosts"]
        assert isinstance(hosts, forms.ModelMultipleChoiceField)
        hosts.queryset = Person.objects.holding(*COUNCIL_ROLES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("The end must come after the beginning."))
        return cleaned


class ConversationNoteForm(DossierChoiceMixin, forms.ModelForm[ConversationNote]):
    """A note of what was heard."""

    class Meta:
        model = ConversationNote
        fields: ClassVar[list[str]] = [
            "source",
            "held_on",
            "unit",
            "people_spoken",
            "theme",
            "text",
            "dossier",
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "held_on": DateInput(),
            "text": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "text": _("Write no names down, and nothing by which someone can be recognised."),
            "unit": _("Leave this empty when the unit is so small that it points at someone."),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit_dossiers(person)

    def clean_people_spoken(self) -> int:
        spoken: int = self.cleaned_data["people_spoken"]
        if spoken < 1:
            raise forms.ValidationError(_("You spoke with at least one person."))
        return spoken


class SignalForm(DossierChoiceMixin, forms.ModelForm[Signal]):
    """A signal in the council's own words."""

    class Meta:
        model = Signal
        fields: ClassVar[list[str]] = ["title", "text", "source", "unit", "dossier"]
        widgets: ClassVar[dict[str, Any]] = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts: ClassVar[dict[str, Any]] = {
            "text": _("In your own words: no quotes, no names. The director will read this."),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit_dossiers(person)


class DirectorAnswerForm(forms.Form):
    """The director's answer to a signal."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The council reads this now; staff read it when the council reports back."),
    )


class FeedbackForm(forms.Form):
    """What came of a signal, for staff."""

    text = forms.CharField(
        label=_("What came of it?"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Staff will see the signal, the director's answer and this text."),
    )
