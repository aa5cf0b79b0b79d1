"""Between what was counted and every screen, chart, export, quote and letter; nothing else reads
tallies. What is stored has passed ``polls.protection`` already; here it becomes figures in words.

``disclose`` gives a ``Disclosure``; ``shown_to`` gives the one a person may read.
"""

from polls.disclosure.access import Shown, released, released_texts, shown_to
from polls.disclosure.reading import (
    breakdowns_of,
    disclose,
    folded_turnout,
    participants_of,
    turnout_shown,
)
from polls.disclosure.shapes import (
    FEW,
    RUNNING,
    Breakdown,
    Cell,
    Disclosure,
    GroupResult,
    GroupTurnout,
    ItemResult,
    QuestionResult,
    ThemeCount,
)
from polls.disclosure.themes import theme_counts
from polls.disclosure.trends import comparison_for, comparisons_for, has_comparison

__all__ = [
    "FEW",
    "RUNNING",
    "Breakdown",
    "Cell",
    "Disclosure",
    "GroupResult",
    "GroupTurnout",
    "ItemResult",
    "QuestionResult",
    "Shown",
    "ThemeCount",
    "breakdowns_of",
    "comparison_for",
    "comparisons_for",
    "disclose",
    "folded_turnout",
    "has_comparison",
    "participants_of",
    "released",
    "released_texts",
    "shown_to",
    "theme_counts",
    "turnout_shown",
]
