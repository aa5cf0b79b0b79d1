"""What is done with dossiers, one verb each: every function writes, and logs the act."""

from dossiers.actions.calendar import drop_feed, make_feed
from dossiers.actions.keeping import (
    add_deadline,
    add_note,
    close_dossier,
    drop_plan_step,
    finish_deadline,
    judge_part,
    keep_plan_step,
    open_dossier,
    reckon_with_steps,
    record_decision,
    record_meeting,
    record_position_given,
    reopen_dossier,
    revise_dossier,
)
from dossiers.actions.papers import add_document, hand_in_request, note_reading, share_document
from dossiers.actions.secrecy import impose_secrecy, lift_secrecy

__all__ = [
    "add_deadline",
    "add_document",
    "add_note",
    "close_dossier",
    "drop_feed",
    "drop_plan_step",
    "finish_deadline",
    "hand_in_request",
    "impose_secrecy",
    "judge_part",
    "keep_plan_step",
    "lift_secrecy",
    "make_feed",
    "note_reading",
    "open_dossier",
    "reckon_with_steps",
    "record_decision",
    "record_meeting",
    "record_position_given",
    "reopen_dossier",
    "revise_dossier",
    "share_document",
]
