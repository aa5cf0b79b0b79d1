"""Voting codes on paper: letters for window envelopes, and cards, eight on a sheet."""
