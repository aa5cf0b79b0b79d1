"""What is typed or uploaded about people, cleaned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import actions, own_address
from people.codes import MistypedCode
from people.log import verb_parts
from people.models import COUNCIL_ROLES, Act, Person, Role, Selection, Unit
from people.roster.reading import read_roster
from people.roster.refusals import RosterRefused
from people.roster.rows import Reading
from people.roster.tables import MAX_BYTES

if TYPE_CHECKING:
    from people.roster.plans import Plan

    PersonModelForm = forms.ModelForm[Person]
    SelectionModelForm = forms.ModelForm[Selection]
else:
    PersonModelForm = SelectionModelForm = forms.ModelForm


class RosterForm(forms.Form):
    """A staff list; valid once it has been read, as ``reading``."""

    file = forms.FileField(
        label=_("Staff list"),
        help_text=_("CSV or Excel (.xlsx), as your HR system exports it. Up to 20 MB."),
        error_messages={"required": _("Choose a file first.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse before reading what is too large to read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            if (file.size or 0) > MAX_BYTES:
                raise RosterRefused("too_big", limit=MAX_BYTES // 1024 // 1024)
            self.reading: Reading = read_roster(file.read(), timezone.localdate())
        except RosterRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return file


class ConfirmImportForm(forms.Form):
    """The yes to a plan: the digest of the one that was shown.

    Where more than a tenth leave, also their number, typed: a list of one unit, imported by mistake
    as the whole one, is not gone through with by habit. Where roles are touched, a tick.
    """

    digest = forms.CharField(widget=forms.HiddenInput)
    leavers = forms.IntegerField(
        label=_("How many people leave?"),
        help_text=_("Type the number from the warning. They lose access at once."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Type a number.")},
    )
    right = forms.BooleanField(
        label=_("Yes, this is right: I checked it with HR."),
        required=False,
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"digest": plan.digest})
        super().__init__(*args, **kwargs)
        self._leaving = len(plan.leaving)
        if not plan.is_alarming:
            del self.fields["leavers"]
        if plan.needs_tick:
            self.fields["right"].required = True
            self.fields["right"].error_messages["required"] = _(
                "Check the warnings first, then tick the box."
            )
        else:
            del self.fields["right"]

    def clean_leavers(self) -> int:
        """The very number of the plan: whoever types another one has not read it."""
        typed: int = self.cleaned_data["leavers"]
        if typed != self._leaving:
            raise forms.ValidationError(
                _("That is not the number that leaves. Look at the warning, and at who leaves.")
            )
        return typed


class TypeActivationForm(forms.Form):
    """The code from the letter; valid once it is a usable one, as ``activation``."""

    code = forms.CharField(
        label=_("Code from your letter"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-code-from-address": "",
            }
        ),
    )

    def clean_code(self) -> str:
        """Tell a mistype from a code that does not work, so that people know what to do."""
        typed: str = self.cleaned_data["code"]
        try:
            activation = actions.find_code(typed)
        except MistypedCode as error:
            raise ValidationError(
                _("This is no code from a letter. It has twelve signs; check each of them.")
            ) from error
        if activation is None:
            raise ValidationError(
                _(
                    "This code no longer works: it was used already, or it is too old. Ask the"
                    " official secretary of the council for a new one."
                )
            )
        self.activation = activation
        return typed


class FirstPasswordForm(forms.Form):
    """The password that somebody with a letter chooses, and an address if they like."""

    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        help_text=_("At least ten signs. Four words in a row are strong and easy to keep."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    email = forms.EmailField(
        label=_("Your own e-mail address"),
        required=False,
        help_text=_(
            "Only if you like: then you hear by mail when the council asks something. Your employer"
            " does not see it, and you can remove it at any time."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """By the same measure as every password of the portal."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any] | None:
        """Both the same."""
        cleaned = super().clean()
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", _("This is not the same password."))
        return cleaned


class OwnAddressForm(forms.Form):
    """An address of somebody's own."""

    email = forms.EmailField(
        label=_("Your own e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ConfirmAddressForm(forms.Form):
    """The code mailed to that address; ``expected`` is its digest, "" where none is due."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_code(self) -> str:
        """Refuse any other code."""
        typed: str = self.cleaned_data["code"]
        if not own_address.matches(typed, self.expected):
            raise ValidationError(
                _("This code is not right. Check the newest mail and type it again.")
            )
        return typed


class PrintCodesForm(forms.Form):
    """The unit whose people get letters."""

    unit = forms.ModelChoiceField(Unit.objects.all(), label=_("Unit"))


class RoleForm(forms.Form):
    """A role to give or end."""

    role = forms.ChoiceField(choices=Role.choices)


class AddPersonForm(forms.Form):
    """Somebody who is on no staff list, and the role they come for."""

    given_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    infix = forms.CharField(label=_("Infix"), max_length=30, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in (Role.SECRETARY, Role.DIRECTOR)],
        widget=forms.RadioSelect,
    )


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LogFilterForm(forms.Form):
    """Narrows the log of acts."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Up to and including"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["app"] = forms.ChoiceField(
            label=_("Part of the portal"),
            required=False,
            choices=[("", _("all parts")), *verb_parts()],
        )

    def narrow(self, acts: QuerySet[Act]) -> QuerySet[Act]:
        """``acts`` as far as they fit what was typed."""
        data = self.cleaned_data
        if data["app"]:
            acts = acts.filter(verb__startswith=f"{data['app']}.")
        if data["since"]:
            acts = acts.filter(at__date__gte=data["since"])
        if data["until"]:
            acts = acts.filter(at__date__lte=data["until"])
        if data["q"]:
            found = Person.objects.get_queryset().named(data["q"])
            keys = [str(key) for key in found.values_list("key", flat=True)[:200]]
            acts = acts.filter(Q(actor_key__in=keys) | Q(object_key__in=keys))
        return acts


class LanguageForm(PersonModelForm):
    """The language that the portal speaks with somebody."""

    class Meta:
        model = Person
        fields = ("language",)
        labels = {"language": _("The portal speaks")}


class SelectionForm(SelectionModelForm):
    """Whom a saved selection names."""

    shifts = forms.MultipleChoiceField(
        label=_("Shifts"), required=False, widget=forms.CheckboxSelectMultiple
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=[(role.value, role.label) for role in Role if role in COUNCIL_ROLES],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Selection
        fields = ("name", "units", "sites", "shifts", "roles")
        widgets = {
            "units": forms.CheckboxSelectMultiple,
            "sites": forms.CheckboxSelectMultiple,
        }
        help_texts = {"name": _("As your colleagues on the council will know it: Night shift.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_roster = Person.objects.constituency().shifts()
        words = sorted({*on_roster, *self.instance.shifts})
        self.fields["shifts"].choices = [(word, word) for word in words]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """A name of its own, whatever its capitals."""
        name: str = self.cleaned_data["name"]
        others = Selection.objects.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(_("There is a selection of this name already."))
        return name

    def clean(self) -> dict[str, Any]:
        """A selection narrows somewhere; everyone needs no selection."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in ("units", "sites", "shifts", "roles")):
            raise ValidationError(_("Tick at least one unit, site, shift or role."))
        return cleaned
