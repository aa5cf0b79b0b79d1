"""One question or section of a survey, as the council writes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dossiers.images import ACCEPT, remake
from polls.actions.editing import Correction, Edit
from polls.models import (
    Axis,
    Consultation,
    ConsultationKind,
    Question,
    QuestionKind,
    Section,
)
from polls.questions.schema import Kind, Settings
from polls.questions.validation import parse_date, parse_number

LINES = forms.Textarea(attrs={"rows": 5})
FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.SINGLE: ("choices", "has_other", "is_background"),
    Kind.MULTIPLE: ("choices", "has_other", "at_least", "at_most"),
    Kind.YES_NO: (),
    Kind.SCALE: ("minimum", "maximum", "low_label", "high_label"),
    Kind.MATRIX: ("rows", "choices"),
    Kind.RANKING: ("choices", "at_most"),
    Kind.NUMBER: ("minimum", "maximum", "decimals", "unit"),
    Kind.DATE: ("earliest", "latest"),
    Kind.SHORT_TEXT: ("max_length", "ask_quote"),
    Kind.LONG_TEXT: ("max_length", "ask_quote", "ask_share"),
}
"""What each kind of question asks of who makes it, besides its text."""
EVERY = ("text", "help_text", "required", "image", "image_alt", "drop_image")


def lines(text: str) -> list[str]:
    """The lines that say something, each once, in order."""
    found = [" ".join(line.split()) for line in text.splitlines()]
    return list(dict.fromkeys(line for line in found if line))


def share_field() -> forms.BooleanField:
    """Whether whoever answers is asked to let colleagues read along."""
    return forms.BooleanField(
        label=_("Let colleagues read each other’s answers, without names, once you have read them"),
        required=False,
        help_text=_(
            "Whoever answers decides whether theirs may be read. Colleagues mark what they agree"
            " with; how many did so is counted at the closing."
        ),
    )


def _reads_along(question: Question) -> bool:
    """Whether it is an open question of its own: there colleagues can read along."""
    asked = Consultation.objects.filter(questionnaire=question.questionnaire_id)
    return asked.filter(kind=ConsultationKind.OPEN_QUESTION).exists()


class NewQuestionForm(forms.Form):
    """Which kind of question comes next."""

    kind = forms.ChoiceField(
        label=_("Kind of question"),
        choices=QuestionKind.choices,
        initial=Kind.SINGLE.value,
    )


class QuestionForm(forms.Form):
    """A question with the fields of its kind."""

    text = forms.CharField(
        label=_("Question"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    help_text = forms.CharField(label=_("Explanation below it"), required=False, max_length=1_000)
    rows = forms.CharField(label=_("Rows"), widget=LINES, help_text=_("One on each line."))
    choices = forms.CharField(
        label=_("Answers to choose from"), widget=LINES, help_text=_("One on each line.")
    )
    has_other = forms.BooleanField(label=_("Add “Other, namely …” at the end"), required=False)
    minimum = forms.CharField(label=_("Lowest"), required=False, max_length=20)
    maximum = forms.CharField(label=_("Highest"), required=False, max_length=20)
    low_label = forms.CharField(label=_("Words at the low end"), required=False, max_length=80)
    high_label = forms.CharField(label=_("Words at the high end"), required=False, max_length=80)
    decimals = forms.IntegerField(
        label=_("Digits after the comma"), required=False, min_value=0, max_value=4
    )
    unit = forms.CharField(
        label=_("Unit of measure"),
        required=False,
        max_length=30,
        help_text=_("For example hours or km."),
    )
    at_least = forms.IntegerField(label=_("At least so many answers"), required=False, min_value=0)
    at_most = forms.IntegerField(label=_("At most so many answers"), required=False, min_value=0)
    earliest = forms.CharField(label=_("Earliest date"), required=False, max_length=10)
    latest = forms.CharField(label=_("Latest date"), required=False, max_length=10)
    max_length = forms.IntegerField(
        label=_("At most so many characters"), required=False, min_value=1, max_value=5_000
    )
    ask_quote = forms.BooleanField(
        label=_("Ask whether the answer may be quoted, without a name"), required=False
    )
    ask_share = share_field()
    required = forms.BooleanField(label=_("An answer is required"), required=False)
    is_background = forms.BooleanField(
        label=_("Background question"),
        required=False,
        help_text=_("Results can be broken down by it. Use bands, and at most two of these."),
    )
    image = forms.FileField(
        label=_("Image"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPT})
    )
    image_alt = forms.CharField(
        label=_("What the image shows"),
        required=False,
        max_length=300,
        help_text=_("For those who do not see it."),
    )
    drop_image = forms.BooleanField(label=_("Take the image away"), required=False)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        self.question = question
        self.kind = Kind(question.kind)
        kwargs.setdefault("initial", self._stored(question))
        super().__init__(*args, **kwargs)
        wanted = {*EVERY, *FIELDS[self.kind]}
        if not question.image:
            wanted.discard("drop_image")
        if not _reads_along(question):
            wanted.discard("ask_share")
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]
        if self.kind is Kind.SCALE:
            self.fields["maximum"].help_text = _("Leave both empty for a scale of 1 to 5.")
        for name in ("earliest", "latest"):
            if name in self.fields:
                self.fields[name].widget = forms.DateInput(attrs={"type": "date"})

    @staticmethod
    def _stored(question: Question) -> dict[str, Any]:
        settings = Settings.from_json(question.settings)
        choices = list(question.choices.all())
        plain = [c.text for c in choices if c.axis == Axis.CHOICE and not c.is_other]
        return {
            "text": question.text,
            "help_text": question.help_text,
            "required": question.required,
            "is_background": question.is_background,
            "image_alt": question.image_alt,
            "choices": "\n".join(plain),
            "rows": "\n".join(c.text for c in choices if c.axis == Axis.ROW),
            "has_other": any(c.is_other for c in choices),
            "minimum": _typed(settings.minimum),
            "maximum": _typed(settings.maximum),
            "decimals": settings.decimals or None,
            "unit": settings.unit,
            "low_label": settings.low_label,
            "high_label": settings.high_label,
            "at_least": settings.at_least or None,
            "at_most": settings.at_most or None,
            "earliest": settings.earliest,
            "latest": settings.latest,
            "max_length": settings.max_length or None,
            "ask_quote": settings.ask_quote,
            "ask_share": settings.ask_share,
        }

    def clean_choices(self) -> list[str]:
        """Between two and thirty answers of readable length."""
        return _checked_lines(self.cleaned_data["choices"], least=2)

    def clean_rows(self) -> list[str]:
        """Between one and thirty rows of readable length."""
        return _checked_lines(self.cleaned_data["rows"], least=1)

    def clean_minimum(self) -> float | None:
        return self._number("minimum")

    def clean_maximum(self) -> float | None:
        return self._number("maximum")

    def _number(self, name: str) -> float | None:
        typed: str = self.cleaned_data[name].strip()
        if not typed:
            return None
        value = parse_number(typed, 4)
        if value is None:
            raise forms.ValidationError(gettext("Fill in a number."))
        if self.kind is Kind.SCALE and (not float(value).is_integer() or abs(value) > 100):
            raise forms.ValidationError(gettext("Fill in a whole number, without decimals."))
        return int(value) if float(value).is_integer() else value

    def clean_earliest(self) -> str:
        return self._date("earliest")

    def clean_latest(self) -> str:
        return self._date("latest")

    def _date(self, name: str) -> str:
        typed: str = self.cleaned_data[name].strip()
        day = parse_date(typed)
        if typed and day is None:
            raise forms.ValidationError(
                gettext("Fill in a date as day-month-year, like 31-12-2026.")
            )
        return day.isoformat() if day else ""

    def clean_image(self) -> Any:
        """The picture made anew, so that nothing but its pixels is kept."""
        upload = self.cleaned_data["image"]
        return remake(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        """Limits that some answer can meet; an image with words for who does not see it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        low, high = cleaned.get("minimum"), cleaned.get("maximum")
        if self.kind is Kind.SCALE and "minimum" in cleaned and "maximum" in cleaned:
            points = (5 if high is None else int(high)) - (1 if low is None else int(low)) + 1
            if not 2 <= points <= 21:
                self.add_error("maximum", gettext("A scale has between 2 and 21 points."))
        elif low is not None and high is not None and low > high:
            self.add_error("maximum", gettext("The highest must not be below the lowest."))
        earliest, latest = cleaned.get("earliest"), cleaned.get("latest")
        if earliest and latest and earliest > latest:
            self.add_error("latest", gettext("The latest must not be before the earliest."))
        self._check_counts(cleaned)
        has_image = cleaned.get("image") or (self.question.image and not cleaned.get("drop_image"))
        if has_image and not cleaned.get("image_alt"):
            self.add_error("image_alt", gettext("Describe in a few words what the image shows."))
        return cleaned

    def _check_counts(self, cleaned: dict[str, Any]) -> None:
        there = len(cleaned.get("choices") or ()) + bool(cleaned.get("has_other"))
        at_least, at_most = cleaned.get("at_least") or 0, cleaned.get("at_most") or 0
        if "choices" in cleaned and max(at_least, at_most) > there:
            field = "at_least" if at_least > there else "at_most"
            self.add_error(field, gettext("There are only %(n)d answers.") % {"n": there})
        elif at_most and at_least > at_most:
            self.add_error("at_most", gettext("This is below the least number of answers."))

    @property
    def _other(self) -> str:
        """The words of "other, namely" as they stood, else in the questionnaire's language."""
        stood = next((c.text for c in self.question.choices.all() if c.is_other), "")
        with translation.override(self.question.questionnaire.language):
            return stood or gettext("Other, namely")

    @property
    def edit(self) -> Edit:
        """What the question is to become."""
        cleaned = self.cleaned_data
        settings = {
            name: value
            for name in FIELDS[self.kind]
            if name in Settings.__slots__ and (value := cleaned.get(name)) not in (None, "", False)
        }
        image = cleaned["image"] or ("" if cleaned.get("drop_image") else None)
        return Edit(
            fields={
                "text": cleaned["text"],
                "help_text": cleaned["help_text"],
                "required": cleaned["required"],
                "is_background": cleaned.get("is_background", False),
                "image_alt": cleaned["image_alt"],
                "settings": Settings.from_json(settings).to_json(),
            },
            choices=cleaned.get("choices", ()),
            other=self._other if cleaned.get("has_other") else "",
            rows=cleaned.get("rows", ()),
            image=image,
        )


