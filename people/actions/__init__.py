"""What can be done to people, roles and codes: each act in a transaction, each logged."""

from people.actions.roster import RosterChanged, TickMissing, import_roster

__all__ = ["RosterChanged", "TickMissing", "import_roster"]
