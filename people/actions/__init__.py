"""What can be done to people, roles and codes: each act in a transaction, each logged."""

from people.actions.account import (
    AddressTaken,
    drop_own_address,
    note_export,
    set_language,
    set_own_address,
    sign_out_everywhere,
)
from people.actions.codes import find_code, make_codes, revoke_codes, use_code
from people.actions.roles import LastKeeper, add_outsider, appoint, end_role, remove_outsider
from people.actions.roster import RosterChanged, TickMissing, import_roster
from people.actions.selections import SelectionInUse, delete_selection, save_selection
from people.actions.uploads import confirm_upload, discard_upload, keep_upload

__all__ = [
    "AddressTaken",
    "LastKeeper",
    "RosterChanged",
    "SelectionInUse",
    "TickMissing",
    "add_outsider",
    "appoint",
    "confirm_upload",
    "delete_selection",
    "discard_upload",
    "drop_own_address",
    "end_role",
    "find_code",
    "import_roster",
    "keep_upload",
    "make_codes",
    "note_export",
    "remove_outsider",
    "revoke_codes",
    "save_selection",
    "set_language",
    "set_own_address",
    "sign_out_everywhere",
    "use_code",
]
