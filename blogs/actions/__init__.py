"""What is done with posts and comments; each act is one transaction and is logged."""

from blogs.actions.commenting import (
    appeal_hiding,
    decide_appeal,
    delete_comment,
    dismiss_reports,
    edit_comment,
    hide_comment,
    let_through,
    lock_thread,
    report_comment,
    unlock_thread,
    write_comment,
)
from blogs.actions.publishing import (
    PastMomentError,
    UnderSecrecyError,
    publish_due,
    publish_post,
    schedule_post,
    unschedule_post,
    withdraw_post,
)
from blogs.actions.writing import EditConflictError, PostText, delete_draft, revise_post, write_post

__all__ = [
    "EditConflictError",
    "PastMomentError",
    "PostText",
    "UnderSecrecyError",
    "appeal_hiding",
    "decide_appeal",
    "delete_comment",
    "delete_draft",
    "dismiss_reports",
    "edit_comment",
    "hide_comment",
    "let_through",
    "lock_thread",
    "publish_due",
    "publish_post",
    "report_comment",
    "revise_post",
    "schedule_post",
    "unlock_thread",
    "unschedule_post",
    "withdraw_post",
    "write_comment",
    "write_post",
]
