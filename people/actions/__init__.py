"""What can be done to people, roles and codes: each act in a transaction, each logged."""

from people.actions.roster import RosterChanged, TickMissing, import_roster
from people.actions.uploads import confirm_upload, discard_upload, keep_upload

__all__ = [
    "RosterChanged",
    "TickMissing",
    "confirm_upload",
    "discard_upload",
    "import_roster",
    "keep_upload",
]
