"""What is typed in when a newsletter is made and sent."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.base import ContentFile, File
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers import images
from dossiers.models import Dossier
from dossiers.querysets import unlocked
from newsletter.blocks import Kind
from newsletter.days import filled_in
from newsletter.models import AudienceRole, Block, Issue, Recurrence
from newsletter.pictures import for_mail
from people.models import COUNCIL_ROLES, Person, Selection
from polls.models import Consultation


class StartForm(forms.Form):
    """The first line of a new issue."""

    subject = forms.CharField(label=_("Subject"), max_length=120)


class SubjectForm(forms.ModelForm[Issue]):
    """What shows in the list of mails."""

    class Meta:
        model = Issue
        fields = ["subject", "preview", "subject_en", "preview_en", "greets", "asks_useful"]


class AudienceForm(forms.ModelForm[Issue]):
    """Who gets it, and whether somebody must look first."""

    class Meta:
        model = Issue
        fields = ["role", "selection", "units", "sites", "waiting_for", "needs_approval"]
        widgets = {
            "role": forms.RadioSelect,
            "units": forms.CheckboxSelectMultiple,
            "sites": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "units": _("None chosen: all units."),
            "sites": _("None chosen: all sites."),
            "role": _("Colleagues who unsubscribed are always left out."),
            "waiting_for": _(
                "Goes to who was asked and has not answered. You do not get to see who they are."
            ),
        }

    def __init__(self, *args: Any, writer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "selection": (Selection.objects.visible_to(writer), _("no selection")),
            "waiting_for": (Consultation.objects.for_everyone().open(), _("does not matter")),
        }
        for name, (rows, empty) in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset, field.empty_label = rows, empty

    def clean(self) -> dict[str, Any]:
        """Who has not answered is not narrowed: two such choices would tell by subtraction."""
        cleaned = super().clean() or {}
        narrowed = any(cleaned.get(name) for name in ("units", "sites", "selection"))
        if cleaned.get("waiting_for") and (
            narrowed or cleaned.get("role") != AudienceRole.EVERYONE
        ):
            self.add_error(
                "waiting_for",
                _("This goes to all who have not answered; leave the other choices empty."),
            )
        return cleaned


class RecurrenceForm(forms.ModelForm[Recurrence]):
    """When a newsletter comes again, under what subject, for whom, and who is told."""

    class Meta:
        model = Recurrence
        fields = [
            "rhythm",
            "ordinal",
            "weekday",
            "hour",
            "begins_on",
            "subject",
            "subject_en",
            "role",
            "selection",
            "units",
            "sites",
            "told",
        ]
        widgets = {
            "rhythm": forms.RadioSelect,
            "begins_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "role": forms.RadioSelect,
            "units": forms.CheckboxSelectMultiple,
            "sites": forms.CheckboxSelectMultiple,
            "told": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "ordinal": _("Only if it comes every month."),
            "begins_on": _("Every two weeks: counted from the week of this day."),
            "units": _("None chosen: all units."),
            "sites": _("None chosen: all sites."),
            "told": _("They get a mail once the draft is ready."),
        }

    def __init__(self, *args: Any, writer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        selection, told = self.fields["selection"], self.fields["told"]
        assert isinstance(selection, forms.ModelChoiceField)
        assert isinstance(told, forms.ModelChoiceField)
        selection.queryset = Selection.objects.visible_to(writer)
        selection.empty_label = _("no selection")
        told.queryset = Person.objects.holding(*COUNCIL_ROLES)
        if self.instance._state.adding:
            told.initial = [writer.pk]

    def clean_subject(self) -> str:
        """No words in braces but those that are filled in."""
        return self._known("subject")

    def clean_subject_en(self) -> str:
        """The same in English."""
        return self._known("subject_en")

    def _known(self, name: str) -> str:
        pattern: str = self.cleaned_data[name]
        if set("{}") & set(filled_in(pattern, timezone.localdate())):
            raise forms.ValidationError(
                _("Between braces only {maand}, {jaar}, {week} or {dag} can stand.")
            )
        return pattern


class MineForm(forms.Form):
    """A reader's own choice. ``has_other``: the staff list holds an address already."""

    wants = forms.ChoiceField(
        label=_("Newsletter"),
        choices=[
            ("yes", _("Yes, send me the newsletter")),
            ("no", _("No, send me no newsletters")),
        ],
        widget=forms.RadioSelect,
    )
    address = forms.EmailField(
        label=_("Private address"),
        required=False,
        max_length=254,
        help_text=_("Only if you would rather get it at home. We mail you a link there first."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, has_other: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_other = has_other

    @property
    def wants_it(self) -> bool:
        """Whether the answer is yes."""
        return bool(self.cleaned_data["wants"] == "yes")

    def clean(self) -> dict[str, Any]:
        """A yes needs somewhere to send to."""
        cleaned = super().clean() or {}
        if self.errors or cleaned["wants"] == "no":
            return cleaned
        if not cleaned["address"] and not self.has_other:
            self.add_error("address", _("The portal has no address of yours: fill one in."))
        return cleaned


class OwnBlockForm(forms.ModelForm[Block]):
    """What own words and own pictures share: the dossier they are about."""

    def __init__(self, *args: Any, writer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dossier"]
        assert isinstance(field, forms.ModelChoiceField)
        shown = Dossier.objects.visible_to(writer).filter(unlocked(None, path=""))
        field.queryset = shown.filter(Q(closed_on=None) | Q(pk__in=[self.instance.dossier_id]))
        field.empty_label = _("no dossier")
        field.label = _("About dossier")
        field.help_text = _("Should that become secret, this part goes out to nobody any more.")


class TextBlockForm(OwnBlockForm):
    """Own words."""

    class Meta:
        model = Block
        fields = ["heading", "text", "heading_en", "text_en", "dossier"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 12}),
            "text_en": forms.Textarea(attrs={"rows": 8}),
        }
        help_texts = {
            "text": _("Markdown: **bold**, *slanted*, - for a list, [words](address) for a link."),
            "text_en": _("Colleagues who read English get this; left empty, they get the Dutch."),
        }

    def clean(self) -> dict[str, Any]:
        """A block says something."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("text") or cleaned.get("heading")):
            self.add_error("text", _("Write something, or take the block out."))
        return cleaned


class ImageBlockForm(OwnBlockForm):
    """A picture with words for who cannot see it."""

    upload = forms.FileField(
        label=_("Image"), required=False, widget=forms.FileInput(attrs={"accept": images.ACCEPT})
    )
    image_alt = forms.CharField(
        label=_("What the image shows"),
        max_length=250,
        help_text=_("For colleagues who cannot see it, and for mail programs that hide images."),
    )

    class Meta:
        model = Block
        fields = ["image_alt", "heading", "dossier"]
        labels = {"heading": _("Caption")}

    picture: ContentFile[bytes] | None = None

    def clean_upload(self) -> File[bytes] | None:
        """Only what really is a picture, made anew."""
        upload: File[bytes] | None = self.cleaned_data["upload"]
        if upload is None:
            if not self.instance.image:
                raise forms.ValidationError(_("Choose an image."))
            return None
        self.picture = for_mail(images.remake(upload))
        return upload


class ThingForm(forms.Form):
    """Which of the things that the portal holds, without ``held``: those are in it already."""

    thing = forms.ChoiceField(label=_("Choose"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kind: Kind, held: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["thing"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, words) for key, words in kind.choices() if key not in held]
        field.label = kind.label
        self.is_empty = not field.choices
        self.is_all_in = self.is_empty and bool(held)


class SendForm(forms.Form):
    """When it goes out."""

    moment = forms.ChoiceField(
        label=_("When"),
        choices=[("now", _("Now")), ("later", _("Later"))],
        initial="now",
        widget=forms.RadioSelect,
    )
    at = forms.DateTimeField(
        label=_("Date and time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"],
    )

    def clean(self) -> dict[str, Any]:
        """Later is a moment to come; and whoever filled in a moment did not mean now."""
        cleaned = super().clean() or {}
        if cleaned.get("moment") == "now":
            if cleaned.get("at") is not None:
                self.add_error("moment", _("You filled in a moment. Choose Later, or empty it."))
        elif not self.errors:
            at = cleaned.get("at")
            if at is None:
                self.add_error("at", _("Fill in when it should go out."))
            elif at <= timezone.now():
                self.add_error("at", _("This moment has passed. Choose a later one."))
        return cleaned
