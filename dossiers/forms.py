"""What is typed into dossiers, cleaned."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers import brought
from dossiers.actions.papers import RequestText, SecrecyWish, Upload
from dossiers.calendar import working_day_from
from dossiers.clock import SUGGESTED_WEEKS, Kind, suggested_deadlines
from dossiers.models import Deadline, Document, Dossier, Meeting, PartState, PlanStep
from dossiers.uploads import ALLOWED, media_type_of
from people.models import COUNCIL_ROLES, Person

if TYPE_CHECKING:
    DossierModelForm = forms.ModelForm[Dossier]
    MeetingModelForm = forms.ModelForm[Meeting]
    DeadlineModelForm = forms.ModelForm[Deadline]
    PlanStepModelForm = forms.ModelForm[PlanStep]
else:
    DossierModelForm = MeetingModelForm = DeadlineModelForm = PlanStepModelForm = forms.ModelForm


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day; also typed as 23-11-2026 where the browser has no date field."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
        super().__init__(input_formats=formats, **kwargs)


class OpenDossierForm(forms.Form):
    """A dossier in a minute: kind, title, day received, and a deadline that suggests itself."""

    OWN = "own"
    NONE = "none"

    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=160)
    received_on = DayField(label=_("Received on"), required=False)
    weeks = forms.ChoiceField(
        label=_("Deadline agreed with the director"),
        choices=[
            *(
                (str(weeks), _("%(weeks)d weeks after receipt") % {"weeks": weeks})
                for weeks in SUGGESTED_WEEKS
            ),
            (OWN, _("another day")),
            (NONE, _("none agreed yet")),
        ],
        widget=forms.RadioSelect,
        initial=str(SUGGESTED_WEEKS[-1]),
        help_text=_(
            "The law sets no term for an advice: agree one. "
            "A day that falls in a weekend or on a holiday moves to the next working day."
        ),
    )
    advice_due_on = DayField(label=_("Another day, namely"), required=False)
    summary = forms.CharField(
        label=_("What is it about?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Staff read this too, if they may see the dossier."),
    )
    shared_with_staff = forms.BooleanField(
        label=_("Staff may see that this dossier exists"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        received, choice = cleaned.get("received_on"), cleaned.get("weeks")
        if choice == self.NONE:
            cleaned["advice_due_on"] = None
        elif choice == self.OWN:
            if not cleaned.get("advice_due_on") and "advice_due_on" not in self.errors:
                self.add_error("advice_due_on", _("Fill in the day you agreed."))
        elif choice and "received_on" not in self.errors:
            if received is None:
                self.add_error(
                    "received_on", _("Fill in when it arrived, to count the weeks from.")
                )
            else:
                cleaned["advice_due_on"] = dict(suggested_deadlines(received))[int(choice)]
        due = cleaned.get("advice_due_on")
        if received and due and due < received:
            self.add_error("advice_due_on", _("The deadline lies before the day of receipt."))
        return cleaned


class DossierForm(DossierModelForm):
    """The facts of a dossier, changed later."""

    received_on = DayField(label=_("Received on"), required=False)
    advice_due_on = DayField(label=_("Deadline agreed with the director"), required=False)
    advice_given_on = DayField(
        label=_("The council gave its position on"),
        required=False,
        help_text=_("Filled in by itself when a letter is released in the portal."),
    )

    class Meta:
        model = Dossier
        fields = [
            "kind",
            "title",
            "received_on",
            "advice_due_on",
            "advice_given_on",
            "summary",
            "shared_with_staff",
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        received, due = cleaned.get("received_on"), cleaned.get("advice_due_on")
        if received and due and due < received:
            self.add_error("advice_due_on", _("The deadline lies before the day of receipt."))
        return cleaned


class MeetingForm(MeetingModelForm):
    """A meeting: asked for, planned, held."""

    requested_on = DayField(
        label=_("Asked for on"),
        required=False,
        help_text=_("Council and director then meet within two weeks (art. 23)."),
    )
    planned_on = DayField(
        label=_("Planned on"),
        required=False,
        help_text=_("Staff know the agenda seven days before (art. 14)."),
    )
    held_on = DayField(label=_("Held on"), required=False)

    class Meta:
        model = Meeting
        fields = ["with_whom", "requested_on", "planned_on", "held_on", "remark"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        requested, held = cleaned.get("requested_on"), cleaned.get("held_on")
        if not self.errors and not any((requested, cleaned.get("planned_on"), held)):
            raise forms.ValidationError(_("Fill in at least one day."))
        if requested and held and held < requested:
            self.add_error("held_on", _("This lies before the day it was asked for."))
        if held and held > timezone.localdate():
            self.add_error("held_on", _("This day is yet to come. Fill it in as planned."))
        return cleaned


class DeadlineForm(DeadlineModelForm):
    """A deadline of the council's own."""

    due_on = DayField(label=_("Last day"))

    class Meta:
        model = Deadline
        fields = ["title", "due_on", "owner"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = Person.objects.holding(*COUNCIL_ROLES)


class PlanStepForm(PlanStepModelForm):
    """A step of the communication plan."""

    planned_on = DayField(label=_("On which day"), required=False)

    class Meta:
        model = PlanStep
        fields = [
            "goal",
            "message",
            "audience",
            "channel",
            "owner",
            "planned_on",
            "state",
            "hours_budgeted",
            "hours_spent",
            "became",
            "reach",
            "reactions",
            "remark",
        ]
        widgets = {
            "message": forms.Textarea(attrs={"rows": 3}),
            "remark": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["became"] = forms.ChoiceField(
            label=_("What it became in the portal"),
            required=False,
            choices=brought.choices(person, self.instance),
            help_text=_("The plan then shows by itself what it brought."),
        )
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = Person.objects.holding(*COUNCIL_ROLES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        became = cleaned.get("became")
        if became:
            cleaned["channel"] = became.partition(":")[0]
        return cleaned


class NoteForm(forms.Form):
    """A note for the council."""

    text = forms.CharField(
        label=_("Note for the council"), widget=forms.Textarea(attrs={"rows": 3})
    )


class PartForm(forms.Form):
    """The judgement of one part of the request."""

    state = forms.ChoiceField(label=_("How complete?"), choices=PartState.choices)
    remark = forms.CharField(
        label=_("What is lacking?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class MultipleFileInput(forms.ClearableFileInput):
    """A file field that takes several at once."""

    allow_multiple_selected = True


class DocumentsField(forms.FileField):
    """One or more files, each checked for being what it says; cleans to ``list[Upload]``."""

    widget = MultipleFileInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(ALLOWED)

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        files = data if isinstance(data, list) else [data] if data else []
        checked: list[Upload] = []
        for one in files or [None]:
            file = super().clean(one, initial)
            if isinstance(file, UploadedFile):
                checked.append(Upload(file, media_type_of(file)))
        return checked


class DocumentForm(forms.Form):
    """Files for a dossier."""

    what = forms.ChoiceField(
        label=_("Kind"), choices=Document.What.choices, initial=Document.What.OTHER
    )
    papers = DocumentsField(label=_("Files"))


class SecrecyForm(forms.Form):
    """Secrecy as art. 20 wants it recorded: who, what, until when, who is exempt."""

    imposed_by = forms.CharField(
        label=_("Imposed by"), max_length=160, help_text=_("For instance: the director, by letter.")
    )
    scope = forms.CharField(
        label=_("What it covers"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Which facts, in which papers. Art. 20 wants this stated."),
    )
    until = DayField(
        label=_("Until"),
        required=False,
        help_text=_("The portal reminds you; it never lifts secrecy by itself."),
    )
    exempt = forms.ModelMultipleChoiceField(
        label=_("Who may still read this dossier"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You are always among them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        exempt = self.fields["exempt"]
        assert isinstance(exempt, forms.ModelMultipleChoiceField)
        exempt.queryset = Person.objects.holding(*COUNCIL_ROLES)


class LiftForm(forms.Form):
    """Why secrecy may go."""

    reason = forms.CharField(
        label=_("Why may it be lifted?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For instance: the director announced it to all staff on 3 December."),
    )


class RequestForm(forms.Form):
    """A request of the director, with the parts the law asks for."""

    kind = forms.ChoiceField(
        label=_("What do you ask of the council?"),
        choices=[
            (kind.value, kind.label) for kind in (Kind.ADVICE, Kind.CONSENT, Kind.APPOINTMENT)
        ],
        widget=forms.RadioSelect,
        initial=Kind.ADVICE,
    )
    title = forms.CharField(label=_("Title"), max_length=160)
    decision = forms.CharField(
        label=_("The intended decision"), widget=forms.Textarea(attrs={"rows": 5})
    )
    reasons = forms.CharField(
        label=_("The reasons for it"), widget=forms.Textarea(attrs={"rows": 5})
    )
    consequences = forms.CharField(
        label=_("What it means for staff"), widget=forms.Textarea(attrs={"rows": 5})
    )
    measures = forms.CharField(
        label=_("The measures in response to that"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Required for advice (art. 25 lid 3)."),
    )
    wished_by = DayField(
        label=_("When would you like an answer?"),
        required=False,
        help_text=_("A wish: the deadline is agreed with the council. Four to six weeks is usual."),
    )
    annexes = DocumentsField(label=_("Annexes"), required=False)
    secret = forms.BooleanField(
        label=_("I impose secrecy on this request (art. 20)"),
        required=False,
        help_text=_("The council can then not consult staff on it, until secrecy is lifted."),
    )
    secret_scope = forms.CharField(
        label=_("What does secrecy cover?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    secret_until = DayField(label=_("Secrecy until"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Kind.ADVICE and not cleaned.get("measures"):
            self.add_error("measures", _("Say which measures you take, or that there are none."))
        if cleaned.get("secret") and not cleaned.get("secret_scope"):
            self.add_error("secret_scope", _("Say what secrecy covers: the law asks it."))
        wished = cleaned.get("wished_by")
        if isinstance(wished, date) and wished < working_day_from(timezone.localdate()):
            self.add_error("wished_by", _("Choose a day that is yet to come."))
        return cleaned

    @property
    def text(self) -> RequestText:
        """The request as typed."""
        data = self.cleaned_data
        return RequestText(
            kind=data["kind"],
            title=data["title"],
            decision=data["decision"],
            reasons=data["reasons"],
            consequences=data["consequences"],
            measures=data["measures"],
            wished_by=data["wished_by"],
        )

    @property
    def secrecy(self) -> SecrecyWish | None:
        """The secrecy imposed along with it."""
        data = self.cleaned_data
        if not data["secret"]:
            return None
        return SecrecyWish(scope=data["secret_scope"], until=data["secret_until"])
