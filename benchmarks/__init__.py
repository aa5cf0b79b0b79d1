"""Figures of the portal, each beside its limit: ``make bench``, ``make bench ONLY=ballots``."""
