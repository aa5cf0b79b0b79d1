"""2,000 people's votes on 100 statements, counted and grouped in a fresh worker: within 30 s."""

from benchmarks.ground import Figure, Ground, tell

PEOPLE, STATEMENTS = 2_000, 100
LIMIT = 30.0
"""Seconds."""
TARGET = 1.0
MINDS = 3


def measure(ground: Ground) -> list[Figure]:
    """The limit over what it cost: opening, counting, grouping, protecting, destroying."""
    pk = ground.inside("benchmarks.data.statements:make_voted_round", PEOPLE, STATEMENTS)
    took, groups = ground.inside("benchmarks.data.statements:count_round", pk)
    tell(f"{PEOPLE} people x {STATEMENTS} statements: {took:.1f} s, {groups} groups")
    assert groups == MINDS, groups
    return [Figure("statements", LIMIT / took, TARGET)]
