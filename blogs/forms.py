"""Forms for posts, their moment, comments and moderation."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blogs.actions import PostText
from blogs.lifecycle import CommentPolicy
from blogs.models import Kind, Post
from dossiers import images
from dossiers.models import Dossier
from people.models import Person

if TYPE_CHECKING:
    from django.core.files.base import ContentFile


class PostForm(forms.Form):
    """A post as its writer types it; ``text()`` hands it to the action."""

    kind = forms.ChoiceField(
        label=_("What will it be?"), choices=Kind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        required=False,
        help_text=_("A short update may go without."),
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("You can use Markdown. A #word becomes a hashtag."),
    )
    upload = forms.FileField(
        label=_("Image"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF, at most 8 MB. Place and camera data are removed."),
        widget=forms.FileInput(attrs={"accept": images.ACCEPT}),
    )
    image_alt = forms.CharField(
        label=_("What can be seen in the image?"),
        max_length=250,
        required=False,
        help_text=_("For colleagues who cannot see it. Required with an image."),
    )
    remove_image = forms.BooleanField(label=_("Remove the image"), required=False)
    media_url = forms.URLField(
        label=_("Address of a video or recording"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Nothing of it is loaded before a reader clicks. Choose one with subtitles."),
    )
    transcript = forms.CharField(
        label=_("What is said in it?"),
        max_length=40_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For colleagues who cannot hear it, or have no sound at work."),
    )
    dossier = forms.ModelChoiceField(
        label=_("Dossier"),
        queryset=Dossier.objects.none(),
        required=False,
        empty_label=_("no dossier"),
    )
    comment_policy = forms.ChoiceField(label=_("Comments"), choices=CommentPolicy.choices)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    """The version this form was opened on."""

    def __init__(self, *args: Any, person: Person, post: Post | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {**_as_typed(post), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.has_image = bool(post and post.image)
        self.image: ContentFile[bytes] | None = None
        fileable = Q(closed_on=None)
        if post:
            fileable |= Q(pk=post.dossier_id)
        chosen = self.fields["dossier"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = Dossier.objects.visible_to(person).filter(fileable)
        if not self.has_image:
            del self.fields["remove_image"]

    def clean_upload(self) -> None:
        """Remake the picture; what is none is refused here."""
        upload = self.cleaned_data.get("upload")
        if upload:
            self.image = images.remake(upload)

    def clean(self) -> dict[str, Any]:
        """A post needs a title, and an image its words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Kind.POST and not cleaned.get("title"):
            self.add_error("title", _("Give the post a title."))
        keeps_image = self.has_image and not cleaned.get("remove_image")
        if (self.image or keeps_image) and not cleaned.get("image_alt"):
            self.add_error("image_alt", _("Say what can be seen in the image."))
        if cleaned.get("media_url") and not cleaned.get("transcript"):
            self.add_error("transcript", _("Write down what is said in the video or recording."))
        return cleaned

    def text(self) -> PostText:
        """What was typed, for ``write_post`` and ``revise_post``."""
        cleaned = self.cleaned_data
        return PostText(
            kind=Kind(cleaned["kind"]),
            title=cleaned["title"],
            body=cleaned["body"],
            dossier=cleaned["dossier"],
            comment_policy=CommentPolicy(cleaned["comment_policy"]),
            image=self.image,
            image_alt=cleaned["image_alt"],
            remove_image=bool(cleaned.get("remove_image")),
            media_url=cleaned["media_url"],
            transcript=cleaned["transcript"] if cleaned["media_url"] else "",
        )


def _as_typed(post: Post | None) -> dict[str, object]:
    """The values a form for ``post`` opens with."""
    if post is None:
        return {"kind": Kind.POST, "comment_policy": CommentPolicy.OPEN}
    names = (
        *("kind", "title", "body", "image_alt", "media_url", "transcript"),
        *("dossier", "comment_policy", "version"),
    )
    return {name: getattr(post, name) for name in names}


class MomentForm(forms.Form):
    """A day and a time, in the Netherlands."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))

    def clean(self) -> dict[str, Any]:
        """The two as one moment that is still to come and that the clock really shows once."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "day" in cleaned and "time" in cleaned:
            wall = datetime.combine(cleaned["day"], cleaned["time"])
            at: datetime = forms.DateTimeField().clean(wall)
            if at <= timezone.now():
                raise ValidationError(
                    _("That moment has passed. Choose one that is still to come."), code="past"
                )
            cleaned["at"] = at
        return cleaned


class CommentForm(forms.Form):
    """A comment, as new or changed."""

    body = forms.CharField(
        label=_("Your comment"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    may_quote = forms.BooleanField(
        label=_("The council may quote this in a letter, without my name"), required=False
    )


class ReportForm(forms.Form):
    """Why a reader points the council to a comment."""

    reason = forms.CharField(
        label=_("What is wrong with it?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HideForm(forms.Form):
    """The reason that stands in the comment's place."""

    reason = forms.CharField(
        label=_("Why do you hide this comment?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone reads this reason in its place, the writer too."),
    )


class AppealForm(forms.Form):
    """The writer's objection to hiding."""

    words = forms.CharField(
        label=_("Why should your comment be shown?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AppealAnswerForm(forms.Form):
    """The council's answer to an objection."""

    restore = forms.TypedChoiceField(
        label=_("Your decision"),
        choices=[("yes", _("Show the comment again")), ("no", _("Keep it hidden"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your explanation to the writer"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
