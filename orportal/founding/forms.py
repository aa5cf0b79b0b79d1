"""What is asked of who sets the portal up."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from orportal.founding.code import MistypedCode, is_right
from people.models import Role


class FoundingForm(forms.Form):
    """The code from the terminal, two names, and one person."""

    code = forms.CharField(
        label=_("Code from the terminal"),
        max_length=40,
        help_text=_("It was printed when the portal started, in three groups of four signs."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    organisation = forms.CharField(label=_("Name of the organisation"), max_length=80)
    council = forms.CharField(
        label=_("What your council is called"), max_length=80, initial=_("Works council")
    )
    given_name = forms.CharField(label=_("Your first name"), max_length=80)
    infix = forms.CharField(label=_("Infix"), max_length=30, required=False)
    family_name = forms.CharField(label=_("Your family name"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail address"))
    role = forms.ChoiceField(
        label=_("What you are in the council"),
        choices=[
            (Role.SECRETARY.value, Role.SECRETARY.label),
            (Role.CHAIR.value, Role.CHAIR.label),
        ],
        widget=forms.RadioSelect,
        initial=Role.SECRETARY.value,
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        help_text=_("At least ten signs. Four words in a row are strong and easy to keep."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )

    def clean_code(self) -> str:
        """Tell a mistype from a code that is not the one."""
        typed: str = self.cleaned_data["code"]
        try:
            right = is_right(typed)
        except MistypedCode as error:
            raise ValidationError(
                _("This is not a whole code. Check each of its signs.")
            ) from error
        if not right:
            raise ValidationError(
                _("This is not the code that was printed last. Look in the terminal again.")
            )
        return typed

    def clean_password(self) -> str:
        """By the same measure as every password of the portal."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def one_line(self, name: str) -> str:
        """A cleaned name without line breaks: it goes into a file of lines."""
        value: Any = self.cleaned_data[name]
        return " ".join(str(value).split())
