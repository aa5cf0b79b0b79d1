"""Who may do what with posts and comments, one named predicate a sentence."""

from datetime import timedelta

from django.utils import timezone

from blogs.lifecycle import CommentPolicy, CommentState, State
from blogs.models import Comment, Post
from dossiers.querysets import unlocked
from people.models import Person
from people.rules import is_council, may_read_portal

EDIT_WINDOW = timedelta(minutes=30)
"""How long a writer may still change a comment; deleting it is always possible."""


def may_write(person: Person) -> bool:
    """Writes posts: the council."""
    return is_council(person)


def may_edit(person: Person, post: Post) -> bool:
    """Changes a post: any council member, since a post is the council's."""
    return is_council(person)


def may_publish(person: Person, post: Post) -> bool:
    """Publishes now: the council, while no secrecy lies on the dossier."""
    return is_council(person) and post.can_become(State.PUBLISHED) and not is_under_secrecy(post)


def may_schedule(person: Person, post: Post) -> bool:
    """Plans a moment: as publishing."""
    return is_council(person) and post.can_become(State.SCHEDULED) and not is_under_secrecy(post)


def may_unschedule(person: Person, post: Post) -> bool:
    """Makes a planned post a draft again, until its moment has come."""
    return is_council(person) and post.state == State.SCHEDULED and not post.is_live()


def may_withdraw(person: Person, post: Post) -> bool:
    """Takes back what was published: the council."""
    return is_council(person) and post.is_live()


def may_delete(person: Person, post: Post) -> bool:
    """Throws away what readers never saw: its author."""
    return is_council(person) and post.author_id == person.pk and post.state == State.DRAFT


def is_under_secrecy(post: Post) -> bool:
    """Whether art. 20 secrecy lies on the dossier: then nothing of it is published."""
    return post.dossier_id is not None and not (
        type(post).objects.filter(unlocked(None), pk=post.pk).exists()
    )


def may_comment(person: Person, post: Post) -> bool:
    """Comments: everyone who reads the portal, where the post takes comments."""
    return (
        may_read_portal(person) and post.is_live() and post.comment_policy != CommentPolicy.CLOSED
    )


def may_reply(person: Person, comment: Comment) -> bool:
    """Replies: as commenting, unless the council locked this thread."""
    root = comment.parent or comment
    return (
        may_comment(person, comment.post)
        and comment.state == CommentState.VISIBLE
        and not root.is_locked
    )


def may_edit_comment(person: Person, comment: Comment) -> bool:
    """Changes an own comment within the window, while it is not hidden."""
    return (
        comment.author_id == person.pk
        and comment.state in (CommentState.VISIBLE, CommentState.WAITING)
        and timezone.now() - comment.created_at < EDIT_WINDOW
        and may_comment(person, comment.post)
    )


def may_delete_comment(person: Person, comment: Comment) -> bool:
    """Takes back an own comment, at any time: words stay their writer's."""
    return comment.author_id == person.pk and comment.can_become(CommentState.DELETED)


def may_report(person: Person, comment: Comment) -> bool:
    """Points the council to a comment of someone else."""
    return (
        may_read_portal(person)
        and comment.author_id != person.pk
        and comment.state == CommentState.VISIBLE
    )


def may_moderate(person: Person) -> bool:
    """Lets through, hides, locks: the council."""
    return is_council(person)


def may_appeal(person: Person, comment: Comment) -> bool:
    """Objects to the hiding of an own comment, once."""
    return (
        comment.author_id == person.pk
        and comment.state == CommentState.HIDDEN
        and comment.appealed_at is None
    )


def may_decide_appeal(person: Person, comment: Comment) -> bool:
    """Answers an objection: the council, but neither who hid the comment nor who wrote it."""
    return (
        is_council(person)
        and comment.appealed_at is not None
        and not comment.appeal_answer
        and person.pk not in (comment.hidden_by_id, comment.author_id)
    )
