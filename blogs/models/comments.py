"""Comments under a post, what moderation did with them, and reports by readers."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blogs.lifecycle import COMMENT_FOLLOWS, CommentState
from blogs.models.posts import Post
from blogs.querysets import CommentQuerySet
from people.models import Person


class Comment(models.Model):
    """A comment under its writer's name, or a reply to one (one level deep).

    Hiding states a reason that everyone reads in its place; the writer may appeal once, and another
    council member than the one who hid it decides.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="comments")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies"
    )
    """The comment this replies to; always one that is itself no reply."""
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    body = models.TextField(_("comment"), max_length=4_000, blank=True)
    may_quote = models.BooleanField(_("may be quoted"), default=False)
    """Its writer lets the council quote it, without a name."""
    state = models.CharField(
        _("state"), max_length=10, choices=CommentState.choices, default=CommentState.VISIBLE
    )
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    is_locked = models.BooleanField(default=False)
    """No further replies here; only on a comment that is no reply itself."""

    hidden_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(_("reason"), max_length=300, blank=True)
    appeal = models.TextField(_("your objection"), max_length=1_000, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal_answer = models.CharField(_("answer"), max_length=300, blank=True)
    appeal_decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["post", "state"], name="blogs_comment_under_post")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=CommentState.HIDDEN)
                | (~Q(hidden_reason="") & ~Q(hidden_by=None)),
                name="blogs_comment_hidden_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=CommentState.DELETED) | ~Q(body=""),
                name="blogs_comment_says_something",
            ),
        ]

    def __str__(self) -> str:
        return str(_("comment"))

    def get_absolute_url(self) -> str:
        return f"{reverse('blogs:post', args=[self.post.key])}#reactie-{self.key}"

    def can_become(self, state: CommentState) -> bool:
        """Whether the lifecycle allows ``state`` next."""
        return state in COMMENT_FOLLOWS[CommentState(self.state)]


class Report(models.Model):
    """A reader points the council to a comment, with a reason; one each."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.CharField(_("what is wrong with it"), max_length=500)
    reported_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["reported_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "reporter"], name="blogs_report_one_each")
        ]

    def __str__(self) -> str:
        return str(_("report"))
