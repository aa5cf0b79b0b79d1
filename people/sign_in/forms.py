"""The forms of signing in, in the portal's words."""

from typing import Any

from allauth.account.forms import (
    ConfirmLoginCodeForm,
    LoginForm,
    RequestLoginCodeForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from people.sign_in.numbers import meant_number


class SignInForm(LoginForm):  # type: ignore[misc]  # untyped package
    """Address or staff number, and a password, in one step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("E-mail address or staff number")
        login.widget.attrs.pop("placeholder", None)
        login.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        password = self.fields["password"]
        password.label = _("Password")
        password.help_text = ""
        password.widget.attrs.pop("placeholder", None)
        self.fields["remember"].label = _("This is my own device: keep me signed in")

    def clean_login(self) -> str:
        """The number with its leading zeros, where that is what was meant."""
        login: str = super().clean_login()
        return meant_number(login)


class AskForCodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # untyped package
    """An address to mail a one-time code to; also from the sign-in form's own field."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and "email" not in data and "login" in data:
            data = data.copy()
            data["email"] = data["login"]
        super().__init__(data, *args, **kwargs)
        email = self.fields["email"]
        email.label = _("E-mail address")
        email.widget.attrs.pop("placeholder", None)
        email.error_messages["invalid"] = _(
            "A code can only be mailed. Type your e-mail address here."
        )


class TypeCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # untyped package
    """The code from the mail."""

    remember = forms.BooleanField(
        label=_("This is my own device: keep me signed in"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code from the mail")
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}
