"""Commenting, and what moderation does with comments."""

from django.db import transaction
from django.utils import timezone

from blogs.lifecycle import CommentPolicy, CommentState
from blogs.models import Comment, Post, Report
from people.log import log_act
from people.models import Person
from people.rules import is_council


@transaction.atomic
def write_comment(
    post: Post,
    author: Person,
    body: str,
    parent: Comment | None = None,
    *,
    may_quote: bool = False,
) -> Comment:
    """Place a comment or a reply; a reply to a reply joins the same thread.

    Where the post asks for reading first it waits, except from the council itself.
    """
    waits = post.comment_policy == CommentPolicy.MODERATED and not is_council(author)
    return Comment.objects.create(
        post=post,
        author=author,
        body=body,
        may_quote=may_quote,
        parent=(parent.parent or parent) if parent else None,
        state=CommentState.WAITING if waits else CommentState.VISIBLE,
    )


@transaction.atomic
def edit_comment(comment: Comment, body: str, *, may_quote: bool = False) -> Comment:
    """Change the words; under a post that asks for reading first, they are read again."""
    comment = _claim(comment)
    comment.body, comment.edited_at = body, timezone.now()
    comment.may_quote = may_quote
    if comment.post.comment_policy == CommentPolicy.MODERATED and not is_council(comment.author):
        comment.state = CommentState.WAITING
    comment.save(update_fields=["body", "may_quote", "edited_at", "state"])
    return comment


@transaction.atomic
def delete_comment(comment: Comment) -> None:
    """Wipe the words; the place stays only where replies hang under it."""
    comment = _claim(comment)
    if not comment.replies.exists():
        comment.delete()
        return
    comment.state, comment.body, comment.may_quote = CommentState.DELETED, "", False
    comment.appeal = comment.hidden_reason = ""
    comment.save(update_fields=["state", "body", "may_quote", "appeal", "hidden_reason"])
    comment.reports.all().delete()


@transaction.atomic
def let_through(comment: Comment) -> Comment:
    """Show a comment that waited."""
    comment = _claim(comment)
    if comment.state == CommentState.WAITING:
        comment.state = CommentState.VISIBLE
        comment.save(update_fields=["state"])
    return comment


@transaction.atomic
def hide_comment(comment: Comment, actor: Person, reason: str) -> Comment:
    """Hide a comment for a reason that its writer and all readers see; closes its reports."""
    comment = _claim(comment)
    comment.state = CommentState.HIDDEN
    comment.hidden_by, comment.hidden_reason = actor, reason
    comment.appeal, comment.appealed_at, comment.appeal_answer = "", None, ""
    comment.appeal_decided_by = None
    comment.save()
    comment.reports.filter(handled_at=None).update(handled_at=timezone.now())
    log_act(actor, "blogs.hide_comment", comment)
    return comment


@transaction.atomic
def report_comment(comment: Comment, reporter: Person, reason: str) -> Report:
    """Point the council to a comment; a second report by the same reader renews the first."""
    report, _created = Report.objects.update_or_create(
        comment=comment,
        reporter=reporter,
        defaults={"reason": reason, "reported_at": timezone.now(), "handled_at": None},
    )
    return report


@transaction.atomic
def dismiss_reports(comment: Comment) -> None:
    """Close the reports and leave the comment as it is."""
    comment.reports.filter(handled_at=None).update(handled_at=timezone.now())


@transaction.atomic
def appeal_hiding(comment: Comment, words: str) -> Comment:
    """Object to the hiding; another council member will answer."""
    comment = _claim(comment)
    comment.appeal, comment.appealed_at = words, timezone.now()
    comment.save(update_fields=["appeal", "appealed_at"])
    return comment


@transaction.atomic
def decide_appeal(comment: Comment, actor: Person, answer: str, *, restore: bool) -> Comment:
    """Answer an objection, and show the comment again where it was right."""
    comment = _claim(comment)
    comment.appeal_answer, comment.appeal_decided_by = answer, actor
    if restore:
        comment.state = CommentState.VISIBLE
        log_act(actor, "blogs.restore_comment", comment)
    comment.save(update_fields=["appeal_answer", "appeal_decided_by", "state"])
    return comment


@transaction.atomic
def lock_thread(comment: Comment, actor: Person) -> None:
    """Take no further replies under this comment."""
    Comment.objects.filter(pk=comment.pk).update(is_locked=True)
    log_act(actor, "blogs.lock_comment", comment)


@transaction.atomic
def unlock_thread(comment: Comment, actor: Person) -> None:
    """Take replies again."""
    Comment.objects.filter(pk=comment.pk).update(is_locked=False)
    log_act(actor, "blogs.unlock_comment", comment)


def _claim(comment: Comment) -> Comment:
    """The comment as it stands now, locked until the transaction ends."""
    locked: Comment = (
        Comment.objects.select_for_update(of=("self",)).with_details().get(pk=comment.pk)
    )
    return locked
