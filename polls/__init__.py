"""Polls, asking: polls, surveys, open questions, statements."""
