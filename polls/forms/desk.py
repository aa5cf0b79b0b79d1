"""What the council does with a running consultation."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polls.forms.setting import MomentField


class ExtendForm(forms.Form):
    """A later closing time."""

    closes_at = MomentField(label=_("New closing time"))

    def clean_closes_at(self) -> datetime:
        """A moment that is still to come."""
        closes: datetime = self.cleaned_data["closes_at"]
        if closes <= timezone.now():
            raise forms.ValidationError(_("This moment has passed. Choose a later one."))
        return closes


class OutcomeForm(forms.Form):
    """What was heard, and what was done with it."""

    heard = forms.CharField(
        label=_("What did you hear?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    done = forms.CharField(
        label=_("What did you do with it?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Also say what you did not do, and why."),
    )
    mail = forms.BooleanField(
        label=_("Mail everyone who was invited that this is here to read"),
        help_text=_("This can be done once. The mail goes to all of them, whoever took part."),
        required=False,
    )

    def __init__(self, *args: Any, may_mail: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_mail:
            del self.fields["mail"]
