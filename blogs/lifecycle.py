"""The states of a post and of a comment, and which may follow which: declared, not coded."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a post stands."""

    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


FOLLOWS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SCHEDULED, State.PUBLISHED}),
    State.SCHEDULED: frozenset({State.DRAFT, State.SCHEDULED, State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.PUBLISHED, State.SCHEDULED}),
}
"""The states a post may go to from each state."""


class CommentState(models.TextChoices):
    """Where a comment stands."""

    WAITING = "waiting", _("waiting for approval")
    VISIBLE = "visible", _("visible")
    HIDDEN = "hidden", _("hidden")
    DELETED = "deleted", _("deleted by its writer")


COMMENT_FOLLOWS: dict[CommentState, frozenset[CommentState]] = {
    CommentState.WAITING: frozenset(
        {CommentState.VISIBLE, CommentState.HIDDEN, CommentState.DELETED}
    ),
    CommentState.VISIBLE: frozenset({CommentState.HIDDEN, CommentState.DELETED}),
    CommentState.HIDDEN: frozenset({CommentState.VISIBLE, CommentState.DELETED}),
    CommentState.DELETED: frozenset(),
}
"""The states a comment may go to from each state."""


class CommentPolicy(models.TextChoices):
    """How comments on a post are received."""

    OPEN = "open", _("everyone may comment")
    MODERATED = "moderated", _("comments appear after the council has read them")
    CLOSED = "closed", _("closed: comments can be read, no new ones")
