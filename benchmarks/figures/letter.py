"""A letter with 40 citations and 15 charts as .docx, .odt and PDF: each within three seconds.

What counts is the slowest of the three, the first time a fresh worker writes it.
"""

from statistics import median

from benchmarks.ground import Figure, Ground, tell

CITATIONS, CHARTS = 40, 15
LIMIT = 3.0
"""Seconds."""
TARGET = 1.0
ROUNDS = 4


def measure(ground: Ground) -> list[Figure]:
    """The limit over what the slowest kind of file cost."""
    key = ground.inside("benchmarks.data.letter:make_letter", CITATIONS, CHARTS)
    assert ground.inside("benchmarks.data.letter:count_of", key) == [CITATIONS, CHARTS]
    took = ground.inside("benchmarks.data.letter:time_formats", key, ROUNDS)
    for suffix, seconds in took.items():
        tell(f"{suffix}: {seconds[0]:.2f} s at first, {median(seconds[1:]):.2f} s after that")
    return [Figure("letter", LIMIT / max(seconds[0] for seconds in took.values()), TARGET)]
