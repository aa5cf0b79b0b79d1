"""How a table's columns lie in a file: which hold words, and how wide each is."""

from __future__ import annotations

from advice.letters.tree import Table

TEXT_WIDTH = 16.0
"""Centimetres between the margins."""
_SENTENCE = 16
"""A column with a cell of this many signs holds words: figures, dates and bounds are shorter."""
_SIGN, _BOLD, _PADDING = 0.21, 0.235, 0.45


def holds_words(table: Table) -> list[bool]:
    """For each column whether it is read rather than compared: it begins at the left."""
    return [
        not column or any(len(row[column]) >= _SENTENCE for row in table.rows)
        for column in range(len(table.header))
    ]


def widths(table: Table) -> list[float]:
    """Centimetres for each column: figures get what they need, words share the rest by length."""
    reads = holds_words(table)
    figures = reads.count(False)
    usual = 2.6 if figures <= 2 else min(2.4, 12.8 / figures)
    room = (TEXT_WIDTH - 4.0 * reads.count(True)) / max(1, figures)
    cells = [
        [table.header[column], *(row[column] for row in table.rows)]
        for column in range(len(table.header))
    ]
    # Where there are many, the figures must do with less, and words break.
    each = [
        min(max(usual, _needed(column)), max(usual, room)) if not is_read else 0.0
        for column, is_read in zip(cells, reads, strict=True)
    ]
    weights = [
        min(45, max(15, *map(len, column))) if is_read else 0
        for column, is_read in zip(cells, reads, strict=True)
    ]
    rest = (TEXT_WIDTH - sum(each)) / sum(weights)
    return [own or weight * rest for own, weight in zip(each, weights, strict=True)]


def _needed(cells: list[str]) -> float:
    """Room for each figure on one line, and for the longest word of the bold head above them."""
    head, *figures = cells
    longest = max((len(word) for word in head.split()), default=0) * _BOLD
    return max(longest, *(len(cell) * _SIGN for cell in figures), 0.0) + _PADDING
