"""Posts: what the council tells, and every version of it."""

import re
import uuid
from datetime import datetime
from urllib.parse import urlsplit

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from blogs.lifecycle import FOLLOWS, CommentPolicy, State
from blogs.querysets import PostQuerySet
from dossiers import markdown
from dossiers.models import Dossier
from people.models import Person

_CLOSING_HASHTAGS = re.compile(r"(?:\s*#[^\W\d_][\w-]*)+\s*$")


class Kind(models.TextChoices):
    """A post has a title and a story; an update is a few lines."""

    POST = "post", _("post")
    UPDATE = "update", _("short update")


class Post(models.Model):
    """Something the council tells, in Markdown, to everyone who may read the portal.

    A scheduled post is readable from its moment on, whether or not a worker has marked it as
    published: the clock decides, the sweep only records (``blogs.actions.publish_due``).
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.POST)
    title = models.CharField(_("title"), max_length=160, blank=True)
    body = models.TextField(_("text"), max_length=40_000)
    image = models.FileField(_("image"), upload_to="blogs/", blank=True)
    image_alt = models.CharField(_("what the image shows"), max_length=250, blank=True)
    media_url = models.URLField(_("video or sound"), max_length=300, blank=True)
    """Elsewhere on the web: the page links to it and loads nothing of it."""
    transcript = models.TextField(_("what is said in it"), max_length=40_000, blank=True)
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="posts",
        verbose_name=_("dossier"),
    )  # fmt: skip
    comment_policy = models.CharField(
        _("comments"), max_length=10, choices=CommentPolicy.choices, default=CommentPolicy.OPEN
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    """Counts saved versions; whoever saves says which one they started from."""
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("author"))
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    """The moment readers see it, past or planned."""
    edited_at = models.DateTimeField(null=True, blank=True)
    """The last change of the text after publication."""

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = [F("published_at").desc(nulls_first=True), "-pk"]
        indexes = [models.Index(fields=["state", "-published_at"], name="blogs_post_feed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN]) | ~Q(published_at=None),
                name="blogs_post_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(image="") | ~Q(image_alt=""), name="blogs_post_image_is_described"
            ),
            models.CheckConstraint(
                condition=Q(media_url="") | ~Q(transcript=""), name="blogs_post_media_can_be_read"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.UPDATE) | ~Q(title=""), name="blogs_post_has_a_title"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("blogs:post", args=[self.key])

    @property
    def name(self) -> str:
        """The title, or the first words of an update that has none."""
        return self.title or self.excerpt(8)

    def excerpt(self, words: int = 40) -> str:
        """The first words of the text, without its marks, headings and closing hashtags."""
        plain = " ".join(block for block in markdown.blocks(self.body, headings=False) if block)
        return Truncator(_CLOSING_HASHTAGS.sub("", plain)).words(words, truncate="…")

    @property
    def media_host(self) -> str:
        """Where the video or sound lives, as people know it: youtube.com."""
        return (urlsplit(self.media_url).hostname or "").removeprefix("www.")

    def is_live(self, now: datetime | None = None) -> bool:
        """Whether readers can see it (secrecy aside)."""
        return (
            self.state in (State.PUBLISHED, State.SCHEDULED)
            and self.published_at is not None
            and self.published_at <= (now or timezone.now())
        )

    def can_become(self, state: State) -> bool:
        """Whether the lifecycle allows ``state`` next."""
        return state in FOLLOWS[State(self.state)]


class Revision(models.Model):
    """One saved version of a post's text; the newest equals the post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160, blank=True)
    body = models.TextField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="blogs_revision_number")
        ]

    def __str__(self) -> str:
        return str(self.number)


class Hashtag(models.Model):
    """A word that a post carries as #word; kept in lower case, in step with the text."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="hashtags")
    name = models.CharField(max_length=40, db_index=True)

    class Meta:
        verbose_name = _("hashtag")
        verbose_name_plural = _("hashtags")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "name"], name="blogs_hashtag_once_a_post")
        ]

    def __str__(self) -> str:
        return f"#{self.name}"
