"""What is typed or uploaded about people, cleaned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.roster.reading import read_roster
from people.roster.refusals import RosterRefused
from people.roster.rows import Reading
from people.roster.tables import MAX_BYTES


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
    """The yes to a plan: the digest of the one that was shown, and a tick where it is alarming."""

    digest = forms.CharField(widget=forms.HiddenInput)
    right = forms.BooleanField(
        label=_("Yes, this is right: I checked it with HR."),
        required=False,
    )

    def __init__(self, *args: Any, needs_tick: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_tick:
            self.fields["right"].required = True
            self.fields["right"].error_messages["required"] = _(
                "Check the warnings first, then tick the box."
            )
        else:
            del self.fields["right"]
