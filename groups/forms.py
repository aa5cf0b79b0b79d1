"""Forms for groups, membership, messages and care."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers import images
from groups.actions import GroupText, MessageText
from groups.models import Group, History, Joining, Listing, Notify

if TYPE_CHECKING:
    from django.core.files.base import ContentFile

ALIAS_LENGTH = 4_000
"""Letters in a message under an alias: what fits a sealed envelope with room to spare."""


class GroupForm(forms.Form):
    """What a moderator decides about a group, and may decide again."""

    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.CharField(
        label=_("What is the group for?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    listing = forms.ChoiceField(
        label=_("Who may know that the group exists?"),
        choices=Listing.choices,
        initial=Listing.LISTED,
        widget=forms.RadioSelect,
    )
    joining = forms.ChoiceField(
        label=_("How does somebody become a member?"),
        choices=Joining.choices,
        initial=Joining.REQUEST,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """A secret group takes no requests: nobody could know where to ask."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        secret = cleaned.get("listing") == Listing.UNLISTED
        if secret and cleaned.get("joining") != Joining.INVITATION:
            self.add_error("joining", _("A secret group can only be joined by invitation."))
        return cleaned

    def text(self) -> GroupText:
        """What was typed, for the action."""
        cleaned = self.cleaned_data
        return GroupText(
            name=cleaned["name"],
            purpose=cleaned["purpose"],
            listing=Listing(cleaned["listing"]),
            joining=Joining(cleaned["joining"]),
        )


class StartForm(GroupForm):
    """A new group, with the two choices that are made once."""

    history = forms.ChoiceField(
        label=_("What does a new member read?"),
        choices=History.choices,
        initial=History.FROM_JOINING,
        widget=forms.RadioSelect,
        help_text=_("This cannot be changed later: members write trusting it."),
    )
    alias_allowed = forms.BooleanField(
        label=_("Members may also write under an alias"),
        required=False,
        help_text=_(
            "Such messages appear a few times a day, together with others. Neither moderators nor "
            "the council see who wrote them. This cannot be changed later."
        ),
    )


def initial_of(group: Group) -> dict[str, object]:
    """The values that the form for ``group`` opens with."""
    return {name: getattr(group, name) for name in ("name", "purpose", "listing", "joining")}


class MessageForm(forms.Form):
    """A message, under one's name or, where that is offered, under one's alias."""

    body = forms.CharField(
        label=_("Your message"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    upload = forms.FileField(
        label=_("Image"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF, at most 8 MB. Place and camera data are removed."),
        widget=forms.FileInput(attrs={"accept": images.ACCEPT}),
    )
    image_alt = forms.CharField(
        label=_("What can be seen in the image?"), max_length=250, required=False
    )
    writer = forms.ChoiceField(label=_("Write as"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, own_name: str, alias: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.image: ContentFile[bytes] | None = None
        if alias:
            writer = self.fields["writer"]
            assert isinstance(writer, forms.ChoiceField)
            writer.choices = [("name", own_name), ("alias", alias)]
            self.fields["writer"].initial = "name"
            self.fields["writer"].required = True
        else:
            del self.fields["writer"]

    @property
    def under_alias(self) -> bool:
        """Whether the writer chose the alias."""
        return bool(self.cleaned_data.get("writer") == "alias")

    def clean_upload(self) -> None:
        """Remake the picture; what is none is refused here."""
        upload = self.cleaned_data.get("upload")
        if upload:
            self.image = images.remake(upload)

    def clean(self) -> dict[str, Any]:
        """A picture needs words; under an alias there is none, and the text is shorter."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("writer") == "alias":
            if self.image:
                self.add_error(
                    "upload", _("A picture may give you away: under an alias, write text only.")
                )
            if len(cleaned.get("body", "")) > ALIAS_LENGTH:
                self.add_error("body", _("Under an alias a message is at most 4000 letters."))
        elif self.image and not cleaned.get("image_alt"):
            self.add_error("image_alt", _("Say what can be seen in the image."))
        return cleaned

    def text(self) -> MessageText:
        """What was typed, for the action."""
        return MessageText(
            body=self.cleaned_data["body"],
            image=self.image,
            image_alt=self.cleaned_data["image_alt"],
        )


class ThreadForm(MessageForm):
    """A new conversation with its first message."""

    title = forms.CharField(label=_("What is it about?"), max_length=160)
    field_order = ["title", "body", "upload", "image_alt", "writer"]


class EditForm(forms.Form):
    """Own words, changed."""

    body = forms.CharField(
        label=_("Your message"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, under_alias: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if under_alias:
            self.fields["body"] = forms.CharField(
                label=_("Your message"),
                max_length=ALIAS_LENGTH,
                widget=forms.Textarea(attrs={"rows": 6}),
            )


class RequestForm(forms.Form):
    """Why somebody would like to join."""

    words = forms.CharField(
        label=_("Why would you like to join?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The moderators of the group read this, with your name."),
    )


class NotifyForm(forms.Form):
    """When mail about a group comes."""

    notify = forms.ChoiceField(
        label=_("Mail about this group"), choices=Notify.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, alias_allowed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if alias_allowed:
            field = self.fields["notify"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [choice for choice in Notify.choices if choice[0] != Notify.DIRECT]


class ReasonForm(forms.Form):
    """A stated reason: for a report, for hiding."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class OpeningForm(forms.Form):
    """Why a group must be opened from outside."""

    group = forms.CharField(
        label=_("Address of the group"),
        max_length=300,
        help_text=_("The address of its page, as a member gave it to you."),
    )
    reason = forms.CharField(
        label=_("Why must it be opened?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The second council member reads this, and so do all members of the group."),
    )


class SignalForm(forms.Form):
    """What leaves the group: own words, and a quote only with the writer's yes."""

    paraphrase = forms.CharField(
        label=_("What should the council know?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In your own words, so that nobody can be recognised."),
    )
    quote = forms.CharField(
        label=_("Literal words"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only goes along after the writer says yes."),
    )

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        if not source:
            del self.fields["quote"]

    def clean_quote(self) -> str:
        """A quote is literal: it stands in the message as it is."""
        quote = str(self.cleaned_data["quote"]).strip()
        if quote and " ".join(quote.split()) not in " ".join(self.source.split()):
            raise forms.ValidationError(_("These words are not in the message. Copy them exactly."))
        return quote
