"""Answers that stand under a name, for exactly those whom the form named. Never anonymous ones:
those pass the urn, and no single one of them leaves it."""
