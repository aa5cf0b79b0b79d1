"""Who gets what answer at which address: one declared table per app (see ``table``)."""
