"""Choosing the earlier time of asking that results stand beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from polls.actions.comparing import Candidate
from polls.models import Consultation


class CompareForm(forms.Form):
    """One of the earlier ones, or none."""

    earlier = forms.ChoiceField(label=_("Earlier time"), required=False)

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(each.consultation.key): each.consultation for each in candidates}
        field = self.fields["earlier"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", gettext("None: compare with nothing")),
            *((str(each.consultation.key), _label(each)) for each in candidates),
        ]

    @property
    def chosen(self) -> Consultation | None:
        """What was chosen; None for nothing."""
        return self.by_key.get(self.cleaned_data["earlier"])


def _label(candidate: Candidate) -> str:
    alike = ngettext("%(n)d question alike", "%(n)d questions alike", candidate.alike)
    return gettext("%(title)s (%(when)s; %(alike)s)") % {
        "title": candidate.consultation.title,
        "when": candidate.consultation.wave,
        "alike": alike % {"n": candidate.alike},
    }