class SectionForm(forms.ModelForm[Section]):
    """The heading of a part and the text below it."""

    class Meta:
        model = Section
        fields = ["title", "text"]
        labels = {"title": _("Heading"), "text": _("Text below it")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class CorrectionForm(forms.Form):
    """The texts of a question that is being answered, for putting typing errors right."""

    text = forms.CharField(
        label=_("Question"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    help_text = forms.CharField(label=_("Explanation below it"), required=False, max_length=1_000)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        self.choices = list(question.choices.all())
        initial = {"text": question.text, "help_text": question.help_text}
        initial |= {f"{c.axis}-{c.code}": c.text for c in self.choices}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        for choice in self.choices:
            self.fields[f"{choice.axis}-{choice.code}"] = forms.CharField(
                label=choice.get_axis_display().capitalize(), max_length=300
            )

    @property
    def correction(self) -> Correction:
        """The new wordings."""
        return Correction(
            text=self.cleaned_data["text"],
            help_text=self.cleaned_data["help_text"],
            choices={
                (c.axis, c.code): self.cleaned_data[f"{c.axis}-{c.code}"] for c in self.choices
            },
        )


def _checked_lines(text: str, *, least: int) -> list[str]:
    found = lines(text)
    if len(found) < least:
        raise forms.ValidationError(
            gettext("Write at least %(n)d, each on its own line.") % {"n": least}
        )
    if len(found) > 30:
        raise forms.ValidationError(gettext("At most 30 fit; more than that nobody reads."))
    if any(len(line) > 300 for line in found):
        raise forms.ValidationError(gettext("Keep each line under 300 characters."))
    return found


def _typed(value: float | None) -> str:
    return "" if value is None else f"{value:g}".replace(".", ",")
