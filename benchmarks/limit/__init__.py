"""The limit for ``ballots``: the least a Django view pair can do for one answer."""
