"""Telling a typing error put right from a question changed under the answers already given."""

import re
from difflib import SequenceMatcher

from polls.questions.wording import NEGATION

WORD = re.compile(r"\w+(?:[-’']\w+)*")
SMALL_WORDS = frozenset({"de", "het", "een", "er", "te", "je"})
"""Words that may be put in or left out."""
SHORT = 4
"""In a word of so many letters one may differ; in a longer one two."""


def is_correction(before: str, after: str) -> bool:
    """Whether ``after`` is ``before`` with typing errors put right.

    Word by word: a word may become one that differs by a letter or two, a small word may come or
    go, words may be joined or parted, and capitals, spaces and marks do not count. No: a number or
    a negation that comes or goes, a text emptied or filled.
    """
    if bool(before.strip()) != bool(after.strip()):
        return False
    left, right = _words(before), _words(after)
    if [w for w in left if w.isdigit()] != [w for w in right if w.isdigit()]:
        return False
    if _negations(before) != _negations(after):
        return False
    changes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return all(_is_small(left[a:b], right[c:d]) for tag, a, b, c, d in changes if tag != "equal")


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def _negations(text: str) -> list[str]:
    return [word.casefold() for word in NEGATION.findall(text)]


def _is_small(before: list[str], after: list[str]) -> bool:
    if len(before) == len(after) and all(map(_alike, before, after)):
        return True
    left, right = ("".join(w for w in words if w not in SMALL_WORDS) for words in (before, after))
    return left == right or (bool(left) and bool(right) and _alike(left, right))


def _alike(left: str, right: str) -> bool:
    if any(sign.isdigit() for sign in left + right):
        return left == right
    return distance(left, right) <= (1 if min(len(left), len(right)) <= SHORT else 2)


def distance(left: str, right: str) -> int:
    """Letters put in, left out or changed between two words (Levenshtein)."""
    row = list(range(len(right) + 1))
    for at, sign in enumerate(left, start=1):
        previous, row[0] = row[0], at
        for place, other in enumerate(right, start=1):
            previous, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, previous + (sign != other)),
            )
    return row[-1]
