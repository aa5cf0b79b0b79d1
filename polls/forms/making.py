"""A poll in a minute, an open question, and the start of a survey."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from polls.actions.questionnaires import NewQuestion, NewSection
from polls.forms.building import share_field
from polls.forms.setting import SettingForm
from polls.library import LIBRARY
from polls.models import Questionnaire
from polls.questions.schema import Kind

MAX_CHOICES = 30


class PollForm(SettingForm):
    """One question with its answers, and of whom, when and how."""

    text = forms.CharField(label=_("Your question"), max_length=500, strip=True)
    kind = forms.ChoiceField(
        label=_("How do people answer it?"),
        choices=[
            (Kind.SINGLE.value, _("Choose one answer")),
            (Kind.MULTIPLE.value, _("Choose several answers")),
            (Kind.YES_NO.value, _("Yes or no")),
            (Kind.SCALE.value, _("A score from 1 to 5")),
            (Kind.RANKING.value, _("Put answers in order")),
        ],
        initial=Kind.SINGLE.value,
        widget=forms.RadioSelect,
    )
    answers = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line."),
    )
    has_other = forms.BooleanField(label=_("Add “Other, namely …” at the end"), required=False)

    def clean_answers(self) -> list[str]:
        """The lines that say something, each once."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["answers"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def clean(self) -> dict[str, Any]:
        """Two answers at least, where answers are chosen from."""
        cleaned = super().clean()
        kind, answers = cleaned.get("kind"), cleaned.get("answers") or []
        if kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING):
            if len(answers) < 2:
                self.add_error(
                    "answers", gettext("Write at least two answers, each on its own line.")
                )
            elif len(answers) > MAX_CHOICES:
                self.add_error(
                    "answers",
                    ngettext(
                        "At most %(n)d answer fits.", "At most %(n)d answers fit.", MAX_CHOICES
                    )
                    % {"n": MAX_CHOICES},
                )
            elif any(len(answer) > 300 for answer in answers):
                self.add_error("answers", gettext("Keep each answer under 300 characters."))
        return cleaned

    @property
    def question(self) -> NewQuestion:
        """The question as it is to be made."""
        cleaned = self.cleaned_data
        kind = Kind(cleaned["kind"])
        chooses = kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING)
        return NewQuestion(
            kind=kind,
            text=cleaned["text"],
            choices=tuple(cleaned["answers"]) if chooses else (),
            other=gettext("Other, namely") if chooses and cleaned["has_other"] else "",
            required=True,
        )


class OpenQuestionForm(SettingForm):
    """One question that is answered in own words."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=500,
        help_text=_("Ask one thing. People answer in their own words, at any length."),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ask_quote = forms.BooleanField(
        label=_("Ask whether the answer may be quoted, without a name"),
        required=False,
        initial=True,
    )

    ask_share = share_field()

    @property
    def question(self) -> NewQuestion:
        """The question as it is to be made."""
        return NewQuestion(
            kind=Kind.LONG_TEXT,
            text=self.cleaned_data["text"],
            help_text=self.cleaned_data["explanation"],
            required=True,
            settings={name: True for name in ("ask_quote", "ask_share") if self.cleaned_data[name]},
        )


class SurveyForm(SettingForm):
    """A survey begins with a title, and with an empty page or a template."""

    title = forms.CharField(label=_("Title"), max_length=200)
    introduction = forms.CharField(
        label=_("Introduction"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Why do you ask this, and what will you do with it? Two or three sentences."),
    )
    template = forms.ChoiceField(label=_("Start from"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        saved = Questionnaire.objects.templates().order_by("template_name")
        field = self.fields["template"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("an empty page")),
            (_("Ready-made"), [(ready.code, ready.name) for ready in LIBRARY.values()]),
            (_("Saved by your council"), [(str(row.key), row.template_name) for row in saved]),
        ]

    @property
    def sections(self) -> tuple[NewSection, ...]:
        """The parts of a ready-made questionnaire; none otherwise."""
        ready = LIBRARY.get(self.cleaned_data["template"])
        return ready.sections if ready else ()

    @property
    def opening_words(self) -> str:
        """As written, else as the ready-made questionnaire has it."""
        ready = LIBRARY.get(self.cleaned_data["template"])
        written: str = self.cleaned_data["introduction"]
        return written or (ready.introduction if ready else "")

    @property
    def saved_template(self) -> Questionnaire | None:
        """The council's own template that was chosen."""
        chosen = self.cleaned_data["template"]
        if not chosen or chosen in LIBRARY:
            return None
        return Questionnaire.objects.templates().get(key=chosen)


class DraftForm(SettingForm):
    """What can still be changed of a draft besides its questions."""

    title = forms.CharField(label=_("Title"), max_length=200)
    introduction = forms.CharField(
        label=_("Introduction"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["title"] = self.instance.title
        self.initial["introduction"] = self.instance.questionnaire.introduction


class TemplateForm(forms.Form):
    """The name a questionnaire gets in the library."""

    name = forms.CharField(label=_("Name in the library"), max_length=120)
