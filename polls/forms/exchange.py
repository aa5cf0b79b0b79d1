"""Choosing a file to import: read whole before anything is written."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from polls.exchange.lss import read_lss
from polls.exchange.plan import MAX_BYTES, CannotImport, Plan
from polls.exchange.xlsform import read_xlsform


class ImportForm(forms.Form):
    """One file; ``cleaned_data["file"]`` is the plan that was read from it."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("LimeSurvey (.lss) or XLSForm (.xlsx), at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".lss,.xlsx"}),
    )

    def clean_file(self) -> Plan:
        """What the file asks for; by its content, whatever its name says."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(gettext("This file is larger than 5 MB."))
        content: bytes = upload.read()
        try:
            return read_xlsform(content) if content[:2] == b"PK" else read_lss(content)
        except CannotImport as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
