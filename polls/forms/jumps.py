"""Where to go after a part: to a later one, or to the end, if something was answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from polls.forms.conditions import ConditionForm
from polls.models import Section
from polls.questions.schema import Schema

JUMPS = 2
"""How many jumps a part can have here; one that has more shows them all."""


class JumpsForm:
    """Up to ``JUMPS`` jumps, each a condition and a target."""

    def __init__(self, data: Any, *, schema: Schema, at: int, section: Section) -> None:
        """``at`` is the part, counted from 0, that the jumps start from."""
        self.is_possible = at + 2 <= len(schema.sections)
        targets = [("", gettext("the next part"))]
        for number, part in enumerate(schema.sections):
            if number > at + 1:
                name = gettext("part %(number)d") % {"number": number + 1}
                targets.append((str(number), f"{name} {part.title}".strip()))
        targets.append((str(len(schema.sections)), gettext("the end")))
        self.forms = []
        for n in range(max(JUMPS, len(section.jumps))):
            known = section.jumps[n] if n < len(section.jumps) else {}
            form = _JumpForm(
                data,
                prefix=f"jump{n}",
                schema=schema,
                before=(at + 1, 0),
                stored=known.get("when"),
                initial={"to": str(known.get("to", ""))},
            )
            form.fields["to"] = forms.ChoiceField(
                label=_("After this part, go to"), choices=targets, required=False
            )
            form.fields["test0"].label = _("if")
            self.forms.append(form)

    @property
    def stored(self) -> list[dict[str, object]]:
        """What is to be stored; jumps to the next part are none."""
        return [
            {"when": form.stored, "to": int(form.cleaned_data["to"])}
            for form in self.forms
            if form.cleaned_data.get("to") and form.stored
        ]


class _JumpForm(ConditionForm):
    @property
    def nothing_chosen(self) -> str:
        return gettext("choose a condition")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("to") and self.condition is None and not self.errors:
            self.add_error("test0", gettext("Choose when to go there."))
        elif not cleaned.get("to") and self.condition and not self.initial.get("to"):
            self.add_error("to", gettext("Choose where to go."))
        return cleaned
